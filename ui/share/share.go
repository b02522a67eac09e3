// Package share has the dialogs for what users give to others: the connection in the
// format of another program, the card for the administrator, the report for a ticket.
//
// Each text is shown exactly before it is copied or saved.
package share

import (
	"encoding/json"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/card"
	"github.com/s2sdoctor/s2sdoctor/core/export"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// Commands are what the dialogs ask of a session.
type Commands interface {
	Export(format export.Format) (string, text.Text)
	Card() (card.Card, bool)
	SupportReport() (support.Report, bool)
	Compared() (session.ComparisonResult, bool)
	SaveText(folder, name, content string, saved func(), failed func(why text.Text))
}

// Env is the environment of the dialogs: what the window provides.
type Env struct {
	kit.Env
	Canvas fyne.Canvas
	// ChooseFolder asks for a folder, and calls use with its path unless the user
	// cancels; nil if nothing can be saved.
	ChooseFolder func(title string, use func(path string))
}

// Screen opens the dialogs.
type Screen struct {
	commands Commands
	env      Env
}

// New returns the dialogs of a session.
func New(commands Commands, env Env) *Screen { return &Screen{commands, env} }

// form is a way to write what is shared.
type form struct {
	name, file string
	write      func() (content string, why text.Text)
}

// fixed returns a form that can always be written.
func fixed(name, file string, write func() string) form {
	return form{name, file, func() (string, text.Text) { return write(), text.Text{} }}
}

// Export shows the connection as other programs take it.
func (s *Screen) Export() {
	var forms []form
	for _, info := range export.Formats() {
		forms = append(forms, form{i18n.Text(info.Title), info.File, func() (string, text.Text) { return s.commands.Export(info.Format) }})
	}
	s.open(i18n.L("Export"), i18n.L("For"), i18n.L("Where the secret belongs there is a gap: it is never written."), forms)
}

// Card shows what the administrators of the connection have to do.
func (s *Screen) Card() {
	c, ok := s.commands.Card()
	if !ok {
		return
	}
	s.open(i18n.L("Card for the administrator"), i18n.L("As"), i18n.L("What is missing, who can do it, where, and how to tell that it is done. It holds no secret."), []form{
		fixed(i18n.L("Text"), "card.txt", func() string { return c.Text(i18n.Translate) }),
		fixed(i18n.L("Markdown"), "card.md", func() string { return c.Markdown(i18n.Translate) }),
		fixed("HTML", "card.html", func() string { return c.HTML(i18n.Translate, i18n.Current()) }),
	})
}

// Support shows the report for a ticket.
func (s *Screen) Support() {
	r, ok := s.commands.SupportReport()
	if !ok {
		return
	}
	s.open(i18n.L("Support report"), i18n.L("As"), i18n.L("For a ticket: IDs, codes, times and hosts of the last test, and nothing else. In English."), []form{
		fixed(i18n.L("Markdown"), "support.md", r.Markdown),
		fixed("JSON", "support.json", func() string {
			out, _ := json.MarshalIndent(r, "", "  ") // it holds nothing that cannot be encoded
			return string(out) + "\n"
		}),
	})
}

// Comparison shows how two connections differ, and each of them to be compared later.
func (s *Screen) Comparison() {
	r, ok := s.commands.Compared()
	if !ok {
		return
	}
	later := func(side string) string { return i18n.F("{{.Side}} alone, to compare later", i18n.V{"Side": side}) }
	s.open(i18n.L("Comparison"), i18n.L("As"), i18n.L("As s2scheck compare and s2scheck snapshot print it, in English. It holds no secret."), []form{
		fixed(i18n.L("Text"), "comparison.txt", r.Text),
		fixed(i18n.L("Markdown"), "comparison.md", r.Markdown),
		fixed("JSON", "comparison.json", r.JSON),
		fixed(later("A"), "snapshot-a.json", func() string { return session.SnapshotJSON(r.A) }),
		fixed(later("B"), "snapshot-b.json", func() string { return session.SnapshotJSON(r.B) }),
	})
}
