package connections

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/importer"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// importedDialog lists what became of a file's connections, each by its name.
func importedDialog(imported *session.Imported) *kit.Dialog {
	title := i18n.L("No connection imported")
	if n := len(imported.Added); n > 0 {
		title = i18n.N("One connection imported", "{{.N}} connections imported", n)
	}
	var parts []fyne.CanvasObject
	if len(imported.Added) > 0 {
		parts = append(parts,
			kit.NewText(list(imported.Added), kit.Style{}),
			kit.NewText(i18n.L("Open one from the menu below the connection's name. Its secret was not taken from the file: type it then."), kit.Style{}))
	}
	if len(imported.ByCertificate) > 0 {
		parts = append(parts, group(i18n.L("Choose the certificate's file when you open these. They named it by its thumbprint only:"), imported.ByCertificate))
	}
	if imported.SetAside != "" {
		parts = append(parts, kit.NewText(i18n.Text(text.F("The file of connections was damaged; it is kept as %s.", imported.SetAside)), kit.Style{}))
	}
	if n := len(imported.LeftOut); n > 0 {
		parts = append(parts, kit.NewText(i18n.N("One was left out", "{{.N}} were left out", n), kit.Style{Bold: true}))
	}
	for _, why := range importer.Reasons {
		if names := namesOf(imported.LeftOut, why); len(names) > 0 {
			parts = append(parts, group(i18n.Text(why.Text()), names))
		}
	}
	return kit.NewDialog(title, layout.Column(theme.Near, parts...), kit.Action{Text: i18n.L("Close"), Default: true})
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
