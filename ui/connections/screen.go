// Package connections is the part of the window about saved connections: the button with
// the name of the open connection, and the dialogs about connections.
//
// It draws the state of a session and sends its commands; it makes no decisions.
package connections

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// Screen shows the connections of a session. Make it with [New].
type Screen struct {
	// Title is the button with the name of the open connection.
	Title *kit.Button

	session *session.Session
	canvas  fyne.Canvas
	state   session.Connections

	question session.Question // the question that is shown; nil for no question
	dialog   *kit.Dialog      // of the question
	name     *nameDialog      // nil unless a name is asked for
	finder   *kit.Finder      // nil unless a connection is looked for
}

// New returns the screen of a session. Its dialogs open on canvas; menu is below the
// title.
func New(s *session.Session, canvas fyne.Canvas, menu func() *fyne.Menu) *Screen {
	screen := &Screen{session: s, canvas: canvas, Title: newTitle(menu)}
	s.Observe(screen.draw)
	s.Listen(func(e session.Event) {
		if imported, ok := e.(*session.Imported); ok {
			screen.open(importedDialog(imported), nil)
		}
	})
	return screen
}

func (s *Screen) draw(state session.State) {
	s.state = state.Connections
	drawTitle(s.Title, state)
	if q := state.Connections.Question; q != s.question {
		s.ask(q)
	}
	if s.finder != nil {
		s.finder.Update()
	}
}

// ask shows a question in the place of the current one.
func (s *Screen) ask(q session.Question) {
	before := s.question
	s.question = q
	if named, ok := q.(*session.NameQuestion); ok && before != nil && before.ID() == q.ID() {
		s.name.update(named)
		return
	}
	s.close()
	switch q := q.(type) {
	case *session.LeaveQuestion:
		s.show(q, leaveDialog(s.session, q), nil)
	case *session.NameQuestion:
		s.name = newNameDialog(s.session, q)
		s.show(q, s.name.dialog, s.name.field.Entry)
		s.name.selectAll()
	case *session.ForgetQuestion:
		s.show(q, forgetDialog(s.session, q), nil)
	case *session.FindQuestion:
		if s.canvas.Overlays().Top() != nil {
			s.session.Dismiss(q.ID()) // the user has opened another dialog meanwhile
			return
		}
		s.finder = newFinder(s)
		s.show(q, s.finder.Dialog, s.finder.Entry)
	}
}

// show opens the dialog of a question. Closing it without an answer dismisses the
// question.
func (s *Screen) show(q session.Question, d *kit.Dialog, first fyne.Focusable) {
	d.OnClose = func() { s.session.Dismiss(q.ID()) }
	s.dialog = d
	s.open(d, first)
}

func (s *Screen) open(d *kit.Dialog, first fyne.Focusable) { d.Open(s.canvas, first) }

// close closes the dialog of the last question.
func (s *Screen) close() {
	d := s.dialog
	s.dialog, s.name, s.finder = nil, nil, nil
	if d != nil {
		d.Close()
	}
}
