package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/importer"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

func importChoice() FileChoice {
	return FileChoice{
		Title: i18n.L("Import from XrmToolBox or Power Platform ToolBox"), Kind: i18n.L("Connections"), All: i18n.L("All files"),
		Endings: []string{".xml", ".json", ".csv", ".config"},
	}
}

// importable tells whether a file's name ends like another program's connections.
func importable(path string) bool {
	return slices.Contains(importChoice().Endings, strings.ToLower(filepath.Ext(path)))
}

// importConnections asks for another program's file and saves what is in it.
func (w *Window) importConnections() {
	if w.mayImport() {
		w.form.credential.choose(importChoice(), w.importFile)
	}
}

func (w *Window) mayImport() bool {
	switch {
	case w.shelf.deps == nil || w.shelf.deps.Import == nil:
		return false
	case w.banner.active:
		w.say(i18n.L("Nothing is saved in the sandbox. Leave it to import connections of your own."), kit.Caution)
		return false
	}
	return true
}

// importFile saves the connections of another program's file. The form stays.
func (w *Window) importFile(path string) {
	s := w.shelf
	if !w.mayImport() {
		return
	}
	s.later(func(ctx context.Context) func() {
		got, err := s.deps.Import(ctx, path)
		listed := s.relist(ctx)
		return func() {
			listed()
			if err != nil {
				s.complain(err)
				return
			}
			w.showImported(got)
		}
	})
}

// showImported says what became of a file's connections, each by its name.
func (w *Window) showImported(got profile.Imported) {
	title := i18n.L("No connection imported")
	if n := len(got.Added); n > 0 {
		title = i18n.N("One connection imported", "{{.N}} connections imported", n)
	}
	var parts []fyne.CanvasObject
	if len(got.Added) > 0 {
		parts = append(parts,
			kit.NewText(list(got.Added), kit.Style{}),
			kit.NewText(i18n.L("Open one from the menu below the connection's name. Its secret was not taken from the file: type it then."), kit.Style{}))
	}
	if len(got.ByCertificate) > 0 {
		parts = append(parts, group(i18n.L("Choose the certificate's file when you open these. They named it by its thumbprint only:"), got.ByCertificate))
	}
	if got.SetAside != "" {
		parts = append(parts, kit.NewText(i18n.F("The file of connections was damaged; it is kept as {{.File}}.", i18n.V{"File": got.SetAside}), kit.Style{}))
	}
	if n := len(got.LeftOut); n > 0 {
		parts = append(parts, kit.NewText(i18n.N("One was left out", "{{.N}} were left out", n), kit.Style{Bold: true}))
	}
	for _, why := range importer.Reasons {
		if names := namesOf(got.LeftOut, why); len(names) > 0 {
			parts = append(parts, group(i18n.Said(why.Text()), names))
		}
	}
	kit.NewDialog(title, layout.Column(theme.Near, parts...), kit.Action{Text: i18n.L("Close"), Default: true}).Open(w.win.Canvas(), nil)
}

// group is a sentence with the names that it is about.
func group(sentence string, names []string) fyne.CanvasObject {
	return layout.Column(theme.Hair, kit.NewText(sentence, kit.Style{}), kit.NewText(list(names), kit.Style{Color: theme.Muted}))
}

func list(names []string) string { return strings.Join(names, ", ") }

func namesOf(all []importer.LeftOut, why importer.Reason) []string {
	var names []string
	for _, l := range all {
		if l.Why != why {
			continue
		}
		if l.Name == "" {
			l.Name = i18n.L("(without a name)")
		}
		names = append(names, l.Name)
	}
	return names
}
