package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// notFound is Entra's sentence on an application that it does not know.
var notFound = lazyregexp.New(`(?i)\bAADSTS700016: Application with identifier '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'`)

// identity is an application with its authority, as SQL writes the identity of a
// credential.
var identity = lazyregexp.New(`(?i)\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@https://login\.`)

// sentences takes the application that a message of Entra's names, and that of an identity
// of SQL.
func (r *reader) sentences(text string) {
	for _, at := range identity.FindAllStringSubmatchIndex(text, 8) {
		r.add(pair{value: value{text: text[at[2]:at[3]]}, means: client, rank: exact, line: strings.Count(text[:at[0]], "\n"), source: fromSettings})
	}
	if !strings.Contains(text, "AADSTS700016") {
		return
	}
	for _, at := range notFound.FindAllStringSubmatchIndex(text, 8) {
		r.add(pair{value: value{text: text[at[2]:at[3]]}, means: client, rank: generic, line: strings.Count(text[:at[0]], "\n"), source: fromSettings})
	}
}
