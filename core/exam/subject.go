package exam

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Subject is the connection that was examined, as far as it may be shown.
type Subject struct {
	Environment string `json:"environment"`
	Cloud       string `json:"cloud"`
	TenantID    string `json:"tenantId"`
	ClientID    string `json:"clientId"`
	// Credential is a [connection.Kind].
	Credential string `json:"credential"`
}

// Vars returns the values of the connection for the catalogue's texts and links, with
// the hosts of its cloud if clouds has it.
func (s Subject) Vars(clouds []cloud.Cloud) catalog.Vars {
	v := catalog.Vars{"clientId": s.ClientID, "tenantId": s.TenantID, "environment": s.Environment}
	for _, c := range clouds {
		if c.Name == s.Cloud {
			v["portal"], v["admin"], v["login"] = c.Portal, c.Admin, c.Login
		}
	}
	return v
}

// CauseTitle returns what is wrong with a check of the connection: the catalogue's name
// of the cause, or what the check describes.
func (s Subject) CauseTitle(c Result) text.Text {
	if e, ok := catalog.Lookup(c.Cause); ok && c.Cause != catalog.Unknown {
		return s.Vars(cloud.Table).Text(e.Title)
	}
	return text.F("Not so: %s", c.Title)
}

// CauseMeaning returns why that breaks the connection; the zero Text without a word of
// the catalogue.
func (s Subject) CauseMeaning(c Result) text.Text {
	e, ok := catalog.Lookup(c.Cause)
	if !ok {
		return text.Text{}
	}
	return s.Vars(cloud.Table).Text(e.Meaning)
}
