package ui

import (
	"context"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// duplicateConnection saves the open connection once more under another name, and
// opens the copy.
func (w *Window) duplicateConnection() {
	s := w.shelf
	if s.deps == nil || s.deps.Duplicate == nil || s.open == "" || w.banner.active {
		return
	}
	s.leave(func(bool) {
		from := s.open
		s.askName(i18n.F("Duplicate “{{.Name}}”", i18n.V{"Name": from}), i18n.L("Duplicate"), s.freeName(from),
			func(to string, ended func(error)) { s.duplicate(from, to, ended) })
	})
}

func (s *shelf) duplicate(from, to string, ended func(error)) {
	s.later(func(ctx context.Context) func() {
		saved, err := s.deps.Duplicate(ctx, from, to)
		if err != nil {
			return func() { ended(err) }
		}
		loaded, err := s.deps.Load(ctx, saved.Profile.Name)
		listed := s.relist(ctx)
		return func() {
			listed()
			ended(err)
			if err != nil {
				return
			}
			s.show(loaded)
			s.w.focusForm() // the address is what differs
			s.tellCopy(from, saved)
		}
	})
}

// tellCopy says whose copy it is, and what is missing in it.
func (s *shelf) tellCopy(from string, saved profile.Saved) {
	text := []string{i18n.F("“{{.Name}}” is a copy of “{{.Of}}”.", i18n.V{"Name": saved.Profile.Name, "Of": from})}
	m := kit.Message{Tone: kit.Good}
	if saved.Kept == profile.InSession {
		text = append(text, i18n.L("The secret is kept for this session only."))
	}
	if !saved.Why.Empty() {
		text = append(text, i18n.Said(saved.Why))
		m.Tone, m.Stay = kit.Caution, true
	}
	m.Text = strings.Join(text, " ")
	s.w.toasts.Say(m)
}

// freeName is a name with the first number that no other connection has.
func (s *shelf) freeName(name string) string {
	for n := 2; ; n++ {
		if free := profile.Numbered(name, n); !s.taken(free) {
			return free
		}
	}
}
