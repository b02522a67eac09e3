package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// chooseApplication asks which application of a pasted text is meant. Its rows
// take the focus and the keys in turn; Escape leaves the form as it was.
func (w *Window) chooseApplication(choices []paste.Choice) {
	body := layout.Column(theme.Space,
		kit.NewText(i18n.L("The text holds more than one connection, and does not show which is meant. Choose one: its values are never mixed with another's."), kit.Style{Color: theme.Muted}))
	var d *kit.Dialog
	var first fyne.Focusable
	for _, c := range choices {
		name, detail, _ := strings.Cut(c.Name, " · ")
		b := kit.NewOption(name, detail, false, func() {
			d.Close()
			w.session.UseChoice(c)
		})
		if first == nil {
			first = b
		}
		body.Add(b)
	}
	d = kit.NewDialog(i18n.L("Which connection?"), body, kit.Action{Text: i18n.L("Cancel")})
	d.Width = 680
	d.Open(w.win.Canvas(), first)
}

// pasteConnection fills the form from the clipboard.
func (w *Window) pasteConnection() { w.session.Paste(w.app.Clipboard().Content()) }

// sentence is shown made into one: see [text.Text.Sentence].
func sentence(shown string) string { return text.Raw(shown).Sentence().String() }
