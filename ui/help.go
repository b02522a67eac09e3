package ui

import (
	"runtime"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
)

// shortcuts are the keys that are worth knowing, as the help shows them.
func (w *Window) shortcuts() []struct{ Keys, What string } {
	mod := "Ctrl"
	if runtime.GOOS == "darwin" {
		mod = "⌘"
	}
	return []struct{ Keys, What string }{
		{mod + "+Enter", "Test connection"},
		{"Esc", "Cancel the test, close a dialog"},
		{mod + "+O", "Open consent page"},
		{mod + "+Shift+V", "Paste a connection into the form"},
		{mod + "+E", "Paste what you see: explain an error"},
		{mod + "+1, " + mod + "+2", "Go to the form, go to the checks"},
		{"Up, Down", "From check to check"},
		{"Enter, Space", "Open a check, press a button"},
		{mod + "+C", "Copy the check that has the focus"},
		{mod + "+Shift+C", "Copy the whole report"},
		{mod + "+N", "New connection"},
		{"Tab, Shift+Tab", "To the next, to the one before"},
	}
}

func (w *Window) showKeys() {
	list := widgets.Column(look.Small)
	for _, s := range w.shortcuts() {
		keys := widgets.NewText(s.Keys, widgets.Style{Bold: true})
		list.Add(widgets.Pair(170, keys, widgets.NewText(s.What, widgets.Style{})))
	}
	widgets.NewDialog("Keyboard", list, widgets.Action{Text: "Close", Default: true}).Open(w.win.Canvas(), nil)
}

func (w *Window) showAbout() {
	version := w.opts.Version
	if version == "" {
		version = "development build"
	}
	body := widgets.Column(look.Near,
		widgets.NewText("Takes you to a working server-to-server connection to Dynamics 365 and Dataverse, and names the first broken link when there is one.", widgets.Style{}),
		widgets.NewText("It talks to Microsoft's login, to Microsoft Graph and to your environment, and to nobody else. It only reads. Your secret stays in this window and in the system's own store.", widgets.Style{Color: look.Muted}),
		widgets.Caption("Version "+version+" · MIT licence"))
	widgets.NewDialog("About "+Title, body, widgets.Action{Text: "Close", Default: true}).Open(w.win.Canvas(), nil)
}
