package form

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// AskConnection asks which connection of a pasted text is meant. Its rows
// take the focus and the keys in turn; Escape leaves the form as it was.
func (f *Screen) AskConnection(choices []paste.Choice) {
	body := layout.Column(theme.Space,
		kit.NewText(i18n.L("The text holds more than one connection, and does not show which is meant. Choose one: its values are never mixed with another's."), kit.Style{Color: theme.Muted}))
	var d *kit.Dialog
	var first fyne.Focusable
	for _, c := range choices {
		name, detail, _ := strings.Cut(c.Name, " · ")
		b := kit.NewOption(name, detail, false, func() {
			d.Close()
			f.commands.UseChoice(c)
		})
		if first == nil {
			first = b
		}
		body.Add(b)
	}
	d = kit.NewDialog(i18n.L("Which connection?"), body, kit.Action{Text: i18n.L("Cancel")})
	d.Width = 680
	d.Open(f.env.Canvas, first)
}
