package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

func certificateChoice() FileChoice {
	return FileChoice{
		Title: i18n.L("Choose certificate file"), Kind: i18n.L("Certificates"), All: i18n.L("All files"),
		Endings: []string{".pem", ".pfx", ".p12", ".crt", ".cer", ".key"},
	}
}

func keyChoice() FileChoice {
	return FileChoice{
		Title: i18n.L("Choose key file"), Kind: i18n.L("Private keys"), All: i18n.L("All files"),
		Endings: []string{".key", ".pem"},
	}
}

func tokenChoice() FileChoice {
	return FileChoice{Title: i18n.L("Choose token file"), All: i18n.L("All files")}
}

func snapshotChoice() FileChoice {
	return FileChoice{Title: i18n.L("Choose an earlier answer"), Kind: "JSON", All: i18n.L("All files"), Endings: []string{".json"}}
}

func importChoice() FileChoice {
	return FileChoice{
		Title: i18n.L("Import from XrmToolBox or Power Platform ToolBox"), Kind: i18n.L("Connections"), All: i18n.L("All files"),
		Endings: session.ImportEndings,
	}
}

// choose asks for a file: with the system's dialog, which is next to the window and does
// not block it, or else with Fyne's dialog inside the window. It takes only the file's
// name and reads nothing.
func (w *Window) choose(ask FileChoice, use func(path string)) {
	if w.choosing {
		return
	}
	w.choosing = true
	done := func(path string) {
		w.choosing = false
		if path != "" {
			use(path)
		}
	}
	if w.deps.ChooseFile == nil {
		w.chooseInside(ask, done)
		return
	}
	gone := w.session.BeginWrite() // the end of the program waits for an open dialog
	w.background(func() func() {
		defer gone()
		path, err := w.deps.ChooseFile(w.ctx, ask)
		return func() {
			switch {
			case w.ctx.Err() != nil:
				// The window is closed.
			case err != nil:
				w.chooseInside(ask, done)
			default:
				done(path)
			}
		}
	}, func() { w.chooseInside(ask, done) })
}

// chooseInside asks with Fyne's dialog. Esc closes it, as it closes our dialogs.
func (w *Window) chooseInside(ask FileChoice, done func(path string)) {
	d := w.insideDialog(ask, done)
	d.SetTitleText(ask.Title)
	d.SetConfirmText(i18n.L("Choose"))
	d.SetDismissText(i18n.L("Cancel"))
	d.SetView(dialog.ListView)
	c := w.win.Canvas()
	before := c.OnTypedKey()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.Show()
	d.SetOnClosed(func() { c.SetOnTypedKey(before) })
	d.Resize(c.Size().SubtractWidthHeight(2*insideMargin, 2*insideMargin))
	c.Overlays().Top().Refresh() // centres the dialog again
}

// insideDialog returns Fyne's dialog for a file or a folder.
func (w *Window) insideDialog(ask FileChoice, done func(path string)) *dialog.FileDialog {
	if ask.Folder {
		return dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
			path := ""
			switch {
			case err != nil:
				w.say(i18n.Text(text.OfError(err).Sentence()), kit.Bad)
			case folder != nil:
				path = folder.Path()
			}
			done(path)
		}, w.win)
	}
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		path := ""
		switch {
		case err != nil:
			w.say(i18n.Text(text.OfError(err).Sentence()), kit.Bad)
		case file != nil:
			path = file.URI().Path()
			_ = file.Close() // the caller opens the file itself
		}
		done(path)
	}, w.win)
	if len(ask.Endings) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(ask.Endings))
	}
	return d
}

// insideMargin is the space around a dialog that fills the window, in Fyne's units.
const insideMargin float32 = 40

// dropped takes a file that was dropped on the window. A file with an ending of another
// program's connections is imported; any other becomes the credential.
func (w *Window) dropped(_ fyne.Position, files []fyne.URI) {
	if len(files) != 1 || files[0].Scheme() != "file" || w.busyElsewhere() {
		return
	}
	if session.Importable(files[0].Path()) {
		w.session.Import(files[0].Path())
		return
	}
	w.session.UseFile(files[0].Path())
}
