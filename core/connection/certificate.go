package connection

import (
	"context"
	"errors"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// cleanCertificate loads the certificate's files.
func (f Form) cleanCertificate(ctx context.Context, r *remarks, now time.Time) Credential {
	source := certificate.Source{File: f.CertificateFile, KeyFile: f.KeyFile, Password: f.CertificatePassword}
	cert, err := certificate.Load(ctx, source, now)
	if err != nil {
		summary := text.F("The certificate file cannot be used.")
		if fault := (*certificate.Error)(nil); errors.As(err, &fault) {
			summary = fault.Summary
		}
		r.refuse(FieldCertificate, catalog.InputCertificate, summary)
		return Credential{}
	}
	for _, note := range cert.Notes {
		r.note(FieldCertificate, note)
	}
	if !f.Secret.Empty() && f.Kind == None {
		r.note(FieldCertificate, text.F("the certificate is used, and the client secret is not"))
	}
	return Credential{Kind: CertificateKind, Certificate: cert}
}
