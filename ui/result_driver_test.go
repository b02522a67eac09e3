package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// The lists below the result, in the order of their switch.
const (
	showGuide = iota
	showChecks
)

// examination returns the examination that the window shows.
func (s *stage) examination() session.Examination { return s.w.session.State().Examination }

// shows reports whether a text is visible.
func (s *stage) shows(text string) bool {
	return strings.Contains(s.outline(), "text "+strconv.Quote(text)+"\n")
}

// stale reports whether the notice about a changed form is visible.
func (s *stage) stale() bool { return s.shows("The form has changed since this test.") }

// card returns the topmost card of the result.
func (s *stage) card() fyne.CanvasObject {
	s.t.Helper()
	for _, o := range visible(s.w.result.Object.Object) {
		if c, ok := o.CanvasObject.(*kit.Card); ok {
			return c
		}
	}
	s.t.Fatal("there is no card")
	return nil
}

// lists returns the switch between the lists.
func (s *stage) lists() *kit.Segmented {
	s.t.Helper()
	for _, o := range visible(s.w.result.Object.Object) {
		if c, ok := o.CanvasObject.(*kit.Segmented); ok && strings.HasPrefix(c.AccessibilityLabel(), i18n.L("Show")) {
			return c
		}
	}
	s.t.Fatal("there is no switch")
	return nil
}

// check turns to the list of checks, and returns the row of a check.
func (s *stage) check(id exam.CheckID) *kit.Disclosure {
	s.t.Helper()
	s.lists().Choose(showChecks)
	for _, c := range exam.Checks() {
		if c.ID == id {
			return s.fold(i18n.Text(c.Title) + ": ")
		}
	}
	s.t.Fatalf("there is no check %q", id)
	return nil
}

// checks returns the rows of all checks.
func (s *stage) checks() []*kit.Disclosure {
	var all []*kit.Disclosure
	for _, c := range exam.Checks() {
		all = append(all, s.check(c.ID))
	}
	return all
}

// fold returns the disclosure in the result whose name begins with prefix.
func (s *stage) fold(prefix string) *kit.Disclosure {
	s.t.Helper()
	for _, o := range visible(s.w.result.Object.Object) {
		if f, ok := o.CanvasObject.(*kit.Disclosure); ok && strings.HasPrefix(f.Name, prefix) {
			return f
		}
	}
	s.t.Fatalf("there is no line %q…", prefix)
	return nil
}

// practising reports whether the window is in the sandbox.
func (s *stage) practising() bool { return s.w.session.State().Sandbox.Active }
