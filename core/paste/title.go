package paste

import (
	"slices"
	"strings"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// titles are the names of what a connection is called, squeezed.
var titles = words(`name title label displayname connectionname profilename alias variablename`)

// containers are parts of a text that are called after their kind, and no connection.
var containers = words(`environment environments env data stringdata values value variables parameters settings setting config configuration auth authentication
	authorization credentials credential properties typeproperties dataverse crm dynamics connection connections application applications app azuread oauth oauth2
	connectionstrings profiles items resources services current secrets vars outputs sources targets destinations stages envs`)

// caption is the name in a text of what is next to it.
type caption struct {
	scope []string
	line  int
	text  string
}

// of reports whether a caption is in the metadata of what holds a candidate, as Kubernetes
// has it. What holds the whole text is called after its environment.
func (c caption) of(inside candidate) bool {
	depth := len(c.scope) - 1
	return depth > 0 && plainName(c.scope[depth]) == "metadata" && len(inside.scope) > depth && slices.Equal(inside.scope[:depth], c.scope[:depth])
}

// title returns what the text calls an application, and whether a name's key states it; ""
// where the text has no name for it. A title is a few words, and never what could be a secret.
func (f *foundValues) title(a *application, list []*application) (title string, named bool) {
	for _, c := range a.at {
		if isTitle(c.title) {
			return c.title, true
		}
		for _, t := range f.titles {
			if t.of(c) {
				return t.text, true
			}
			if slices.Equal(t.scope, c.scope) && (t.line == c.line || len(c.scope) > 0 && (!inScope(list, a, c.scope) || f.nearest(list, c) == t.line)) {
				return t.text, true
			}
		}
	}
	for _, c := range a.at {
		for i := len(c.scope) - 1; i >= 0; i-- {
			name := numbered.ReplaceAllString(strings.TrimPrefix(strings.TrimPrefix(c.scope[i], "row "), "column "), "")
			if before, last, ok := strings.Cut(name, "."); ok && containers[plainName(before)] {
				name = last // [profiles.uat]
			}
			if name == "" || containers[plainName(name)] {
				continue
			}
			if isTitle(name) {
				return name, false
			}
			return "", false
		}
	}
	for _, c := range a.at {
		if stage := c.stage(); stage != "" {
			return stage, false
		}
	}
	return "", false
}

// stage returns the stage in the name of a value, as the text writes it: UAT of
// UAT_CLIENT_ID.
func (c candidate) stage() string {
	if !has(c.owner, stages) {
		return ""
	}
	first, end := -1, 0
	for _, w := range splitWords(c.name) {
		if !stages[w.text] {
			if first >= 0 {
				break
			}
			continue
		}
		if first < 0 {
			first = w.start
		}
		end = min(len(c.name), w.start+len(w.text))
	}
	if first < 0 || !isTitle(c.name[first:end]) {
		return ""
	}
	return c.name[first:end]
}

// nearest returns the line of the title that belongs to a candidate among several of one
// scope: the last one before it where the scope begins with a title, else the next one.
func (f *foundValues) nearest(list []*application, c candidate) int {
	first := c.line
	for _, a := range list {
		for _, other := range a.at {
			if slices.Equal(other.scope, c.scope) {
				first = min(first, other.line)
			}
		}
	}
	before, after := -1, -1
	leads := false
	for _, t := range f.titles {
		switch {
		case !slices.Equal(t.scope, c.scope):
		case t.line < c.line:
			before, leads = t.line, leads || t.line < first
		case after < 0:
			after = t.line
		}
	}
	if leads {
		return before
	}
	return after
}

// numbered is the number that distinguishes the items of a list.
var numbered = lazyregexp.New(`\s*#\d+$`)

// inScope reports whether another application is in a scope.
func inScope(list []*application, but *application, scope []string) bool {
	return slices.ContainsFunc(list, func(a *application) bool {
		return a != but && slices.ContainsFunc(a.at, func(c candidate) bool { return slices.Equal(c.scope, scope) })
	})
}

// longestTitle is in bytes.
const longestTitle = 60

func isTitle(text string) bool {
	if len(text) > longestTitle || strings.Contains(text, "://") || !strings.ContainsFunc(text, unicode.IsLetter) || holdsValue(strings.Fields(text)) {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune("=~{}<>", r) })
}
