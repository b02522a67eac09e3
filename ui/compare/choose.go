package compare

import (
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// choose asks what a side is to be: a saved connection or a scenario, found by typing, or
// the file of an earlier answer.
func (s *Screen) choose(side int) {
	label := i18n.L("Name, address or ID")
	if s.drawn.Practice {
		label = i18n.L("Name of a scenario")
	}
	var f *kit.Finder
	f = kit.NewFinder(i18n.F("Compare: {{.Side}}", i18n.V{"Side": letters[side]}), label,
		kit.Action{Text: i18n.L("Earlier answer…"), Stay: true, Do: func() { s.chooseFile(f, side) }},
		kit.Action{Text: i18n.L("Cancel")})
	found := map[string]session.Compared{}
	f.Find = func(query string) (rows []kit.FinderRow) {
		for _, c := range s.commands.ComparisonChoices(query) {
			row := kit.FinderRow{
				ID: strconv.Quote(c.Of.Connection) + c.Of.Scenario, Name: i18n.Text(c.Title), Detail: i18n.Text(c.Detail), Current: c.Of == s.drawn.Sides[side].Of,
			}
			found[row.ID] = c.Of
			rows = append(rows, row)
		}
		return rows
	}
	f.None = func(query string) string {
		query = strings.TrimSpace(query)
		switch {
		case s.drawn.Practice:
			return i18n.F("No scenario has “{{.Text}}” in its name.", i18n.V{"Text": query})
		case query == "":
			return i18n.L("No connection is saved yet.")
		}
		return i18n.F("No saved connection has “{{.Text}}” in its name, address or IDs.", i18n.V{"Text": query})
	}
	f.OnChosen = func(row kit.FinderRow) { s.chosen(f, side, found[row.ID]) }
	f.Update()
	f.Dialog.OnClose = func() { s.env.Canvas.Focus(s.sides[side].focusable()) }
	f.Dialog.Open(s.env.Canvas, f.Entry)
}

// chooseFile asks for the file of an earlier answer.
func (s *Screen) chooseFile(f *kit.Finder, side int) {
	s.env.ChooseFile(func(path string) { s.chosen(f, side, session.Compared{File: path}) })
}

// chosen closes the dialog, and moves the focus to what comes next.
func (s *Screen) chosen(f *kit.Finder, side int, of session.Compared) {
	f.Dialog.Close()
	s.commands.ChooseSide(side, of)
	s.Focus()
}
