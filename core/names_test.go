package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// TestNamesAreConstants guards that causes and owners are named by constants: a name that
// does not exist then does not compile.
func TestNamesAreConstants(t *testing.T) {
	names := map[string]string{}
	for _, e := range catalog.All() {
		names[string(e.Cause)] = "a cause"
		names[string(e.Owner)] = "an owner"
	}
	delete(names, string(catalog.Unknown))        // a common word
	delete(names, string(catalog.OwnerMicrosoft)) // a company
	eachFile(t, func(path string, file *ast.File, at func(token.Pos) token.Position) {
		if filepath.Base(path) == "ids.go" {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				if value, err := strconv.Unquote(l.Value); err == nil && names[value] != "" {
					t.Errorf("%s: %q is %s: use its constant", at(l.Pos()), value, names[value])
				}
			}
			return true
		})
	})
}

// eachFile calls visit for every Go file of the programs, without tests.
func eachFile(t *testing.T, visit func(path string, file *ast.File, at func(token.Pos) token.Position)) {
	t.Helper()
	race.Skip(t, "it reads the source")
	files, seen := token.NewFileSet(), 0
	parse := func(path string) {
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		seen++
		visit(filepath.ToSlash(path), file, files.Position)
	}
	root, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range root {
		if !strings.HasSuffix(path, "_test.go") {
			parse(path)
		}
	}
	for _, dir := range []string{".", "../ui", "../cmd"} {
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				parse(path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 300 {
		t.Errorf("%d files only: the walk is broken", seen)
	}
}
