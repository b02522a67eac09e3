package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
)

// TestIDsAreConstants guards that checks and steps of the guide are named by their
// constants wherever an exam.CheckID or a guide.StepID is expected: Go converts a
// misspelled literal without an error. In other places the same words are common: token,
// tenant, user.
func TestIDsAreConstants(t *testing.T) {
	for _, c := range []struct {
		search            idNames
		fields, functions []string
	}{
		{checkIDs(), []string{"ID", "DependsOn", "JudgeAfter", "Checks", "Results"}, []string{"Check", "ResultOf", "failed", "wait"}},
		{stepIDs(), []string{"ID", "After", "First", "Ticks", "Seen"}, []string{"Tick", "stepWordsOf"}},
	} {
		typed := c.search
		eachFile(t, func(_ string, file *ast.File, _ func(token.Pos) token.Position) { typed.collect(file) })
		for _, name := range c.fields {
			if !typed.fields[name] {
				t.Errorf("no field %s of a %s was found: the search is broken", name, typed.kind)
			}
		}
		for _, name := range c.functions {
			if !typed.functions[name] {
				t.Errorf("no function %s of a %s was found: the search is broken", name, typed.kind)
			}
		}
		eachFile(t, func(_ string, file *ast.File, at func(token.Pos) token.Position) {
			for _, l := range typed.literals(file) {
				t.Errorf("%s: %s is a %s: use its constant", at(l.Pos()), l.Value, typed.kind)
			}
		})
	}
}

// checkIDs returns a search for IDs of checks.
func checkIDs() idNames {
	n := newIDNames("CheckID", exam.CheckWhoAmISOAP, exam.CheckCredentialExpiry)
	for _, c := range exam.Checks() {
		n.ids[string(c.ID)] = true
	}
	return n
}

// stepIDs returns a search for IDs of the guide's steps.
func stepIDs() idNames {
	n := newIDNames[guide.StepID]("StepID")
	for _, s := range guide.Steps(guide.Classic) {
		n.ids[string(s.ID)] = true
	}
	return n
}

// TestCheckIDLiteralsAreFound guards which literals the search finds.
func TestCheckIDLiteralsAreFound(t *testing.T) {
	typed := checkIDs()
	typed.fields, typed.functions = map[string]bool{"ID": true, "Results": true}, map[string]bool{"Check": true}
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

// idNames has the fields that hold an ID of a kind, alone or in a slice or map, and the
// functions that take an ID.
type idNames struct {
	// kind is the name of the type.
	kind string
	// ids are all values; unmistakable are those that have no other meaning anywhere.
	ids, unmistakable map[string]bool
	fields, functions map[string]bool
}

func newIDNames[T ~string](kind string, unmistakable ...T) idNames {
	n := idNames{kind: kind, ids: map[string]bool{}, unmistakable: map[string]bool{}, fields: map[string]bool{}, functions: map[string]bool{}}
	for _, id := range unmistakable {
		n.unmistakable[string(id)] = true
	}
	return n
}

func (n idNames) collect(file *ast.File) {
	takes := func(name string, f *ast.FuncType) {
		for _, p := range f.Params.List {
			if n.isID(p.Type) {
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
					if n.isID(f.Type) {
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

// literals returns the IDs that are written as literals instead of constants.
func (n idNames) literals(file *ast.File) []*ast.BasicLit {
	found := map[*ast.BasicLit]bool{}
	add := func(list ...ast.Expr) {
		for _, e := range list {
			if l, ok := e.(*ast.BasicLit); ok && n.ids[unquote(l)] {
				found[l] = true
			}
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BasicLit:
			if n.unmistakable[unquote(node)] {
				found[node] = true
			}
		case *ast.CallExpr:
			if n.isID(node.Fun) || n.functions[nameOf(node.Fun)] {
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
			if node.Type != nil && n.isID(node.Type) {
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
			return node.Tok != token.CONST // the definition of a constant
		}
		return true
	})
	var list []*ast.BasicLit
	for l := range found {
		list = append(list, l)
	}
	return list
}

// isID reports whether a type is the type of the IDs, or a slice or map of it.
func (n idNames) isID(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ArrayType:
		return n.isID(e.Elt)
	case *ast.MapType:
		return n.isID(e.Key) || n.isID(e.Value)
	}
	return nameOf(e) == n.kind
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
