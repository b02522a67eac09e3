package ui

import (
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// header is the strip at the top: what this is, which connection it is about,
// and everything else behind three dots.
type header struct {
	w          *Window
	object     *kit.Banner
	logo       *kit.Glyph
	connection *kit.Button
	path       *kit.Segmented // nil without a guide
}

func newHeader(w *Window) *header {
	h := &header{w: w}
	h.logo = kit.NewGlyph(theme.Logo, theme.Accent, 26)
	name := kit.NewText(Title, kit.Style{Size: theme.SizeTitle, Bold: true, Fixed: true})
	h.connection = kit.NewMenuButton(unnamed.String(), kit.Secondary, w.connectionMenu)
	h.connection.Name = i18n.F("Connection: {{.Name}}", i18n.V{"Name": unnamed.String()})
	more := kit.NewMoreButton(i18n.L("More"), w.moreMenu)
	line := layout.HeaderLine(h.logo, name, h.connection)
	if w.deps.Guide != nil {
		h.path = kit.NewSegmented(i18n.L("Set-up path"), []string{i18n.L("Modern"), i18n.L("Classic")}, func(i int) { w.answer.lists.choosePath(i) })
		line.Add(h.path)
	}
	line.Add(more)
	h.object = kit.NewBanner(kit.Neutral, layout.Limit(pageWidth, layout.Inset(theme.Space, 6, line)))
	return h
}

const unnamed = i18n.Key("New connection")

// longestName is how much of a name the header has room for, in characters.
const longestName = 24

// rename names the connection: as it was saved, or else after its environment.
func (h *header) rename() {
	s := h.w.shelf
	name, after := connectionName(h.w.form.form().Environment), ""
	switch {
	case s.opening != "":
		name, after = s.opening, i18n.L("opening…")
	case s.open != "":
		name = s.open
		if s.edited() {
			after = i18n.L("edited")
		}
	}
	h.connection.Name = i18n.F("Connection: {{.Name}}", i18n.V{"Name": name})
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[:longestName-1]) + "…"
	}
	if after != "" {
		name += " · " + after
		h.connection.Name += ", " + after
	}
	h.connection.SetText(name)
}

// connectionName is how a connection that is not saved is called.
func connectionName(environment string) string {
	if name := session.NameOf(environment); name != "" {
		return name
	}
	return unnamed.String()
}
