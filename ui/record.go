package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"s2sdoctor/core/record"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// saveRecord shows the record of the last examination as it would be saved.
// Making it takes a moment, so it is made on a goroutine of its own.
func (w *Window) saveRecord() {
	if w.deps.SaveRecord == nil || w.run.active {
		return
	}
	if w.run.report == nil {
		w.say(words.L("Test the connection first: a record holds what the services answered."), widgets.Info)
		return
	}
	report := *w.run.report
	w.background(func() func() {
		files := record.Make(report)
		return func() {
			if w.ctx.Err() == nil && !w.busyElsewhere() {
				w.showRecord(files)
			}
		}
	}, nil)
}

// recordDialog shows the files of a record before they are saved.
type recordDialog struct {
	w      *Window
	files  record.Files
	dialog *widgets.Dialog
	list   *fyne.Container
	status *widgets.Text // what was copied, or why nothing was saved
}

// showRecord lets the user look through the files. What is saved are these bytes.
func (w *Window) showRecord(files record.Files) {
	d := &recordDialog{w: w, files: files, list: widgets.Column(0), status: widgets.NewText("", widgets.Style{Color: look.Muted})}
	for i, name := range files.Names() {
		d.list.Add(d.fold(i, name, string(files[name])))
	}
	intro := widgets.NewText(words.L("It is saved exactly as you see it here. Secrets and tokens are removed; tenants, hosts, names and IDs are replaced, equal ones by equal ones. Check the services' own messages for names that remain."), widgets.Style{})
	all := widgets.NewCopyButton(w.desk, words.L("Copy all files"), words.L("all files of the record"), func() string { return wholeRecord(files) })
	body := widgets.Column(look.Near, intro,
		widgets.InsetSides(-8, 0, 0, 0, widgets.Flow(look.Small, all.Button)), d.status,
		widgets.InsetSides(-look.Near, 0, -look.Near, 0, d.list))
	d.dialog = widgets.NewDialog(words.L("Save a record"), body,
		widgets.Action{Text: words.L("Cancel")},
		widgets.Action{Text: words.L("Save"), Default: true, Stay: true, Do: d.save})
	d.dialog.Width = 760
	d.say("")
	d.dialog.Open(w.win.Canvas(), nil)
}

// fold is one file: a line that opens to its text.
func (d *recordDialog) fold(index int, name, text string) *widgets.Fold {
	f := widgets.Disclosure(name, func() fyne.CanvasObject {
		whole := widgets.NewCopyButton(d.w.desk, words.L("Copy file"), name, func() string { return text })
		return foldBody(widgets.Column(look.Small, fileText(text), widgets.Flow(look.Small, whole.Button)))
	})
	f.Copy = func() string { return text }
	f.OnCopy = func(text string) {
		d.w.deps.Copy(text)
		d.say(words.F("Copied: {{.What}}", words.V{"What": name}))
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

// moveTo gives the focus to a fold of a list, if there is one.
func moveTo(list *fyne.Container, index int) {
	if index >= 0 && index < len(list.Objects) {
		if f, ok := list.Objects[index].(*widgets.Fold); ok {
			f.Focus()
		}
	}
}

// fileText shows a whole file: a quotation shows only so much.
func fileText(text string) fyne.CanvasObject {
	const part = 5000
	column := widgets.Column(look.Hair)
	runes := []rune(strings.ReplaceAll(text, "\r\n", "\n"))
	for len(runes) > part {
		column.Add(widgets.NewQuote(string(runes[:part])))
		runes = runes[part:]
	}
	column.Add(widgets.NewQuote(string(runes)))
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
	w := d.w
	ask := FileChoice{Title: words.L("Choose where to save the record"), Folder: true}
	w.form.credential.choose(ask, func(parent string) {
		name := "s2s-record-" + w.now().Format("20060102-150405")
		written := w.writes.begin()
		w.background(func() func() {
			defer written()
			path, err := w.deps.SaveRecord(parent, name, d.files)
			return func() {
				if err != nil {
					d.say(sentence(words.Error(err)))
					return
				}
				d.dialog.Close()
				w.say(words.F("Saved the record in {{.Folder}}.", words.V{"Folder": path}), widgets.Good)
			}
		}, nil)
	})
}
