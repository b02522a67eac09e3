package importer

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
)

// readPasted reads a file of any other form as the text that it is. A connection needs
// an environment and an application.
func readPasted(text string) ([]entry, error) {
	found := paste.Read(text)
	if !found.Found() {
		return nil, ErrNotImportable
	}
	choices := found.Choices
	if len(choices) == 0 {
		choices = []paste.Choice{{Form: found.Form}}
	}
	var all []entry
	for _, c := range choices {
		if c.Form.Environment != "" && c.Form.ClientID != "" {
			all = append(all, entryOf(c.Form, c.Name))
		}
	}
	if len(all) == 0 {
		return nil, ErrPart
	}
	return all, nil
}

// entryOf takes what is no secret from a form.
func entryOf(form connection.Form, name string) entry {
	e := entry{name: name, address: form.Environment, tenant: form.Tenant, clientID: form.ClientID, by: secretSignIn}
	if form.CertificateFile != "" {
		e.by = certificateSignIn
	}
	return e
}
