package exam

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// judgeInputs is content when the form could be understood. The redirect URI
// counts too: consent depends on it.
func judgeInputs(f Facts) Finding {
	if len(f.Problems) == 0 {
		finding := pass(text.F("The form is complete."))
		for _, n := range f.Notes {
			finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.NewTextFact(catalog.FactName(n.Field), n.Text))
		}
		return finding
	}
	first := f.Problems[0]
	e := catalog.Evidence{}
	for _, p := range f.Problems {
		e.Facts = append(e.Facts, catalog.NewTextFact(catalog.FactName(p.Field), p.Summary))
	}
	return broken(first.Cause, e, first.Summary)
}

// Soon is how long before its end a credential is worth a warning.
const Soon = 30 * 24 * time.Hour

// judgeExpiry knows the end of a certificate from the certificate. The end of a
// secret is known to Entra alone, and an application may not ask for its own.
func judgeExpiry(f Facts) Finding {
	switch f.Connection.Credential.Kind {
	case connection.FederatedKind:
		return pass(text.F("A federated credential has no end. Each token for it lasts minutes."))
	case connection.ManagedIdentityKind:
		return pass(text.F("A managed identity has no credential that ends: Azure renews it."))
	case connection.SecretKind:
		return Finding{
			Status:  Manual,
			Summary: text.F("Only the Entra admin center shows when a client secret ends: Certificates & secrets, column Expires."),
			Owner:   catalog.OwnerEntraApplicationOwner,
			Links: []catalog.Link{{
				Title: text.F("Certificates & secrets"),
				URL: "https://" + f.Connection.Cloud.Portal + "/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/" +
					f.Connection.ClientID + "/isMSAApp~/false",
			}},
		}
	}
	cert := certificateOf(f)
	if cert == nil {
		return skip(text.F("There is no credential to look at."))
	}
	if finding, unusable := judgeValidity(f); unusable && finding.Cause != catalog.ClockSkew {
		return finding
	}
	end := cert.NotAfter()
	left := end.Sub(f.rightNow())
	e := catalog.Evidence{Facts: []catalog.Fact{catalog.NewFact("certificate ends", day(end))}}
	if left < Soon {
		return warning(catalog.CertificateExpiresSoon, e, text.F("The certificate ends on %s, in %s.", day(end), days(left)))
	}
	finding := pass(text.F("The certificate lasts until %s, %s from now.", day(end), days(left)))
	finding.Evidence = e
	return finding
}

func days(d time.Duration) text.Text {
	n := int(d / (24 * time.Hour))
	if n == 1 {
		return text.F("1 day")
	}
	return text.F("%d days", n)
}
