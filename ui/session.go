package ui

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/overview"
)

// newSession returns the session of the window.
func (w *Window) newSession() *session.Session {
	loop := scheduler{&w.deps}
	s := session.New(session.Deps{
		Scheduler:  loop,
		Doctor:     w.deps.Doctor,
		Store:      w.deps.Store,
		SaveRecord: w.deps.SaveRecord,
		SaveText:   w.deps.SaveText,
		Rotator:    w.deps.Rotator,
		Program:    w.deps.Program,

		CertificateStore: w.deps.CertificateStore,
		Browsers:         w.deps.Browsers, OpenSandbox: w.deps.OpenSandbox, Scenarios: w.deps.Scenarios,
		Describe: func(r *session.OverviewRow) (verdict, rest string) { return overview.Describe(r, loop.Now()) },
		Locale:   consent.Locale{Language: i18n.Current(), Translate: i18n.Translate},
	})
	s.Listen(w.showEvent)
	return s
}

// showEvent shows an event of the session.
func (w *Window) showEvent(e session.Event) {
	switch e := e.(type) {
	case *session.Notice:
		w.toasts.Add(kit.Message{Key: e.Topic, Text: i18n.Text(e.Text), Tone: tones[e.Tone], Stay: e.Stay, Action: i18n.Text(e.Action), Do: e.Do})
	case session.Retract:
		w.toasts.Retract(e.Topic)
	case session.AskConnection:
		w.form.AskConnection(e.Choices)
	case session.ShowRecord:
		if !w.busyElsewhere() {
			w.result.ShowRecord(e.Files)
		}
	case session.Attention:
		if !w.busyElsewhere() {
			w.form.Show(e.Field)
		}
	case session.ChooseImport:
		w.choose(importChoice(), w.session.Import)
	case session.WindowMayClose:
		w.close()
	}
}

// tones maps the session's tones to the colours of messages.
var tones = map[session.Tone]kit.Tone{
	session.Info: kit.Info, session.Good: kit.Good, session.Caution: kit.Caution, session.Bad: kit.Bad,
}

// scheduler runs the session's functions on the window's goroutine.
type scheduler struct{ deps *Deps }

func (s scheduler) Do(f func()) { s.deps.Do(f) }

func (s scheduler) Later(d time.Duration, f func()) (cancel func()) {
	return s.deps.Later(d, f)
}

func (s scheduler) Now() time.Time {
	if s.deps.Now != nil {
		return s.deps.Now()
	}
	return time.Now()
}
