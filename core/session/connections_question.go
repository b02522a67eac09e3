package session

import (
	"errors"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Question is something that the user is asked: a *[LeaveQuestion], *[NameQuestion],
// *[ForgetQuestion] or *[FindQuestion]. A question is not changed once it is in a
// state; another one of the same ID takes its place.
type Question interface{ ID() int }

type asked int

func (a asked) ID() int { return int(a) }

// LeaveQuestion asks what to do with changes that are not saved: see
// [Session.SaveAndLeave], [Session.DiscardAndLeave] and [Session.Dismiss].
type LeaveQuestion struct {
	asked
	// Open is the name of the connection; "" if it was never saved.
	Open string

	then func(saidMore bool)
}

// Purpose is what a name is asked for.
type Purpose string

// The purposes.
const (
	ToSave      Purpose = "save"
	ToDuplicate Purpose = "duplicate"
	ToRename    Purpose = "rename"
)

// NameQuestion asks for the name of a connection: see [Session.AnswerName].
type NameQuestion struct {
	asked
	Purpose Purpose
	// Of is the connection to duplicate or to rename.
	Of       string
	Proposal string
	// Problem is why the name of the last answer cannot be used; may be empty.
	Problem text.Text

	do      func(name string, ended func(error))
	waiting bool // for the store
}

// ForgetQuestion asks whether to delete a connection: see [Session.ConfirmForget].
type ForgetQuestion struct {
	asked
	Name string
}

// FindQuestion asks which of the saved connections to open: see [Session.Open].
type FindQuestion struct{ asked }

// ask puts a question in the place of the one that is there.
func (s *Session) ask(q Question) {
	s.update(func(state *State) { state.Connections.Question = q })
}

// newQuestion returns an ID that no question had.
func (s *Session) newQuestion() asked {
	s.conns.questions++
	return asked(s.conns.questions)
}

// Dismiss ends the question of an ID without an answer, if it is still asked.
func (s *Session) Dismiss(id int) {
	if q := s.state.Connections.Question; q != nil && q.ID() == id {
		s.ask(nil)
	}
}

// askName asks for a name until do accepts one: ended is then called with nil.
func (s *Session) askName(purpose Purpose, of, proposal string, do func(name string, ended func(error))) {
	s.ask(&NameQuestion{asked: s.newQuestion(), Purpose: purpose, Of: of, Proposal: proposal, do: do})
}

// AnswerName answers a [NameQuestion] with the name of a connection.
func (s *Session) AnswerName(name string) {
	q, ok := s.state.Connections.Question.(*NameQuestion)
	if !ok || q.waiting {
		return
	}
	name = strings.TrimSpace(name)
	if s.taken(name) && !(q.Purpose == ToRename && strings.EqualFold(name, q.Of)) {
		s.replaceName(q.id(), text.F("Another connection already has this name. Choose a different one."), false)
		return
	}
	s.replaceName(q.id(), text.Text{}, true)
	q.do(name, func(err error) {
		if err != nil && errors.As(err, new(*profile.NameError)) {
			s.replaceName(q.id(), text.OfError(err), false)
			return
		}
		s.Dismiss(q.ID())
		if err != nil {
			s.storeFailed(err)
		}
	})
}

// replaceName changes what the question of an ID shows, if it is still asked.
func (s *Session) replaceName(id asked, problem text.Text, waiting bool) {
	q, ok := s.state.Connections.Question.(*NameQuestion)
	if !ok || q.asked != id {
		return
	}
	changed := *q
	changed.Problem, changed.waiting = problem, waiting
	s.ask(&changed)
}

func (a asked) id() asked { return a }

// taken reports whether a saved connection has a name.
func (s *Session) taken(name string) bool {
	for _, p := range s.state.Connections.Saved {
		if strings.EqualFold(strings.TrimSpace(name), p.Name) {
			return true
		}
	}
	return false
}

// freeName returns the name with the first number that no other connection has.
func (s *Session) freeName(name string) string {
	for n := 2; ; n++ {
		if free := profile.Numbered(name, n); !s.taken(free) {
			return free
		}
	}
}
