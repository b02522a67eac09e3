package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// TestCheckIDsAreConstants guards that a check is named by its constant everywhere an
// exam.CheckID belongs: Go converts a literal with a spelling error without a word.
// Elsewhere the words are common ones: a token, a tenant.
func TestCheckIDsAreConstants(t *testing.T) {
	typed := checkIDNames{fields: map[string]bool{}, functions: map[string]bool{}}
	eachFile(t, func(_ string, file *ast.File, _ func(token.Pos) token.Position) { typed.collect(file) })
	for _, name := range []string{"ID", "DependsOn", "JudgeAfter", "Checks", "Results"} {
		if !typed.fields[name] {
			t.Errorf("no field %s of an exam.CheckID was found: the search is broken", name)
		}
	}
	for _, name := range []string{"Check", "ResultOf", "failed", "wait"} {
		if !typed.functions[name] {
			t.Errorf("no function %s of an exam.CheckID was found: the search is broken", name)
		}
	}
	eachFile(t, func(_ string, file *ast.File, at func(token.Pos) token.Position) {
		for _, l := range typed.literals(file) {
			t.Errorf("%s: %s is a check's ID: use its constant", at(l.Pos()), l.Value)
		}
	})
}

// TestCheckIDLiteralsAreFound shows which literals the search finds.
func TestCheckIDLiteralsAreFound(t *testing.T) {
	typed := checkIDNames{fields: map[string]bool{"ID": true, "Results": true}, functions: map[string]bool{"Check": true}}
	for statement, want := range map[string]int{
		`_, _ = r.Check("token")`:                   1,
		`_ = c.ID == "inputs"`:                      1,
		`_ = "inputs" != c.ID`:                      1,
		`switch c.ID { case "roles", "licence": }`:  2,
		`_ = f.Results["whoami"]`:                   1,
		`_ = exam.Result{ID: "appuser"}`:            1,
		`_ = []exam.CheckID{"token", "whoami"}`:     2,
		`_ = map[CheckID]bool{"token": true}`:       1,
		`_ = exam.CheckID("clock")`:                 1,
		`_ = "whoami-soap"`:                         1,
		`_, _ = r.Check(exam.CheckToken)`:           0,
		`_ = query.Get("tenant")`:                   0,
		`_ = []string{"token"}`:                     0,
		`switch c.Kind { case "token": }`:           0,
		`_ = catalog.NewFact("environment", e.URL)`: 0,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc f() { "+statement+" }", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(typed.literals(file)); got != want {
			t.Errorf("%s: %d literals, want %d", statement, got, want)
		}
	}
}

// checkIDNames are the names of fields that hold an exam.CheckID, alone or in a slice
// or map, and of functions that take one.
type checkIDNames struct{ fields, functions map[string]bool }

func (n checkIDNames) collect(file *ast.File) {
	takes := func(name string, f *ast.FuncType) {
		for _, p := range f.Params.List {
			if isCheckID(p.Type) {
				n.functions[name] = true
			}
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			takes(node.Name.Name, node.Type)
		case *ast.StructType:
			for _, f := range node.Fields.List {
				for _, name := range f.Names {
					if isCheckID(f.Type) {
						n.fields[name.Name] = true
					}
					if function, ok := f.Type.(*ast.FuncType); ok {
						takes(name.Name, function)
					}
				}
			}
		}
		return true
	})
}

// literals returns the IDs of checks that are written as literals in the place of a
// constant.
func (n checkIDNames) literals(file *ast.File) []*ast.BasicLit {
	ids := map[string]bool{}
	for _, c := range exam.Checks() {
		ids[string(c.ID)] = true
	}
	unmistakable := map[string]bool{string(exam.CheckWhoAmISOAP): true, string(exam.CheckCredentialExpiry): true}
	found := map[*ast.BasicLit]bool{}
	add := func(list ...ast.Expr) {
		for _, e := range list {
			if l, ok := e.(*ast.BasicLit); ok && ids[unquote(l)] {
				found[l] = true
			}
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BasicLit:
			if unmistakable[unquote(node)] {
				found[node] = true
			}
		case *ast.CallExpr:
			if isCheckID(node.Fun) || n.functions[nameOf(node.Fun)] {
				add(node.Args...)
			}
		case *ast.BinaryExpr:
			if n.fields[nameOf(node.X)] || n.fields[nameOf(node.Y)] {
				add(node.X, node.Y)
			}
		case *ast.IndexExpr:
			if n.fields[nameOf(node.X)] {
				add(node.Index)
			}
		case *ast.KeyValueExpr:
			if n.fields[nameOf(node.Key)] {
				add(node.Value)
			}
		case *ast.CompositeLit:
			if node.Type != nil && isCheckID(node.Type) {
				for _, e := range node.Elts {
					add(e)
					if pair, ok := e.(*ast.KeyValueExpr); ok {
						add(pair.Key)
					}
				}
			}
		case *ast.SwitchStmt:
			if n.fields[nameOf(node.Tag)] {
				for _, s := range node.Body.List {
					add(s.(*ast.CaseClause).List...)
				}
			}
		case *ast.GenDecl:
			return node.Tok != token.CONST // where a constant is defined
		}
		return true
	})
	var list []*ast.BasicLit
	for l := range found {
		list = append(list, l)
	}
	return list
}

// isCheckID reports whether a type is CheckID, or a slice or map with one.
func isCheckID(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ArrayType:
		return isCheckID(e.Elt)
	case *ast.MapType:
		return isCheckID(e.Key) || isCheckID(e.Value)
	}
	return nameOf(e) == "CheckID"
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func unquote(l *ast.BasicLit) string {
	s, err := strconv.Unquote(l.Value)
	if err != nil {
		return ""
	}
	return s
}
