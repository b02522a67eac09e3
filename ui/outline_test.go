package ui

import (
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// The helpers of package uitest, by their short names.
var (
	visible    = uitest.Visible
	focusables = uitest.Focusables
	describe   = uitest.Describe
	texts      = uitest.Texts
)

type placed = uitest.Placed

// window returns the stage's window as its user sees it.
func (s *stage) window() *uitest.Window {
	return &uitest.Window{T: s.t, Canvas: s.w.win.Canvas(), Content: s.w.content}
}

// outline returns the outline of the window, which the golden files contain.
func (s *stage) outline() string { return s.window().Outline() }

// find returns the button with an English name.
func (s *stage) find(name string) *kit.Button {
	s.t.Helper()
	return s.window().Button(name)
}

// press taps the button with a name.
func (s *stage) press(name string) {
	s.t.Helper()
	s.window().Press(name)
	s.pump()
	s.settle()
}
