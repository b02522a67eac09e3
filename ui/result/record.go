package result

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// recordDialog shows the files of a record before they are saved.
type recordDialog struct {
	screen *Screen
	files  record.Files
	dialog *kit.Dialog
	list   *fyne.Container
	status *kit.Text // what was copied, or why nothing was saved
}

// ShowRecord lets the user look through the files. What is saved are these bytes.
func (s *Screen) ShowRecord(files record.Files) {
	d := &recordDialog{screen: s, files: files, list: layout.Column(0), status: kit.NewText("", kit.Style{Color: theme.Muted})}
	for i, name := range files.Names() {
		d.list.Add(d.fold(i, name, string(files[name])))
	}
	intro := kit.NewText(i18n.L("It is saved exactly as you see it here. Secrets and tokens are removed; tenants, hosts, names and IDs are replaced, equal ones by equal ones. Check the services' own messages for names that remain."), kit.Style{})
	all := kit.NewCopyButton(s.env.Env, i18n.L("Copy all files"), i18n.L("all files of the record"), func() string { return wholeRecord(files) })
	body := layout.Column(theme.Near, intro,
		layout.InsetSides(-8, 0, 0, 0, layout.Flow(theme.Small, all.Button)), d.status,
		layout.InsetSides(-theme.Near, 0, -theme.Near, 0, d.list))
	d.dialog = kit.NewDialog(i18n.L("Save a record"), body,
		kit.Action{Text: i18n.L("Cancel")},
		kit.Action{Text: i18n.L("Save"), Default: true, Stay: true, Do: d.save})
	d.dialog.Width = 760
	d.say("")
	d.dialog.Open(s.env.Canvas, nil)
}

// fold returns the row of a file, which opens to its text.
func (d *recordDialog) fold(index int, name, text string) *kit.Disclosure {
	f := kit.NewTextDisclosure(name, func() fyne.CanvasObject {
		whole := kit.NewCopyButton(d.screen.env.Env, i18n.L("Copy file"), name, func() string { return text })
		return finding.FoldBody(layout.Column(theme.Small, fileText(text), layout.Flow(theme.Small, whole.Button)))
	})
	f.Copy = func() string { return text }
	f.OnCopy = func(text string) {
		d.screen.env.Copy(text)
		d.say(i18n.F("Copied: {{.What}}", i18n.V{"What": name}))
	}
	f.OnToggle = func(bool) { d.dialog.Refresh() }
	f.OnMove = func(step int) { moveTo(d.list, index+step) }
	return f
}

// say shows a line above the files: messages of the window are below the dialog.
func (d *recordDialog) say(text string) {
	d.status.SetText(text)
	d.status.Hidden = text == ""
	d.dialog.Refresh()
}

// moveTo moves the focus to a fold of a list, if there is one.
func moveTo(list *fyne.Container, index int) {
	if index >= 0 && index < len(list.Objects) {
		if f, ok := list.Objects[index].(*kit.Disclosure); ok {
			f.Focus()
		}
	}
}

// fileText shows a whole file: a quotation shows only so much.
func fileText(text string) fyne.CanvasObject {
	const part = 5000
	column := layout.Column(theme.Hair)
	runes := []rune(strings.ReplaceAll(text, "\r\n", "\n"))
	for len(runes) > part {
		column.Add(kit.NewCodeBlock(string(runes[:part])))
		runes = runes[part:]
	}
	column.Add(kit.NewCodeBlock(string(runes)))
	return column
}

func wholeRecord(files record.Files) string {
	var b strings.Builder
	for _, name := range files.Names() {
		b.WriteString("=== " + name + "\n" + string(files[name]) + "\n")
	}
	return b.String()
}

// save asks where the record's folder is to be made, and makes it.
func (d *recordDialog) save() {
	d.screen.env.ChooseFolder(i18n.L("Choose where to save the record"), func(parent string) {
		d.screen.commands.SaveRecord(parent, d.files, d.dialog.Close, func(why text.Text) { d.say(i18n.Text(why)) })
	})
}
