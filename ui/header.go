package ui

import (
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// header is the strip at the top: the name of the program, the open connection, the
// set-up path, and the menu behind three dots.
type header struct {
	object *kit.Banner
	logo   *kit.Glyph
	path   *kit.Segmented
}

func newHeader(w *Window) *header {
	h := &header{}
	h.logo = kit.NewGlyph(theme.Logo, theme.Accent, 26)
	name := kit.NewText(Title, kit.Style{Size: theme.SizeTitle, Bold: true, Fixed: true})
	more := kit.NewMoreButton(i18n.L("More"), w.moreMenu)
	line := layout.HeaderLine(h.logo, name, w.connections.Title)
	h.path = kit.NewSegmented(i18n.L("Set-up path"), []string{i18n.L("Modern"), i18n.L("Classic")}, func(i int) {
		w.session.ChoosePath(paths[i])
		w.result.ShowGuide()
	})
	line.Add(h.path)
	line.Add(more)
	h.object = kit.NewBanner(kit.Neutral, layout.Limit(pageWidth, layout.Inset(theme.Space, 6, line)))
	return h
}

// paths are the paths of the switch, in its order.
var paths = []guide.Path{guide.Modern, guide.Classic}
