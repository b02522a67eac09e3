package setup

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// handOver hands the plan to another administrator, and reads the result of their script.
type handOver struct {
	dialog *dialog
	object *fyne.Container
	copy   []*kit.CopyButton
	paste  *kit.Field
}

// formats are those of [core.SetupFormats] in words.
var formats = map[string]i18n.Key{
	"markdown": i18n.Key("Card (Markdown)"), "az": i18n.Key("Script for the Azure CLI"),
	"powershell": i18n.Key("PowerShell script"), "terraform": i18n.Key("Terraform configuration"),
}

func newHandOver(d *dialog) *handOver {
	h := &handOver{dialog: d}
	buttons := layout.Flow(theme.Small)
	for _, format := range core.SetupFormats {
		word := formats[format].String()
		b := kit.NewCopyButton(d.screen.env.Env, word, word, func() string { return d.screen.commands.SetupText(format) })
		b.Kind, b.Scale = kit.Secondary, kit.Normal
		h.copy = append(h.copy, b)
		buttons.Add(b.Button)
	}
	pasted := kit.NewTextEntry(i18n.L("What their script printed"), 2)
	pasted.SetPlaceHolder(`{"s2sdoctor":1, …}`)
	read := func() { d.screen.commands.TakeSetupResult(pasted.Text) }
	pasted.OnSubmitted = func(string) { read() }
	pasted.OnChanged = func(string) { d.screen.commands.ForgetUnreadSetup() }
	h.paste = kit.NewField(pasted, i18n.L("Its last line has the IDs of what was made, and no secret. The plan goes on from there."))
	button := kit.NewButton(i18n.L("Take it up"), kit.Secondary, read)
	result := kit.NewTextDisclosure(i18n.L("Take up what their script printed"), func() fyne.CanvasObject {
		return finding.FoldBody(layout.TopRow(theme.Small, h.paste, h.paste, kit.BelowLabel(button)))
	})
	result.OnToggle = func(open bool) {
		d.box.Refresh()
		if open {
			d.box.Reveal(result)
			d.focus(pasted)
		}
	}
	h.object = layout.Column(theme.Near,
		layout.Column(theme.Tight, finding.Heading(i18n.L("Copy for them")),
			kit.NewText(i18n.L("What you untick, and what you may not do, can be done by another administrator. Without either it is the whole plan."), kit.Style{Color: theme.Muted})),
		buttons,
		layout.InsetSides(-theme.Near, 0, -theme.Near, 0, result))
	return h
}

func (h *handOver) draw(u session.Setup) {
	open := u.Phase.Editable()
	layout.SetVisible(h.object, open)
	problem, note := "", ""
	if open {
		problem = i18n.Text(u.Unread.Sentence())
	}
	if u.TakenUp {
		note = i18n.L("Taken up.")
	}
	h.paste.SetProblem(problem)
	h.paste.SetNote(note)
}

// show leads to the buttons.
func (h *handOver) show() {
	h.dialog.box.Reveal(h.object)
	h.dialog.focus(h.copy[0].Button)
}
