package i18n_test

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// wordy is what people read: it begins like a word that is capitalised, or has a
// space between two words.
var wordy = regexp.MustCompile(`^\p{Lu}\p{Ll}|\p{L}[.:,;…]? +\p{L}`)

// unsaid are the literals that read like words and are shown as they are, or to
// nobody, with the reason: a file's, or one of their own.
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

// TestLiteralsAreTranslatable guards that whatever reads like words in the
// window's files goes through this package, or is what core marks.
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

// sayings are where a file's marked literals are, and the names of their places.
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

// TestCoreMarksItsTexts guards that nothing of ours goes for somebody
// else's words, which stay as they are.
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
