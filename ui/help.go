package ui

import (
	"runtime"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// shortcuts returns the keys that the help shows.
func (w *Window) shortcuts() []struct{ Keys, What string } {
	mod := i18n.L("Ctrl")
	if runtime.GOOS == "darwin" {
		mod = "⌘"
	}
	return []struct{ Keys, What string }{
		{mod + "+" + i18n.L("Enter"), i18n.L("Test connection")},
		{mod + "+" + i18n.L("Enter"), i18n.L("In a dialog: press its main button")},
		{i18n.L("Esc"), i18n.L("Cancel the test, close a dialog or a message")},
		{mod + "+O", i18n.L("Open consent page")},
		{mod + "+" + i18n.L("Shift") + "+V", i18n.L("Paste a connection into the form")},
		{mod + "+E", i18n.L("Paste what you see: explain an error")},
		{mod + "+1, " + mod + "+2", i18n.L("Go to the form, go to the checks")},
		{i18n.L("Up, Down"), i18n.L("From check to check")},
		{i18n.L("Enter, Space"), i18n.L("Open a check, press a button")},
		{mod + "+C", i18n.L("Copy the check that has the focus")},
		{mod + "+" + i18n.L("Shift") + "+C", i18n.L("Copy the whole report")},
		{mod + "+U", i18n.L("Set it up")},
		{mod + "+N", i18n.L("New connection")},
		{mod + "+K", i18n.L("Open a saved connection")},
		{mod + "+L", i18n.L("All connections")},
		{mod + "+D", i18n.L("Compare connections")},
		{mod + "+S", i18n.L("Save the connection")},
		{mod + "++, " + mod + "+-, " + mod + "+0", i18n.L("Larger text, smaller text, usual size")},
		{"F1", i18n.L("Documentation")},
		{i18n.L("Tab, Shift+Tab"), i18n.L("To the next, to the one before")},
	}
}

// openDocumentation shows the documents in the browser. They are in English.
func (w *Window) openDocumentation() {
	if w.deps.Documentation == nil {
		return
	}
	w.background(func() func() {
		address, err := w.deps.Documentation()
		return func() {
			switch {
			case err == nil:
			case address == "":
				w.say(i18n.F("The documentation could not be written: {{.Error}}", i18n.V{"Error": err.Error()}), kit.Bad)
			default:
				w.unopened(address)
			}
		}
	}, nil)
}

func (w *Window) showKeys() {
	list := layout.Column(theme.Small)
	for _, s := range w.shortcuts() {
		keys := kit.NewText(s.Keys, kit.Style{Bold: true})
		list.Add(layout.Pair(170*theme.Em(), keys, kit.NewText(s.What, kit.Style{})))
	}
	kit.NewDialog(i18n.L("Keyboard"), list, kit.Action{Text: i18n.L("Close"), Default: true}).Open(w.win.Canvas(), nil)
}

func (w *Window) showAbout() {
	version := w.opts.Version
	if version == "" {
		version = i18n.L("development build")
	}
	body := layout.Column(theme.Near,
		kit.NewText(i18n.L("Takes you to a working server-to-server connection to Dynamics 365 and Dataverse, and names the first broken link when there is one."), kit.Style{}),
		kit.NewText(i18n.L("It connects to Microsoft's login, to Microsoft Graph and to your environment, and to nothing else. It only reads. Your secret stays in this window and in the system's own store."), kit.Style{Color: theme.Muted}),
		kit.Caption(i18n.F("Version {{.Version}} · MIT licence", i18n.V{"Version": version})))
	kit.NewDialog(i18n.F("About {{.Name}}", i18n.V{"Name": Title}), body, kit.Action{Text: i18n.L("Close"), Default: true}).Open(w.win.Canvas(), nil)
}
