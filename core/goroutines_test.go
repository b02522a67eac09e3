package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// unguarded lists the files that start goroutines without crash.Guard. Their functions
// attempt catch a panic.
var unguarded = []string{
	"../core/session/background.go", "../ui/background.go",
}

// TestGoroutinesAreGuarded guards SE-16 in both programs: a panic in a goroutine that
// does not catch it ends the program with its text on standard error.
func TestGoroutinesAreGuarded(t *testing.T) {
	seen := 0
	walk(t, func(dir, file string, _ []string) {
		program := dir == "." || dir == "core/session" || strings.HasPrefix(dir, "ui") || strings.HasPrefix(dir, "cmd")
		if !program || strings.HasSuffix(file, "_test.go") || slices.Contains(unguarded, file) {
			return
		}
		positions := token.NewFileSet()
		parsed, err := parser.ParseFile(positions, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if body, ok := goroutine(n); ok {
				seen++
				if !isGuarded(body) {
					t.Errorf("%s: the goroutine does not begin with defer crash.Guard(…)", positions.Position(n.Pos()))
				}
			}
			return true
		})
	})
	if seen == 0 {
		t.Error("no goroutine was found: the walk is broken")
	}
}

// goroutine returns the function literal that a go statement or a call of Go starts, or
// nil if it is no literal.
func goroutine(n ast.Node) (body *ast.FuncLit, ok bool) {
	switch n := n.(type) {
	case *ast.GoStmt:
		body, _ = n.Call.Fun.(*ast.FuncLit)
		return body, true
	case *ast.CallExpr:
		if method, isMethod := n.Fun.(*ast.SelectorExpr); isMethod && method.Sel.Name == "Go" && len(n.Args) == 1 {
			body, _ = n.Args[0].(*ast.FuncLit)
			return body, true
		}
	}
	return nil, false
}

func isGuarded(f *ast.FuncLit) bool {
	if f == nil || len(f.Body.List) == 0 {
		return false
	}
	first, ok := f.Body.List[0].(*ast.DeferStmt)
	if !ok {
		return false
	}
	guard, ok := first.Call.Fun.(*ast.SelectorExpr)
	if !ok || guard.Sel.Name != "Guard" {
		return false
	}
	name, ok := guard.X.(*ast.Ident)
	return ok && name.Name == "crash"
}
