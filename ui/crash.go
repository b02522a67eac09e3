package ui

import (
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// offerCrashNotes offers the notes of earlier crashes, once. The program does not send
// them.
func (w *Window) offerCrashNotes() {
	if w.deps.CrashNotes == nil {
		return
	}
	w.background(func() func() {
		notes, ok := w.deps.CrashNotes()
		return func() {
			if ok {
				w.toasts.Add(kit.Message{
					Text:   i18n.F("{{.Name}} ended unexpectedly last time.", i18n.V{"Name": Title}),
					Action: i18n.L("Show note"), Do: func() { w.showCrashNotes(notes) }, Tone: kit.Caution, Stay: true,
				})
			}
		}
	}, nil)
}

func (w *Window) showCrashNotes(notes crash.Unread) {
	body := layout.Column(theme.Near,
		kit.NewText(i18n.L("The note names the place in the program and the kind of error. It holds no secrets and was sent nowhere. You can add it to a report."), kit.Style{Color: theme.Muted}),
		kit.NewCodeBlock(notes.Text()))
	d := kit.NewDialog(i18n.F("{{.Name}} ended unexpectedly", i18n.V{"Name": Title}), body,
		kit.Action{Text: i18n.L("Discard note"), Do: func() { w.discardCrashNotes(notes) }},
		kit.Action{Text: i18n.L("Copy note"), Stay: true, Do: func() {
			w.deps.Copy(notes.Text())
			w.say(i18n.L("Copied the note."), kit.Good)
		}},
		kit.Action{Text: i18n.L("Close"), Default: true})
	d.Width = 680
	d.Open(w.win.Canvas(), nil)
}

func (w *Window) discardCrashNotes(notes crash.Unread) {
	w.background(func() func() {
		err := notes.Discard()
		return func() {
			if err != nil {
				w.say(i18n.F("The note could not be discarded: {{.Error}}", i18n.V{"Error": err.Error()}), kit.Bad)
			}
		}
	}, nil)
}
