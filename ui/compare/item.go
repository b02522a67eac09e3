package compare

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// showItem shows an item with its values whole: in the list they may be shortened.
func (s *Screen) showItem(l line) {
	body := layout.Column(theme.Near,
		kit.FactLine(s.env.Env, sideName(0, s.drawn), present(l.a), false),
		kit.FactLine(s.env.Env, sideName(1, s.drawn), present(l.b), false))
	d := kit.NewDialog(l.title, body,
		kit.Action{Text: i18n.L("Copy line"), Do: func() { s.copyLine(l) }}, kit.Action{Text: i18n.L("Close"), Default: true})
	d.OnClose = s.rows.Focus
	d.Open(s.env.Canvas, nil)
}

// menu returns what can be done with an item.
func (s *Screen) menu(index int) *fyne.Menu {
	l := s.lines[index]
	if l.kind != differentLine && l.kind != sameLine {
		return nil
	}
	return fyne.NewMenu("", fyne.NewMenuItem(i18n.L("Copy line"), func() { s.env.Do(func() { s.copyLine(l) }) }))
}

func (s *Screen) copyLine(l line) {
	s.env.Copy(l.copied())
	s.env.Tell(i18n.F("Copied: {{.What}}", i18n.V{"What": l.title}), kit.Good)
}
