package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// every lists the objects below root, visible or not.
func every(root fyne.CanvasObject) []fyne.CanvasObject {
	all := []fyne.CanvasObject{root}
	var children []fyne.CanvasObject
	switch o := root.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		if child != nil {
			all = append(all, every(child)...)
		}
	}
	return all
}

// field returns the form's field with an English label, visible or not.
func (s *stage) field(label string) *kit.Field {
	s.t.Helper()
	for _, o := range every(s.w.form.Object) {
		if f, ok := o.(*kit.Field); ok && f.Label == i18n.Translate(label) {
			return f
		}
	}
	s.t.Fatalf("there is no field %q", label)
	return nil
}

// credentials returns the control Credential.
func (s *stage) credentials() *kit.Select {
	s.t.Helper()
	for _, o := range every(s.w.form.Object) {
		if c, ok := o.(*kit.Select); ok {
			return c
		}
	}
	s.t.Fatal("there is no choice of credentials")
	return nil
}

// chooseCredential opens the list and chooses the kind with an English name.
func (s *stage) chooseCredential(name string) {
	s.t.Helper()
	test.Tap(s.credentials())
	for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
		if p, ok := o.CanvasObject.(*kit.Option); ok && p.Name() == i18n.Translate(name) {
			test.Tap(p)
			s.pump()
			s.settle()
			return
		}
	}
	s.t.Fatalf("there is no kind %q", name)
}

// fill replaces the values of the form.
func (s *stage) fill(form connection.Form) { s.w.session.Fill(form) }

// used returns the form that a test would examine.
func (s *stage) used() connection.Form { return s.w.session.State().Form.Used() }
