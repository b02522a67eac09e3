package explain

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/handoff"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// scriptResult explains the result of a set-up script.
func scriptResult(made handoff.Result) Explanation {
	id := made.ClientID
	if id == "" {
		id = "-"
	}
	return Explanation{
		Version: 1, Fix: []text.Text{}, Links: []catalog.Link{}, Evidence: catalog.Evidence{},
		Summary: text.F("All is well as far as the text shows: a script has set up the application %s for %s. Paste this into the form, add the certificate or the secret that the script has written to a file, and test the connection.", id, made.Environment),
	}
}
