package ui

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2/container"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// header is the strip at the top: what this is, which connection it is about,
// and everything else behind three dots.
type header struct {
	w          *Window
	object     *widgets.Banner
	logo       *widgets.Glyph
	connection *widgets.Button
	path       *widgets.Segmented // nil without a guide
}

func newHeader(w *Window) *header {
	h := &header{w: w}
	h.logo = widgets.NewGlyph(look.Logo, look.Accent, 26)
	name := widgets.NewText(Title, widgets.Style{Size: look.SizeTitle, Bold: true, Fixed: true})
	h.connection = widgets.NewMenuButton(unnamed.String(), widgets.Secondary, w.connectionMenu)
	h.connection.Name = words.F("Connection: {{.Name}}", words.V{"Name": unnamed.String()})
	more := widgets.NewMoreButton(words.L("More"), w.moreMenu)
	line := container.New(headerLine{}, h.logo, name, h.connection)
	if w.deps.Guide != nil {
		h.path = widgets.NewSegmented(words.L("Set-up path"), []string{words.L("Modern"), words.L("Classic")}, func(i int) { w.answer.lists.choosePath(i) })
		line.Add(h.path)
	}
	line.Add(more)
	h.object = widgets.NewBanner(widgets.Neutral, widgets.Limit(pageWidth, widgets.Inset(look.Space, 6, line)))
	return h
}

const unnamed = words.Key("New connection")

// longestName is how much of a name the header has room for, in characters.
const longestName = 24

// rename names the connection: as it was saved, or else after its environment.
func (h *header) rename() {
	s := h.w.shelf
	name, after := connectionName(h.w.form.environment.Entry.Text), ""
	switch {
	case s.opening != "":
		name, after = s.opening, words.L("opening…")
	case s.open != "":
		name = s.open
		if s.edited() {
			after = words.L("edited")
		}
	}
	h.connection.Name = words.F("Connection: {{.Name}}", words.V{"Name": name})
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[:longestName-1]) + "…"
	}
	if after != "" {
		name += " · " + after
		h.connection.Name += ", " + after
	}
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
		return unnamed.String()
	}
	return label
}
