package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// TestNoLogicOnText guards that no comparison, switch, look-up or search decides by the
// content of a text, because it is different in every language. Code may ask whether a
// text is empty.
func TestNoLogicOnText(t *testing.T) {
	shown := textFields(t)
	eachFile(t, func(path string, file *ast.File, at func(token.Pos) token.Position) {
		if file.Name.Name == "text" {
			return
		}
		for _, found := range logicOnText(file, shown) {
			t.Errorf("%s: this depends on the language of the window", at(found))
		}
	})
}

// TestNoLogicOnTextFinds guards the search itself.
func TestNoLogicOnTextFinds(t *testing.T) {
	for body, want := range map[string]int{
		`_ = owner == i18n.L("Form")`:                           1,
		`said := i18n.Text(x); _ = said != other`:               1,
		`_ = i18n.Text(x) == ""`:                                0,
		`switch i18n.Text(x) { case "a": }`:                     1,
		`_ = strings.Contains(c.Title.String(), "token")`:       1,
		`_ = strings.HasPrefix(i18n.F("x", nil), "y")`:          1,
		`_ = table[c.Title.String()]`:                           1,
		`_ = c.Title.String() == d.Title.String()`:              1,
		`_ = i18n.Text(note) == field.Note()`:                   0,
		`_ = c.ID == "token"`:                                   0,
		`_ = u.String() == v.String()`:                          0,
		`_ = strings.ToUpper(i18n.L("x"))`:                      0,
		`list = append(list, c.Title.String()); _ = list[i]`:    0,
		`_ = c.Title.String() + "x" == "yx"`:                    1,
		`switch said := i18n.Text(x); { case said == "token":}`: 1,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() {\n"+body+"\n}", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(logicOnText(file, map[string]bool{"Title": true})); got != want {
			t.Errorf("%s: %d found, want %d", body, got, want)
		}
	}
}

// textFields returns the names of the fields of core that are texts.
func textFields(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	eachFile(t, func(_ string, file *ast.File, _ func(token.Pos) token.Position) {
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.StructType)
			if !ok {
				return true
			}
			for _, field := range s.Fields.List {
				if !selects(field.Type, "text", "Text") {
					continue
				}
				for _, name := range field.Names {
					names[name.Name] = true
				}
			}
			return true
		})
	})
	if len(names) < 20 {
		t.Fatalf("%d fields only: the search is broken", len(names))
	}
	return names
}

func logicOnText(file *ast.File, fields map[string]bool) (found []token.Pos) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		s := sayings{fields: fields, variables: map[string]bool{}}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == len(a.Rhs) {
				for i, right := range a.Rhs {
					if left, ok := a.Lhs[i].(*ast.Ident); ok && s.says(right) && a.Tok == token.DEFINE {
						s.variables[left.Name] = true
					}
				}
			}
			return true
		})
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if s.decides(n) {
				found = append(found, n.Pos())
			}
			return true
		})
	}
	return found
}

// sayings are the expressions of a function that are texts for the user.
type sayings struct{ fields, variables map[string]bool }

// decides reports whether a node decides by a text for the user.
func (s sayings) decides(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		compares := (n.Op == token.EQL || n.Op == token.NEQ) && (s.says(n.X) || s.says(n.Y))
		return compares && !empty(n.X) && !empty(n.Y) && !drawn(n.X) && !drawn(n.Y)
	case *ast.SwitchStmt:
		return n.Tag != nil && s.says(n.Tag)
	case *ast.IndexExpr:
		return s.says(n.Index)
	case *ast.CallExpr:
		f, ok := n.Fun.(*ast.SelectorExpr)
		if !ok || len(n.Args) == 0 || !s.says(n.Args[0]) {
			return false
		}
		x, ok := f.X.(*ast.Ident)
		return ok && x.Name == "strings" && searches[f.Sel.Name]
	}
	return false
}

// searches are the functions of package strings that search or compare.
var searches = map[string]bool{
	"Contains": true, "ContainsAny": true, "HasPrefix": true, "HasSuffix": true, "EqualFold": true,
	"Index": true, "Cut": true, "CutPrefix": true, "CutSuffix": true, "Count": true,
}

func (s sayings) says(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return s.says(e.X)
	case *ast.Ident:
		return s.variables[e.Name]
	case *ast.BinaryExpr:
		return e.Op == token.ADD && (s.says(e.X) || s.says(e.Y))
	case *ast.CallExpr:
		f, ok := e.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "i18n" {
			return f.Sel.Name == "L" || f.Sel.Name == "F" || f.Sel.Name == "N" || f.Sel.Name == "Text" || f.Sel.Name == "Translate" || f.Sel.Name == "Error"
		}
		field, ok := f.X.(*ast.SelectorExpr)
		return ok && f.Sel.Name == "String" && len(e.Args) == 0 && s.fields[field.Sel.Name]
	}
	return false
}

// drawn reports whether an expression is the text of a control: a screen may ask whether
// it must draw again.
func drawn(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}
	f, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (f.Sel.Name == "Note" || f.Sel.Name == "Caution" || f.Sel.Name == "Problem" || f.Sel.Name == "Text")
}

func empty(e ast.Expr) bool {
	l, ok := e.(*ast.BasicLit)
	return ok && l.Value == `""`
}

func selects(e ast.Expr, pkg, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != name {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == pkg
}
