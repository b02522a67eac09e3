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
)

// driver is the form in a window. It plays the session: it stores the typed values, and
// records the other commands.
type driver struct {
	*uitest.Window
	screen *Screen
	state  session.State
	// spreads is the result of Spread.
	spreads bool
}

// open shows the form. prepare may change the form's environment.
func open(t *testing.T, prepare ...func(*Env)) *driver {
	t.Helper()
	d := &driver{Window: uitest.Open(t, 1000, 900)}
	page := kit.NewPage(1360)
	env := Env{
		Env:  kit.Env{Later: func(time.Duration, func()) func() { return func() {} }},
		Page: page, Canvas: d.Canvas,
		Paste:   func() { d.Ask("paste") },
		Consent: func() { d.Ask("consent") },
		SetUp:   func() { d.Ask("set up") },
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
	d.Show(page.Object)
	d.draw()
	return d
}

func (d *driver) draw() {
	d.screen.Draw(d.state)
	d.Content.Refresh()
}

// fill puts a connection into the form, as the session does.
func (d *driver) fill(form connection.Form) {
	d.state.Form.Typed = session.TypedOf(form)
	d.state.Form.Fills++
	d.draw()
}

func (d *driver) Spread(pasted string) bool { d.Ask("spread " + pasted); return d.spreads }
func (d *driver) Edit(t session.Typed)      { d.state.Form.Typed = t; d.draw() }
func (d *driver) Focus(f connection.Field)  { d.Ask("focus " + string(f)) }
func (d *driver) Leave(f connection.Field)  { d.Ask("leave " + string(f)) }
func (d *driver) UseCertificate(path string) {
	d.Ask("certificate " + path)
}
func (d *driver) UseKey(path string)       { d.Ask("key " + path) }
func (d *driver) UseTokenFile(path string) { d.Ask("token " + path) }
func (d *driver) UseChoice(c paste.Choice) { d.Ask("use " + c.Name) }
func (d *driver) Test()                    { d.Ask("test") }
func (d *driver) Cancel()                  { d.Ask("cancel") }

func (d *driver) ChooseCredential(kind connection.Kind) {
	d.state.Form.Typed.Kind = kind
	d.draw()
}

// wantAsked fails unless the form has sent these commands, and clears them.
func (d *driver) wantAsked(want ...string) {
	d.T.Helper()
	got := slices.DeleteFunc(d.Asked, func(a string) bool { return strings.HasPrefix(a, "focus ") || strings.HasPrefix(a, "leave ") })
	if !slices.Equal(got, want) {
		d.T.Errorf("it asked for %q, want %q", got, want)
	}
	d.Asked = nil
}

// stops returns the names of the next stops of the Tab key, beginning with the focused
// control.
func (d *driver) stops(n int) (names []string) {
	for range n {
		names = append(names, uitest.NameOf(d.Canvas.Focused()))
		d.Canvas.FocusNext()
	}
	return names
}

// choose opens the list of credentials with the keyboard and chooses an entry by its
// index.
func (d *driver) choose(index int) {
	d.T.Helper()
	d.screen.Focus()
	for !strings.HasPrefix(uitest.NameOf(d.Canvas.Focused()), "Credential: ") {
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
