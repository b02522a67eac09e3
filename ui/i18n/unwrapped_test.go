package i18n_test

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// wordy matches texts for users: they begin like a capitalised word, or have a space
// between two words.
var wordy = regexp.MustCompile(`^\p{Lu}\p{Ll}|\p{L}[.:,;…]? +\p{L}`)

// unsaid maps literals that look like texts, but are shown in English or not at all, to
// the reason. A key is a literal, or a file for all its literals.
var unsaid = map[string]string{
	"main.go":     "the command line speaks English, as s2scheck does",
	"japanese.go": "folders of the system",
	"text.go":     "the report is copied in English, to be searched for and sent",

	"S2S Doctor":                  "our name",
	"Contoso UAT":                 "an example of a name",
	"WhoAmI":                      "Dataverse's name of it",
	"UserId":                      "as above",
	"BusinessUnitId":              "as above",
	"OrganizationId":              "as above",
	"The window stays in English": "a line of the log",
	"the graphics driver offers no OpenGL 2.1": "an error that desktop.Explain puts into words",
	"there is no display to open it on":        "as above",
	"NotInitialized":                           "GLFW's error",
	"Name":                                     "a key of FyneApp.toml",
	"Version":                                  "as above",
}

// TestLiteralsAreTranslatable guards that every literal in the window's files that looks
// like a text is passed to this package, or is marked in core's way.
func TestLiteralsAreTranslatable(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	needed := map[string]bool{}
	for _, file := range sources(t) {
		name := filepath.Base(files.Position(file.Pos()).Filename)
		said := sayings(file)
		ast.Inspect(file, func(n ast.Node) bool {
			if _, ok := n.(*ast.ImportSpec); ok {
				return false
			}
			l, ok := n.(*ast.BasicLit)
			if !ok || said[l.Pos()] {
				return true
			}
			text, ok := literal(l)
			if !ok || !wordy.MatchString(verbs.ReplaceAllString(text, "")) {
				return true
			}
			for _, reason := range []string{name, text} {
				if unsaid[reason] != "" {
					needed[reason] = true
					return true
				}
			}
			t.Errorf("%s: %q is in English whatever the window speaks", files.Position(l.Pos()), text)
			return true
		})
	}
	for reason := range unsaid {
		if !needed[reason] {
			t.Errorf("%q needs no excuse any more", reason)
		}
	}
}

// sayings returns the positions of a file's marked literals, with the names of the
// functions that mark them.
func sayings(file *ast.File) map[token.Pos]bool {
	said := map[token.Pos]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		texts := call.Args[:min(texted(call), len(call.Args))]
		if mark(file, call) != "" {
			texts = call.Args[:1]
		}
		for _, text := range texts {
			ast.Inspect(text, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok {
					said[l.Pos()] = true
				}
				return true
			})
		}
		for _, arg := range call.Args[len(texts):] {
			if list, ok := arg.(*ast.CompositeLit); ok && len(texts) > 0 {
				for _, element := range list.Elts {
					if pair, ok := element.(*ast.KeyValueExpr); ok {
						said[pair.Key.Pos()] = true
					}
				}
			}
		}
		return true
	})
	return said
}

// TestCoreMarksItsTexts guards that no text of our own is marked as a text of others,
// which stays untranslated.
func TestCoreMarksItsTexts(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	for _, file := range core(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || f.Sel.Name != "Raw" && f.Sel.Name != "New" {
				return true
			}
			if x, ok := f.X.(*ast.Ident); !ok || x.Name != "text" {
				return true
			}
			if text, ok := literal(call.Args[0]); ok && len(text) > len("Dataverse") {
				t.Errorf("%s: %q is nobody else's: text.F", files.Position(call.Pos()), text)
			}
			return true
		})
	}
}
