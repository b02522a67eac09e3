package connection

import (
	"context"
	"errors"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// cleanStored finds the certificate in the system's store.
func (f Form) cleanStored(ctx context.Context, r *remarks) Credential {
	c := Credential{Kind: CertificateStoreKind}
	cert, err := certificate.FromStore(ctx, f.Thumbprint)
	if err != nil {
		summary := text.F("The certificate of the store cannot be used.")
		if fault := (*certificate.Error)(nil); errors.As(err, &fault) {
			summary = fault.Summary
		}
		r.refuse(FieldCertificate, catalog.InputCertificate, summary)
		return c
	}
	for _, note := range cert.Notes {
		r.note(FieldCertificate, note)
	}
	c.Certificate = cert
	return c
}
