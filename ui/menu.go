package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// command is a command of the window, with its keys. All commands are in the main menu,
// because their keys work only there while the user types.
type command struct {
	Text string
	Key  fyne.KeyName
	Mod  fyne.KeyModifier
	Do   func()
	// Always is true if the command also runs while a dialog is open.
	Always bool
}

func (w *Window) commands() map[string]command {
	const ctrl = fyne.KeyModifierShortcutDefault
	return map[string]command{
		"test":      {Text: i18n.L("Test connection"), Key: fyne.KeyReturn, Mod: ctrl, Do: w.test},
		"cancel":    {Text: i18n.L("Cancel test (Esc)"), Do: w.cancelTest},
		"consent":   {Text: i18n.L("Open consent page…"), Key: fyne.KeyO, Mod: ctrl, Do: w.session.OpenConsent},
		"setup":     {Text: i18n.L("Set it up…"), Key: fyne.KeyU, Mod: ctrl, Do: w.session.OpenSetup},
		"paste":     {Text: i18n.L("Paste a connection"), Key: fyne.KeyV, Mod: ctrl | fyne.KeyModifierShift, Do: w.pasteConnection},
		"explain":   {Text: i18n.L("Paste what you see…"), Key: fyne.KeyE, Mod: ctrl, Do: func() { w.result.OpenExplain(w.app.Clipboard().Content()) }},
		"string":    {Text: i18n.L("Copy as connection string"), Do: func() { w.copySettings(w.session.ConnectionString()) }},
		"env":       {Text: i18n.L("Copy as .env"), Do: func() { w.copySettings(w.session.DotEnv()) }},
		"export":    {Text: i18n.L("Export…"), Do: func() { w.share.Export() }},
		"card":      {Text: i18n.L("Card for the administrator…"), Do: func() { w.share.Card() }},
		"support":   {Text: i18n.L("Support report…"), Do: func() { w.share.Support() }},
		"watch":     {Text: i18n.L("Test until it works"), Do: w.session.Watch},
		"new":       {Text: i18n.L("New connection"), Key: fyne.KeyN, Mod: ctrl, Do: w.session.NewConnection},
		"find":      {Text: i18n.L("Open a saved connection…"), Key: fyne.KeyK, Mod: ctrl, Do: w.session.Find},
		"overview":  {Text: i18n.L("All connections"), Key: fyne.KeyL, Mod: ctrl, Do: w.session.OpenOverview},
		"compare":   {Text: i18n.L("Compare…"), Key: fyne.KeyD, Mod: ctrl, Do: w.openComparison},
		"save":      {Text: i18n.L("Save"), Key: fyne.KeyS, Mod: ctrl, Do: w.session.Save},
		"import":    {Text: i18n.L("Import connections…"), Do: w.session.ChooseImport},
		"duplicate": {Text: i18n.L("Duplicate…"), Do: w.session.Duplicate},
		"rotate":    {Text: i18n.L("New certificate…"), Do: w.newCertificate},
		"rename":    {Text: i18n.L("Rename…"), Do: w.session.Rename},
		"forget":    {Text: i18n.L("Forget…"), Do: w.session.Forget},
		"report":    {Text: i18n.L("Copy report"), Key: fyne.KeyC, Mod: ctrl | fyne.KeyModifierShift, Do: w.copyReport},
		"record":    {Text: i18n.L("Save a record…"), Do: w.session.Record},
		"sandbox":   {Text: i18n.L("Practice in the sandbox"), Key: fyne.KeyP, Mod: ctrl | fyne.KeyModifierShift, Do: w.session.ToggleSandbox},
		"form":      {Text: i18n.L("Go to the form"), Key: fyne.Key1, Mod: ctrl, Do: func() { w.form.Show(connection.FieldEnvironment) }},
		"result":    {Text: i18n.L("Go to the checks"), Key: fyne.Key2, Mod: ctrl, Do: func() { w.result.FocusChecks() }},
		"docs":      {Text: i18n.L("Documentation"), Key: fyne.KeyF1, Do: w.openDocumentation},
		"keys":      {Text: i18n.L("Keyboard"), Key: fyne.KeySlash, Mod: ctrl, Do: w.showKeys},
		"about":     {Text: i18n.F("About {{.Name}}", i18n.V{"Name": Title}), Do: w.showAbout},
		"larger":    {Text: i18n.L("Larger text"), Key: fyne.KeyPlus, Mod: ctrl, Do: w.largerText, Always: true},
		"smaller":   {Text: i18n.L("Smaller text"), Key: fyne.KeyMinus, Mod: ctrl, Do: w.smallerText, Always: true},
		"usual":     {Text: i18n.L("Usual text size"), Key: fyne.Key0, Mod: ctrl, Do: w.usualText, Always: true},
		"system":    {Text: i18n.L("Theme: as the system"), Do: func() { w.chooseTheme(theme.System) }},
		"light":     {Text: i18n.L("Theme: light"), Do: func() { w.chooseTheme(theme.Light) }},
		"dark":      {Text: i18n.L("Theme: dark"), Do: func() { w.chooseTheme(theme.Dark) }},
	}
}

