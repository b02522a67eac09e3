package connections

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// newFinder returns the dialog in which a saved connection is found and opened.
func newFinder(s *Screen) *kit.Finder {
	f := kit.NewFinder(i18n.L("Open a saved connection"), i18n.L("Name, address or ID"), kit.Action{Text: i18n.L("Cancel")})
	f.Find = func(query string) (rows []kit.FinderRow) {
		for _, p := range profile.Find(s.state.Saved, query) {
			rows = append(rows, kit.FinderRow{ID: p.Name, Name: p.Name, Detail: detail(p), Current: p.Name == s.state.Open})
		}
		return rows
	}
	f.None = func(query string) string {
		return i18n.F("No saved connection has “{{.Text}}” in its name, address or IDs.", i18n.V{"Text": strings.TrimSpace(query)})
	}
	f.OnChosen = func(row kit.FinderRow) { s.session.Open(row.Name) }
	f.Update()
	return f
}

// detail returns what distinguishes connections whose names are alike.
func detail(p profile.Profile) string {
	var parts []string
	for _, part := range []string{strings.TrimPrefix(p.Environment, "https://"), p.ClientID} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}
