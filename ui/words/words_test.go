package words_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/exam"
	"s2sdoctor/core/guide"
	"s2sdoctor/ui/words"
)

// TestEveryTextIsInEveryLanguage guards that no language misses a text of the
// window, the catalogue, the checks or the guide, and that none keeps one that
// nobody says any more.
func TestEveryTextIsInEveryLanguage(t *testing.T) {
	want := slices.Sorted(maps.Keys(said(t)))
	if len(want) < 700 {
		t.Fatalf("%d texts only: the search is broken", len(want))
	}
	for _, l := range words.Languages {
		texts, err := words.Texts(l.Code)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(texts))); diff != "" {
			t.Errorf("%s (-missing +stale):\n%s", l.Code, diff)
		}
	}
}

// places are {clientId} of the catalogue and {{.Name}} of the window.
var places = regexp.MustCompile(`\{\{[^}]*\}\}|\{[A-Za-z]+\}`)

// TestPlacesAreTheSame guards that no translation loses, invents or misspells a
// place, is empty, or carries blanks that would show.
func TestPlacesAreTheSame(t *testing.T) {
	for _, l := range words.Languages {
		texts, err := words.Texts(l.Code)
		if err != nil {
			t.Fatal(err)
		}
		for english, text := range texts {
			want, got := places.FindAllString(english, -1), places.FindAllString(text, -1)
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %q (-want +got):\n%s", l.Code, text, diff)
			}
			if strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text {
				t.Errorf("%s: %q is %q", l.Code, english, text)
			}
			if rest := places.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}") {
				t.Errorf("%s: %q has half a place", l.Code, text)
			}
		}
	}
}

// TestFilesAreReadable guards what a translator edits: real letters, no key
// twice, and nothing that Fyne takes for a word of its own format.
func TestFilesAreReadable(t *testing.T) {
	for _, l := range words.Languages[1:] {
		path := filepath.Join("..", "..", "assets", "translations", l.Code+".json")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(`\u`)) {
			t.Errorf("%s has escaped letters", l.Code)
		}
		texts, err := words.Texts(l.Code)
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(data, []byte("\n")); lines != len(texts)+2 {
			t.Errorf("%s has %d lines for %d texts: a key is there twice", l.Code, lines, len(texts))
		}
		for _, reserved := range []string{"id", "description", "hash", "leftdelim", "rightdelim", "zero", "one", "two", "few", "many", "other", "translation"} {
			for english := range texts {
				if strings.EqualFold(english, reserved) {
					t.Errorf("%s: %q is reserved", l.Code, english)
				}
			}
		}
	}
}

// said collects every text that is said anywhere.
func said(t *testing.T) map[string]bool {
	t.Helper()
	texts := map[string]bool{}
	say := func(english string) string {
		if english != "" {
			texts[english] = true
		}
		return english
	}
	for _, entry := range catalog.All() {
		entry.Translate(say)
	}
	for _, check := range exam.Checks() {
		say(check.Title)
		say(check.Owner)
	}
	for _, path := range []guide.Path{guide.Modern, guide.Classic} {
		for _, step := range guide.Steps(path) {
			step.Translate(say)
		}
	}
	guide.Ask().Translate(say)
	for n := 1; guide.Mistake(n) != ""; n++ {
		say(guide.Mistake(n))
	}
	for _, text := range guideTexts(t) {
		say(text)
	}
	for _, prefix := range []string{"Recognised by its wording", "Most likely"} {
		say(prefix) // of an explanation
	}
	for _, text := range literals(t) {
		say(text)
	}
	return texts
}

// guideTexts are the guide's notes and what it looks for.
func guideTexts(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "core", "guide", "texts.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Notes, Targets map[string]string }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return append(slices.Collect(maps.Values(file.Notes)), slices.Collect(maps.Values(file.Targets))...)
}

// literals are the texts in the program, found by the functions of this package.
func literals(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, arg := range call.Args[:min(texted(call), len(call.Args))] {
				text, ok := literal(arg)
				if !ok {
					t.Errorf("%s is said, and is no literal: nobody can find it to translate", files.Position(arg.Pos()))
				}
				texts = append(texts, text)
			}
			return true
		})
	}
	return texts
}

var files = token.NewFileSet()

// sources are the window's files.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	var parsed []*ast.File
	for _, folder := range []string{"../..", "..", "../widgets"} {
		paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no files in %s: %v", folder, err)
		}
		for _, path := range append(paths, "words.go") {
			if strings.HasSuffix(path, "_test.go") || path == "words.go" && folder != ".." {
				continue
			}
			file, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, file)
		}
	}
	return parsed
}

// TestEveryPlaceHasItsValue guards against "<no value>": a text with places is
// said with a value for each, and with no other.
func TestEveryPlaceHasItsValue(t *testing.T) {
	calls := 0
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || texted(call) == 0 {
				return true
			}
			called, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			text, _ := literal(call.Args[0])
			want := places.FindAllString(text, -1)
			var got []string
			switch {
			case called.Sel.Name == "N":
				many, _ := literal(call.Args[1])
				want, got = places.FindAllString(many, -1), []string{"{{.N}}"}
			case called.Sel.Name == "F":
				calls++
				got = values(call.Args[1])
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %q (-places +values):\n%s", files.Position(call.Pos()), text, diff)
			}
			return true
		})
	}
	if calls < 50 {
		t.Errorf("%d calls only: the search is broken", calls)
	}
}

// values are the places that words.V{…} fills.
func values(e ast.Expr) []string {
	list, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var names []string
	for _, element := range list.Elts {
		name := ""
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			name, _ = literal(pair.Key)
		}
		names = append(names, "{{."+name+"}}")
	}
	return names
}

// texted is how many of a call's arguments are texts; 0 for another call.
func texted(call *ast.CallExpr) int {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "words" {
			name = f.Sel.Name
		}
	case *ast.Ident:
		if f.Name == "Key" && len(call.Args) == 1 { // inside this package
			name = f.Name
		}
	}
	return map[string]int{"L": 1, "F": 1, "N": 2, "Key": 1}[name]
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}
