package share

import (
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// dialog shows a text in one of several formats.
type dialog struct {
	screen  *Screen
	forms   []form
	chosen  int
	content string

	box     *kit.Dialog
	choice  *kit.Select
	code    *kit.CodeBlock
	failure *kit.Failure
	status  *kit.Text // what was copied, or why nothing was saved
}

func (s *Screen) open(title, by, intro string, forms []form) {
	d := &dialog{screen: s, forms: forms}
	var options []kit.SelectOption
	for _, f := range forms {
		options = append(options, kit.SelectOption{Name: f.name, Detail: f.file})
	}
	d.choice = kit.NewSelect(by, func(i int) {
		d.choice.Set(options, i)
		d.show(i)
	})
	d.choice.Set(options, 0)
	d.code = kit.NewCodeBlock("")
	d.failure = kit.NewFailure()
	d.status = kit.NewText("", kit.Style{Color: theme.Muted})
	body := layout.Column(theme.Near, kit.NewText(intro, kit.Style{Color: theme.Muted}), d.choice, d.status, d.failure.Object, d.code)
	actions := []kit.Action{{Text: i18n.L("Close")}}
	if s.env.ChooseFolder != nil {
		actions = append(actions, kit.Action{Text: i18n.L("Save…"), Stay: true, Do: d.save})
	}
	actions = append(actions, kit.Action{Text: i18n.L("Copy"), Default: true, Stay: true, Do: d.copy})
	d.box = kit.NewDialog(title, body, actions...)
	d.box.Width = 760
	d.show(0)
	d.box.Open(s.env.Canvas, d.choice)
}

// show writes a form into the dialog.
func (d *dialog) show(index int) {
	var why text.Text
	d.chosen = index
	d.content, why = d.forms[index].write()
	d.failure.Set(i18n.Text(why))
	layout.SetVisible(d.code, why.Empty())
	d.code.SetText(d.content)
	d.say("")
}

// say shows a line above the text: the dialog covers the notices of the window.
func (d *dialog) say(words string) {
	d.status.SetText(words)
	layout.SetVisible(d.status, words != "")
	d.box.Refresh()
}

func (d *dialog) copy() {
	if d.content != "" {
		d.screen.env.Copy(d.content)
		d.say(i18n.F("Copied: {{.What}}", i18n.V{"What": d.forms[d.chosen].name}))
	}
}

// save asks for a folder, and writes the text into a new file there.
func (d *dialog) save() {
	if d.content == "" {
		return
	}
	f, content := d.forms[d.chosen], d.content
	d.screen.env.ChooseFolder(i18n.L("Choose where to save it"), func(folder string) {
		d.screen.commands.SaveText(folder, f.file, content, d.box.Close, func(why text.Text) { d.say(i18n.Text(why)) })
	})
}
