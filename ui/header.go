package ui

import (
	"image/color"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
)

// header is the strip at the top: what this is, which connection it is about,
// and everything else behind three dots.
type header struct {
	object     *widgets.Banner
	connection *widgets.Button
}

func newHeader(w *Window) *header {
	h := &header{}
	logo := canvas.NewImageFromResource(look.Icon(look.Logo, look.Accent))
	logo.FillMode = canvas.ImageFillContain
	logo.SetMinSize(fyne.NewSquareSize(26))
	name := widgets.NewText(Title, widgets.Style{Size: look.SizeTitle, Bold: true, Fixed: true})
	h.connection = widgets.NewMenuButton(unnamed, widgets.Secondary, w.connectionMenu)
	h.connection.Name = "Connection: " + unnamed
	more := widgets.NewMoreButton("More", w.moreMenu)
	filler := canvas.NewRectangle(color.Transparent)
	line := widgets.Row(look.Near, filler, logo, name, h.connection, filler, more)
	h.object = widgets.NewBanner(widgets.Neutral, widgets.Limit(pageWidth, widgets.Inset(look.Space, 6, line)))
	return h
}

const unnamed = "New connection"

// show names the connection after its environment.
func (h *header) show(environment string) {
	name := connectionName(environment)
	h.connection.Name = "Connection: " + name
	h.connection.SetText(name)
}

// connectionName is what the address begins with: "contoso". It only reads what
// is typed; whether that can be used is for others to say.
func connectionName(environment string) string {
	text := strings.TrimSpace(environment)
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		text = u.Hostname()
	}
	label, _, _ := strings.Cut(text, ".")
	if label == "" || len(label) > 40 || strings.ContainsAny(label, " /:\\@") {
		return unnamed
	}
	return label
}
