package explain

import (
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// redirect reads a text that is the address on which a consent ended with an
// error, in the query or in the fragment. An error counts even next to a success:
// admin_consent=True comes on failures too.
func redirect(layer string) (catalog.Signs, catalog.Evidence, text.Text, bool) {
	if address := strings.TrimSpace(layer); !strings.ContainsAny(address, " \t\r\n") {
		return readAddress(address)
	}
	return catalog.Signs{}, catalog.Evidence{}, text.Text{}, false
}

// readAddress reads what the parameters of an address report: an error, or that
// a consent came back.
func readAddress(address string) (catalog.Signs, catalog.Evidence, text.Text, bool) {
	for _, values := range queries(address) {
		if values.Get("error") == "" && values.Get("error_description") == "" {
			continue
		}
		signs, evidence := catalog.ReadRedirect(values)
		return signs, evidence, text.Text{}, true
	}
	well, facts := consented(address)
	return catalog.Signs{}, catalog.Evidence{Facts: facts}, well, !well.Empty()
}

// queries are the parameters of every address, query and fragment in a text.
func queries(text string) []url.Values {
	const most = 64
	var found []url.Values
	for _, run := range strings.FieldsFunc(text, func(r rune) bool {
		return strings.ContainsRune(" \t\r\n\"'<>", r)
	}) {
		for _, part := range strings.FieldsFunc(run, func(r rune) bool { return r == '?' || r == '#' }) {
			if values := parameters(part); len(values) > 0 && len(found) < most {
				found = append(found, values)
			}
		}
	}
	return found
}

// interesting are the parameters that an answer on a redirect may have
// (OpenID Connect, and Microsoft's admin consent).
var interesting = map[string]bool{
	"error": true, "error_description": true, "error_uri": true, "error_subcode": true,
	"code": true, "state": true, "session_state": true, "admin_consent": true, "tenant": true,
	"client_id": true, "response_type": true,
}

// parameters reads a query as far as it can be read; url.ParseQuery would give
// up on the first bad escape of a pasted text.
func parameters(query string) url.Values {
	values := url.Values{}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || !interesting[name] || values.Has(name) {
			continue
		}
		values.Set(name, percentDecode(strings.ReplaceAll(value, "+", " ")))
	}
	return values
}
