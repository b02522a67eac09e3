package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// What follows is for the parts of the window that have not moved yet, and goes away
// with the last of them.

// FillSaved is fill.
func (s *Session) FillSaved(form connection.Form, missing text.Text, wanted string) {
	s.fill(TypedOf(form), missing, wanted)
}

// Blame is blame.
func (s *Session) Blame(field connection.Field, problem text.Text) { s.blame(field, problem) }

// Drop is drop.
func (s *Session) Drop() { s.drop() }

// Adopt is adopt.
func (s *Session) Adopt(r exam.Report) { s.adopt(r) }

// ForgetReport is forgetReport.
func (s *Session) ForgetReport() { s.forgetReport() }

// ForgetDiscovery is forgetDiscovery.
func (s *Session) ForgetDiscovery() { s.forgetDiscovery() }
