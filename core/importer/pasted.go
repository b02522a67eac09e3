package importer

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
)

// readPasted reads a file of any other form as the text that it is. A connection needs
// an environment and an application.
func readPasted(text string) ([]entry, error) {
	var all []entry
	found := paste.All(text)
	for _, c := range found {
		all = append(all, entryOf(c.Form, c.Title))
	}
	if len(all) == 1 && !found[0].Named {
		all[0].name = "" // one connection is called after its environment
	}
	if len(all) == 0 {
		if read := paste.Read(text); !read.Found() {
			return nil, ErrNotImportable
		}
		return nil, ErrPart
	}
	return all, nil
}

// entryOf takes what is no secret from a form.
func entryOf(form connection.Form, name string) entry {
	e := entry{name: name, address: form.Environment, tenant: form.Tenant, clientID: form.ClientID, by: secretSignIn}
	switch {
	case form.CertificateFile != "":
		e.by = certificateSignIn
	case form.Kind == connection.CertificateStoreKind:
		e.by, e.thumbprint = certificateSignIn, form.Thumbprint
	case form.Kind == connection.FederatedKind:
		e.by, e.issuer, e.tokenFile = federatedSignIn, form.Federation.Issuer, form.Federation.File
	case form.Kind == connection.ManagedIdentityKind:
		e.by = managedSignIn
	}
	return e
}
