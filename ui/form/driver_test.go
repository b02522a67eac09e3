package form

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// driver is the form in a window. It plays the session: it keeps what is typed, and
// remembers the other commands.
type driver struct {
	*uitest.Window
	screen *Screen
	state  session.State
	asked  []string
	// spreads is what Spread answers.
	spreads bool
}

// open shows the form. prepare may change what it gets from the window.
func open(t *testing.T, prepare ...func(*Env)) *driver {
	t.Helper()
	d := &driver{}
	uitest.NewApp(t).Settings().SetTheme(theme.New(theme.Light))
	w := test.NewWindow(container.NewStack())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 900))
	page := kit.NewPage(1360)
	env := Env{
		Env:  kit.Env{Later: func(time.Duration, func()) func() { return func() {} }},
		Page: page, Canvas: w.Canvas(),
		Paste:   func() { d.ask("paste") },
		Consent: func() { d.ask("consent") },
		SetUp:   func() { d.ask("set up") },
	}
	for title, chooser := range map[string]*Chooser{"Choose certificate file": &env.Certificate, "Choose key file": &env.Key, "Choose token file": &env.Token} {
		*chooser = Chooser{Title: title, Ask: func(use func(string)) { use("/chosen") }}
	}
	for _, p := range prepare {
		p(&env)
	}
	d.screen = New(d, env)
	right := page.Right(container.NewStack())
	page.SetPanes(kit.NewText("", kit.Style{}), d.screen.Object, right.Object)
	content := container.NewStack(page.Object)
	w.SetContent(content)
	d.Window = &uitest.Window{T: t, Canvas: w.Canvas(), Content: content}
	d.draw()
	return d
}

func (d *driver) draw() {
	d.screen.Draw(d.state)
	d.Content.Refresh()
}

// fill is the session putting a connection into the form.
func (d *driver) fill(form connection.Form) {
	d.state.Form.Typed = session.TypedOf(form)
	d.state.Form.Fills++
	d.draw()
}

func (d *driver) ask(what string) { d.asked = append(d.asked, what) }

func (d *driver) Spread(pasted string) bool { d.ask("spread " + pasted); return d.spreads }
func (d *driver) Edit(t session.Typed)      { d.state.Form.Typed = t; d.draw() }
func (d *driver) Focus(f connection.Field)  { d.ask("focus " + string(f)) }
func (d *driver) Leave(f connection.Field)  { d.ask("leave " + string(f)) }
func (d *driver) UseCertificate(path string) {
	d.ask("certificate " + path)
}
func (d *driver) UseKey(path string)       { d.ask("key " + path) }
func (d *driver) UseTokenFile(path string) { d.ask("token " + path) }
func (d *driver) UseChoice(c paste.Choice) { d.ask("use " + c.Name) }
func (d *driver) Test()                    { d.ask("test") }
func (d *driver) Cancel()                  { d.ask("cancel") }

func (d *driver) ChooseCredential(kind connection.Kind) {
	d.state.Form.Typed.Kind = kind
	d.draw()
}

// wantAsked fails unless the form has asked for something, and forgets it.
func (d *driver) wantAsked(want ...string) {
	d.T.Helper()
	got := slices.DeleteFunc(d.asked, func(a string) bool { return strings.HasPrefix(a, "focus ") || strings.HasPrefix(a, "leave ") })
	if !slices.Equal(got, want) {
		d.T.Errorf("it asked for %q, want %q", got, want)
	}
	d.asked = nil
}

// stops returns the names of the next stops of the Tab key, of what has the focus first.
func (d *driver) stops(n int) (names []string) {
	for range n {
		names = append(names, nameOf(d.Canvas.Focused()))
		d.Canvas.FocusNext()
	}
	return names
}

// nameOf returns what a control is called, without what is typed in it.
func nameOf(f fyne.Focusable) string {
	switch f := f.(type) {
	case *kit.Entry:
		return f.Name
	case fyne.Accessible:
		return f.AccessibilityLabel()
	}
	return "nothing"
}

// choose opens the list of credentials with the keyboard and takes one, counted from the
// first.
func (d *driver) choose(index int) {
	d.T.Helper()
	d.screen.Focus()
	for !strings.HasPrefix(nameOf(d.Canvas.Focused()), "Credential: ") {
		d.Canvas.FocusNext()
	}
	d.Key(fyne.KeyReturn)
	for range 4 {
		d.Key(fyne.KeyUp)
	}
	for range index {
		d.Key(fyne.KeyDown)
	}
	d.Key(fyne.KeyReturn)
	if d.DialogOpen() {
		d.T.Error("the list stays open")
	}
}

// paste pastes a text into an entry.
func (d *driver) paste(into *kit.Entry, text string) {
	clipboard := test.NewClipboard()
	clipboard.SetContent(text)
	into.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
}
