package ui

import (
	"runtime"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// shortcuts are the keys that are worth knowing, as the help shows them.
func (w *Window) shortcuts() []struct{ Keys, What string } {
	mod := words.L("Ctrl")
	if runtime.GOOS == "darwin" {
		mod = "⌘"
	}
	return []struct{ Keys, What string }{
		{mod + "+" + words.L("Enter"), words.L("Test connection")},
		{words.L("Esc"), words.L("Cancel the test, close a dialog or a message")},
		{mod + "+O", words.L("Open consent page")},
		{mod + "+" + words.L("Shift") + "+V", words.L("Paste a connection into the form")},
		{mod + "+E", words.L("Paste what you see: explain an error")},
		{mod + "+1, " + mod + "+2", words.L("Go to the form, go to the checks")},
		{words.L("Up, Down"), words.L("From check to check")},
		{words.L("Enter, Space"), words.L("Open a check, press a button")},
		{mod + "+C", words.L("Copy the check that has the focus")},
		{mod + "+" + words.L("Shift") + "+C", words.L("Copy the whole report")},
		{mod + "+N", words.L("New connection")},
		{mod + "+K", words.L("Open a saved connection")},
		{mod + "+S", words.L("Save the connection")},
		{mod + "++, " + mod + "+-, " + mod + "+0", words.L("Larger text, smaller text, usual size")},
		{"F1", words.L("Documentation")},
		{words.L("Tab, Shift+Tab"), words.L("To the next, to the one before")},
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
				w.say(words.F("The documentation could not be written: {{.Error}}", words.V{"Error": err.Error()}), widgets.Bad)
			default:
				w.unopened(address)
			}
		}
	}, nil)
}

func (w *Window) showKeys() {
	list := widgets.Column(look.Small)
	for _, s := range w.shortcuts() {
		keys := widgets.NewText(s.Keys, widgets.Style{Bold: true})
		list.Add(widgets.Pair(170*look.Em(), keys, widgets.NewText(s.What, widgets.Style{})))
	}
	widgets.NewDialog(words.L("Keyboard"), list, widgets.Action{Text: words.L("Close"), Default: true}).Open(w.win.Canvas(), nil)
}

func (w *Window) showAbout() {
	version := w.opts.Version
	if version == "" {
		version = words.L("development build")
	}
	body := widgets.Column(look.Near,
		widgets.NewText(words.L("Takes you to a working server-to-server connection to Dynamics 365 and Dataverse, and names the first broken link when there is one."), widgets.Style{}),
		widgets.NewText(words.L("It connects to Microsoft's login, to Microsoft Graph and to your environment, and to nothing else. It only reads. Your secret stays in this window and in the system's own store."), widgets.Style{Color: look.Muted}),
		widgets.Caption(words.F("Version {{.Version}} · MIT licence", words.V{"Version": version})))
	widgets.NewDialog(words.F("About {{.Name}}", words.V{"Name": Title}), body, widgets.Action{Text: words.L("Close"), Default: true}).Open(w.win.Canvas(), nil)
}
