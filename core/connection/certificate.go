package connection

import (
	"context"
	"errors"
	"time"

	"s2sdoctor/core/certificate"
	"s2sdoctor/core/prose"
)

// cleanCertificate loads the certificate's files.
func (f Form) cleanCertificate(ctx context.Context, r *remarks, now time.Time) Credential {
	source := certificate.Source{File: f.CertificateFile, KeyFile: f.KeyFile, Password: f.CertificatePassword}
	cert, err := certificate.Load(ctx, source, now)
	if err != nil {
		summary := prose.F("The certificate file cannot be used.")
		if fault := (*certificate.Error)(nil); errors.As(err, &fault) {
			summary = fault.Summary
		}
		r.refuse(FieldCertificate, "input.certificate", summary)
		return Credential{}
	}
	for _, note := range cert.Notes {
		r.note(FieldCertificate, note)
	}
	if !f.Secret.Empty() {
		r.note(FieldCertificate, prose.F("the certificate is used, and the client secret is not"))
	}
	return Credential{Kind: CertificateKind, Certificate: cert}
}
