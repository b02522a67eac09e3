package ui

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// newSession returns the session of the window.
func (w *Window) newSession() *session.Session {
	s := session.New(session.Deps{
		Scheduler:  scheduler{&w.deps},
		Doctor:     doctor{&w.deps},
		Store:      w.deps.Store,
		SaveRecord: w.deps.SaveRecord,
		Temporary:  session.Temporary{Looked: w.looked, GuideProgress: w.guideState, LeaveSandbox: w.leaveSandbox},
	})
	s.Listen(w.heard)
	return s
}

// looked is what follows a look at the form outside the session.
func (w *Window) looked() {
	if w.header != nil && w.answer != nil { // the window is furnished
		w.followGuide()
	}
}

// heard shows what the session tells once.
func (w *Window) heard(e session.Event) {
	switch e := e.(type) {
	case *session.Notice:
		m := kit.Message{Text: i18n.Said(e.Text), Tone: tones[e.Tone], Stay: e.Stay, Action: i18n.Said(e.Action), Do: e.Do}
		if e.Topic != "" {
			w.topics[e.Topic] = m.Text
		}
		w.toasts.Add(m)
	case session.Retract:
		w.toasts.Retract(w.topics[e.Topic])
	case session.AskConnection:
		w.chooseApplication(e.Choices)
	case session.ShowRecord:
		if !w.busyElsewhere() {
			w.showRecord(e.Files)
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

// tones are the colours of notices.
var tones = map[session.Tone]kit.Tone{
	session.Info: kit.Info, session.Good: kit.Good, session.Caution: kit.Caution, session.Bad: kit.Bad,
}

// scheduler is the window's goroutine.
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

// doctor is the use-cases of Deps.
type doctor struct{ deps *Deps }

func (d doctor) Examine(ctx context.Context, form connection.Form, _ bool, observe func(exam.Event)) exam.Report {
	return d.deps.Examine(ctx, form, observe)
}

func (d doctor) Check(form connection.Form) ([]connection.Note, []connection.Problem) {
	return d.deps.Check(form)
}

func (d doctor) Discover(ctx context.Context, form connection.Form) (core.Discovered, bool) {
	if d.deps.Discover == nil {
		<-ctx.Done() // it never answers
		return core.Discovered{}, false
	}
	return d.deps.Discover(ctx, form)
}

func (d doctor) Paste(text string) paste.Result { return d.deps.Paste(text) }

func (d doctor) ConnectionString(form connection.Form) (string, error) {
	return d.deps.ConnectionString(form)
}

func (d doctor) DotEnv(form connection.Form, tenant string) (string, error) {
	return d.deps.DotEnv(form, tenant)
}

func (d doctor) Explain(text string) explain.Explanation { return d.deps.Explain(text) }
