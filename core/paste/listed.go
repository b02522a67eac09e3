package paste

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	// nameBehind is an ID with its name in parentheses behind it.
	nameBehind = lazyregexp.New(`^([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\s+[\[(]([^()\[\]]{2,60})[\])]$`)
	// stageID is a stage with an ID behind it.
	stageID = lazyregexp.New(`^([\p{L}\d ]{2,20}?)\s*[:=–-]\s*([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$`)
)

// applicationLists are headings of lists of applications.
var applicationLists = []string{"appregistrations", "applications", "apps", "applicationids", "appids", "clientids", "clients", "applicationregistrations", "enterpriseapplications", "serviceprincipals", "spns"}

// listed reads an item of a list of IDs: with its name behind it, or with its stage
// before it where the heading names applications.
func (r *reader) listed(text string, n, paragraph int) bool {
	if len(text) < len("00000000-0000-0000-0000-000000000000") {
		return false
	}
	p := pair{}
	if m := nameBehind.FindStringSubmatch(text); m != nil {
		named := meaningOf(m[2])
		if !named.whole || named.field != client && named.field != tenant && named.field != other {
			return false
		}
		p = pair{scope: slices.Clone(r.scope()), name: m[2], value: value{text: m[1]}}
	} else if m := stageID.FindStringSubmatch(text); m != nil {
		var ok bool
		if p, ok = stagePair(m[1], m[2], r.scope()); !ok {
			return false
		}
	} else {
		return false
	}
	p.line, p.paragraph, p.source = n, paragraph, fromSettings
	r.add(p)
	return true
}

// stagePair returns the client ID of a stage, out of a list of applications: "DEV: …"
// below "App registrations".
func stagePair(name, text string, scope []string) (pair, bool) {
	if !guid.Is(text) || !isStage(name) {
		return pair{}, false
	}
	depth := len(scope) - 1
	if depth > 0 && strings.HasPrefix(scope[depth], "#") {
		depth--
	}
	if depth < 0 || !slices.Contains(applicationLists, plainName(scope[depth])) {
		return pair{}, false
	}
	stage := splitWords(name)
	return pair{scope: slices.Clone(scope[:depth]), name: stage[len(stage)-1].text + " client id", value: value{text: text}}, true
}

// plainName returns the words of a name, joined.
func plainName(name string) string {
	var b strings.Builder
	for _, w := range splitWords(name) {
		b.WriteString(w.text)
	}
	return b.String()
}
