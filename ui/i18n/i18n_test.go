package i18n_test

import (
	"bytes"
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// TestTextsComplete guards that every language has all texts of the window, the
// catalogue, the checks and the guide, and no unused text.
func TestTextsComplete(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	want := slices.Sorted(maps.Keys(said(t)))
	if len(want) < 700 {
		t.Fatalf("%d texts only: the search is broken", len(want))
	}
	for _, l := range i18n.Languages {
		texts, err := i18n.Translations(l.Code)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(texts))); diff != "" {
			t.Errorf("%s (-missing +stale):\n%s", l.Code, diff)
		}
	}
}

// same has the texts that are equal in English and in a language: names and loanwords.
var same = map[string][]string{
	"": {
		"deletedstate", "systemuserid", // columns of Dataverse
		"Microsoft", "Environment URL", "Directory (tenant) ID", "Application (client) ID", "Redirect URI",
		"Application ID", "Application ID URI", "Azure AD Object ID", "Ctrl", "Esc", "Enter", "Shift", "Tab, Shift+Tab",
		"Retry-After", "JSON", "App.config", "EMEA", "%d min", "%d h %d min", "{{.Min}} min", "{{.Min}} min {{.S}} s", "UAT", "Markdown",
	},
	"de": {"Test", "Text", "Code", "Cloud", "Client", "Modern", "Sandbox", "Server", "Token", "Name", "China (21Vianet)", "Japan", "Korea"},
	"fr": {
		"Actions", "Production", "Test", "Application", "application", "application (appid)", "audience", "audience (aud)", "Canada", "Cause", "Client", "Cloud", "Code",
		"direct", "exception", "France", "Guide", "Secret", "secret", "scope", "table", "trace",
	},
	"es":    {"Certificates & secrets", "China (21Vianet)", "Error", "Error: {{.Text}}", "host", "India", "No", "no", "roles", "Token"},
	"pt-BR": {"Certificates & secrets", "China (21Vianet)", "host", "Oceania", "Token"},
	"vi":    {"Tenant", "tenant", "tenant (tid)", "service principal (oid)", "Token", "Canada", "Singapore"},
}

// TestTextsTranslated guards against a file that has every key, but English texts for
// many of them.
func TestTextsTranslated(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	letters := regexp.MustCompile(`\pL{2}`)
	for _, l := range i18n.Languages {
		if l.Code == i18n.English {
			continue
		}
		texts, err := i18n.Translations(l.Code)
		if err != nil {
			t.Fatal(err)
		}
		for _, english := range slices.Sorted(maps.Keys(texts)) {
			bare := places.ReplaceAllString(verbs.ReplaceAllString(english, ""), "")
			if texts[english] == english && letters.MatchString(bare) && !slices.Contains(same[""], english) && !slices.Contains(same[l.Code], english) {
				t.Errorf("%s: %q is not translated; if that is right, it belongs in the list", l.Code, english)
			}
		}
	}
}

// verbs matches the verbs of fmt in a text of core.
var verbs = regexp.MustCompile(`%(?:\[(\d)\])?([sdqv])`)

// verbsOf returns the verbs of a template by the number of the value.
func verbsOf(template string) map[int]string {
	found, next := map[int]string{}, 1
	for _, m := range verbs.FindAllStringSubmatch(template, -1) {
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		found[next] = m[2]
		next++
	}
	return found
}

// TestVerbsMatch guards that a translation uses the same values, in any order: "%[2]s".
func TestVerbsMatch(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	with := 0
	for _, l := range i18n.Languages {
		texts, err := i18n.Translations(l.Code)
		if err != nil {
			t.Fatal(err)
		}
		for english, text := range texts {
			want := verbsOf(english)
			with += len(want)
			if diff := cmp.Diff(want, verbsOf(text)); diff != "" {
				t.Errorf("%s: %q (-want +got):\n%s", l.Code, text, diff)
			}
			if rest := verbs.ReplaceAllString(text, ""); len(want) > 0 && strings.Contains(rest, "%") {
				t.Errorf("%s: %q has half a verb", l.Code, text)
			}
		}
	}
	if with < 500 {
		t.Errorf("%d values only: the search is broken", with)
	}
}

// places matches {clientId} of the catalogue and {{.Name}} of the window.
var places = regexp.MustCompile(`\{\{[^}]*\}\}|\{[A-Za-z]+\}`)

// TestPlaceholdersMatch guards that no translation is empty, has visible extra blanks, or
// loses, adds or misspells a placeholder.
func TestPlaceholdersMatch(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	for _, l := range i18n.Languages {
		texts, err := i18n.Translations(l.Code)
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

// TestFilesAreReadable guards the files that translators edit: letters without escapes,
// no key twice, and nothing that Fyne reads as its own format.
func TestFilesAreReadable(t *testing.T) {
	for _, l := range i18n.Languages[1:] {
		path := filepath.Join("..", "..", "assets", "translations", l.Code+".json")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(`\u`)) {
			t.Errorf("%s has escaped letters", l.Code)
		}
		texts, err := i18n.Translations(l.Code)
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

// TestPlaceholdersHaveValues guards against "<no value>": a template gets a value for
// each of its placeholders, and no other values.
func TestPlaceholdersHaveValues(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
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

// TestVerbsHaveValues guards against "%!s(MISSING)" in texts of core.
func TestVerbsHaveValues(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	for _, file := range append(sources(t), core(t)...) {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && mark(file, call) == "F" {
				template, _ := literal(call.Args[0])
				if want := len(verbsOf(template)); want != len(call.Args)-1 {
					t.Errorf("%s: %q wants %d values and gets %d", files.Position(call.Pos()), template, want, len(call.Args)-1)
				}
			}
			return true
		})
	}
}

// values returns the placeholders that words.V{…} fills.
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
