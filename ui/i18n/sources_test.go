package i18n_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// said returns every text that is translated anywhere.
func said(t *testing.T) map[string]bool {
	t.Helper()
	texts := map[string]bool{}
	say := func(english string) string {
		if english != "" {
			texts[english] = true
		}
		return english
	}
	all := func(list ...text.Text) {
		for _, shown := range list {
			shown.In(say)
		}
	}
	links := func(list []catalog.Link) {
		for _, l := range list {
			all(l.Title)
		}
	}
	for _, e := range catalog.All() {
		all(append(e.Fix, e.Title, e.Meaning, e.Owner.Text())...)
		links(e.Links)
	}
	for _, check := range exam.Checks() {
		all(check.Title, check.Owner.Text())
	}
	for _, kind := range []connection.Kind{connection.SecretKind, connection.CertificateKind, connection.FederatedKind, connection.ManagedIdentityKind} {
		for _, path := range []guide.Path{guide.Modern, guide.Classic} {
			for _, step := range guide.StepsBy(path, kind) {
				all(append(step.What, step.Title, step.Who.Text(), step.Why, step.Since, step.Tick)...)
				links(step.Links)
			}
		}
	}
	q := guide.TenantQuestion()
	all(q.Title, q.Help, q.Yes, q.No, q.Unknown)
	for n := 1; !guide.Mistake(n).Empty(); n++ {
		all(guide.Mistake(n))
	}
	for _, text := range guideTexts(t) {
		say(text)
	}
	for _, field := range connection.Fields {
		say(string(field))
	}
	for _, s := range scenario.All() {
		all(s.Title, s.Lesson)
	}
	for _, text := range marked(t) {
		say(text)
	}
	for _, text := range literals(t) {
		say(text)
	}
	return texts
}

// guideTexts returns the notes of the guide and the names of its evidence.
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

// literals returns the texts in the program that are arguments of this package's
// functions.
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

// marked returns the texts of core, and those that the window marks in core's way.
func marked(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, file := range append(sources(t), core(t)...) {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && isFactName(spec.Type) {
				for _, value := range spec.Values {
					text, _ := literal(value)
					texts = append(texts, text)
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok || mark(file, call) == "" {
				return true
			}
			text, ok := literal(call.Args[0])
			if !ok && mark(file, call) != "Fact" {
				t.Errorf("%s is said, and is no literal: nobody can find it to translate", files.Position(call.Pos()))
			}
			texts = append(texts, text)
			return true
		})
	}
	return texts
}

// isFactName reports whether a declaration is of the type catalog.FactName.
func isFactName(t ast.Expr) bool {
	name, ok := t.(*ast.Ident)
	return ok && name.Name == "FactName"
}

// mark returns the call with which core marks a literal: a text (F), the name of a fact
// in a table (Mark), or the name of a fact that is passed on (Seen); "" for any other
// call.
func mark(file *ast.File, call *ast.CallExpr) string {
	from, name := file.Name.Name, ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if x, ok := f.X.(*ast.Ident); ok && name != "fact" {
			from = x.Name
		}
	case *ast.Ident:
		name = f.Name
	}
	return map[string]string{
		"text.F":        "F",
		"catalog.Named": "Mark", "catalog.NewFact": "Fact", "catalog.NewTextFact": "Fact", "catalog.fact": "Fact",
	}[from+"."+name]
}

// core returns the files of all packages of core.
func core(t *testing.T) []*ast.File {
	t.Helper()
	var parsed []*ast.File
	err := filepath.WalkDir("../../core", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		parsed = append(parsed, file)
		return err
	})
	if err != nil || len(parsed) < 100 {
		t.Fatalf("%d files of core: %v", len(parsed), err)
	}
	return parsed
}

var files = token.NewFileSet()

// sources returns the window's files: those of the root and of all folders below ui.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob("../../*.go")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		// The packages of colours and languages have no texts of their own.
		if dir := filepath.Dir(path); dir != "../theme" && (dir != "../i18n" || filepath.Base(path) == "i18n.go") {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	for _, path := range paths {
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	if len(parsed) < 100 {
		t.Fatalf("%d files of the window: the walk is broken", len(parsed))
	}
	return parsed
}

// texted returns how many of a call's arguments are texts; 0 for another call.
func texted(call *ast.CallExpr) int {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "i18n" {
			name = f.Sel.Name
		}
	case *ast.Ident:
		if f.Name == "Key" && len(call.Args) == 1 { // inside this package
			name = f.Name
		}
	}
	return map[string]int{"L": 1, "F": 1, "N": 2, "Key": 1}[name]
}

// literal returns the text of a literal, also of a concatenation.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}