// itemFor makes a menu's item of a command.
func (w *Window) itemFor(id string, c command) *fyne.MenuItem {
	item := fyne.NewMenuItem(c.Text, nil)
	item.Action = func() {
		if c.Always || !w.busyElsewhere() {
			if !inOverview[id] {
				w.session.CloseOverview()
			}
			c.Do()
			return
		}
		w.forwardKeys(item.Shortcut)
	}
	if c.Key != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: c.Key, Modifier: c.Mod}
	}
	item.Checked = theme.Mode(id) == w.theme() || id == "system" && w.theme() == theme.System
	return item
}

// forwardKeys passes keys that the menu has taken to the focused control of a dialog.
// Ctrl/⌘+Enter presses the dialog's default button if the focused control takes no
// shortcuts.
func (w *Window) forwardKeys(keys fyne.Shortcut) {
	c := w.win.Canvas()
	if f, ok := c.Focused().(fyne.Shortcutable); ok && keys != nil {
		f.TypedShortcut(keys)
	} else if d, ok := c.Overlays().Top().(*kit.Dialog); ok && kit.Submits(keys) {
		d.Press()
	}
}

// keeps are the commands that need a store of connections.
var keeps = map[string]bool{"find": true, "overview": true, "save": true, "import": true, "duplicate": true, "rename": true, "forget": true}

func (w *Window) items(ids ...string) []*fyne.MenuItem {
	commands := w.commands()
	var items []*fyne.MenuItem
	for _, id := range ids {
		switch {
		case id == "language":
			items = append(items, w.languageItem())
		case id == "-":
			items = append(items, fyne.NewMenuItemSeparator())
		case id == "consent" && w.deps.Browsers == nil,
			id == "rotate" && w.deps.Rotator == nil,
			keeps[id] && w.deps.Store == nil,
			id == "compare" && w.deps.Store == nil && w.deps.OpenSandbox == nil,
			id == "record" && w.deps.SaveRecord == nil,
			id == "docs" && w.deps.Documentation == nil,
			id == "sandbox" && w.deps.OpenSandbox == nil:
		default:
			items = append(items, w.itemFor(id, commands[id]))
		}
	}
	return items
}

func (w *Window) mainMenu() *fyne.MainMenu {
	return fyne.NewMainMenu(
		fyne.NewMenu(i18n.L("Connection"), w.items("test", "watch", "cancel", "setup", "consent", "-", "paste", "explain", "-", "new", "find", "overview", "compare", "save", "duplicate", "rotate", "import", "-", "export", "string", "env", "-", "sandbox")...),
		fyne.NewMenu(i18n.L("View"), w.items("form", "result", "report", "card", "support", "record", "-", "larger", "smaller", "usual", "-", "system", "light", "dark", "-", "language")...),
		fyne.NewMenu(i18n.L("Help"), w.items("docs", "keys", "about")...),
	)
}

// connectionMenu returns the menu below the connection's name: the saved connections, and
// the commands for the open connection.
func (w *Window) connectionMenu() *fyne.Menu {
	state := w.session.State()
	saved := w.connections.Items(w.unbound(w.items("find")), func(name string) {
		w.deps.Do(func() { w.session.Open(name) })
	})
	if len(saved) > 0 {
		saved = append(saved, w.unbound(w.items("overview", "compare"))...)
		saved = append(saved, fyne.NewMenuItemSeparator())
	}
	own := w.unbound(w.items("new", "paste", "import", "-", "save", "duplicate", "rename", "forget", "-", "sandbox"))
	for _, item := range own {
		switch item.Label {
		case w.commands()["save"].Text, w.commands()["import"].Text:
			item.Disabled = state.Sandbox.Active
		case w.commands()["duplicate"].Text, w.commands()["rename"].Text, w.commands()["forget"].Text:
			item.Disabled = state.Sandbox.Active || state.Connections.Open == ""
		}
	}
	w.session.Refresh() // for the next time
	return fyne.NewMenu("", append(saved, own...)...)
}

// moreMenu returns the menu behind the three dots.
func (w *Window) moreMenu() *fyne.Menu {
	return fyne.NewMenu("", w.unbound(w.items("explain", "export", "report", "card", "support", "record", "sandbox", "-", "larger", "smaller", "-", "system", "light", "dark", "-", "language", "-", "docs", "keys", "about"))...)
}

// unbound makes the items of a pop-up run although the pop-up is an overlay.
func (w *Window) unbound(items []*fyne.MenuItem) []*fyne.MenuItem {
	for _, item := range items {
		action := item.Action
		if action == nil {
			continue
		}
		item.Action = func() { w.deps.Do(action) }
	}
	return items
}

// copySettings copies settings for another program, if ok.
func (w *Window) copySettings(settings string, ok bool) {
	if ok {
		w.deps.Copy(settings)
	}
}
