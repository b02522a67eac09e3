package kit

import (
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
)

// TestTextEntrySubmits guards that the keyboard alone can submit a dialog from an entry
// of several lines.
func TestTextEntrySubmits(t *testing.T) {
	ctrlEnter := &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
	keypad := &desktop.CustomShortcut{KeyName: fyne.KeyEnter, Modifier: fyne.KeyModifierShortcutDefault}
	other := &desktop.CustomShortcut{KeyName: fyne.KeyE, Modifier: fyne.KeyModifierShortcutDefault}
	for _, c := range []struct {
		name             string
		text             string
		keys             fyne.Shortcut // nil for Enter alone
		own              bool          // the entry has its own OnSubmitted
		dialog           bool          // it is in a dialog
		pressed, handled int           // the dialog's default button, OnSubmitted
	}{
		{"Ctrl+Enter presses the default button", "Sorry\nAADSTS50011", ctrlEnter, false, true, 1, 0},
		{"so does Enter on the keypad", "Sorry\nAADSTS50011", keypad, false, true, 1, 0},
		{"its own handler comes first", "Sorry\nAADSTS50011", ctrlEnter, true, true, 0, 1},
		{"outside a dialog", "Sorry\nAADSTS50011", ctrlEnter, true, false, 0, 1},
		{"outside a dialog without a handler", "Sorry\nAADSTS50011", ctrlEnter, false, false, 0, 0},
		{"other keys", "Sorry\nAADSTS50011", other, true, true, 0, 0},
		{"Enter submits one line", "AADSTS50011", nil, true, true, 0, 1},
		{"Enter begins a line where there is no handler", "AADSTS50011", nil, false, true, 0, 0},
		{"Enter begins a line in several lines", "Sorry\nAADSTS50011", nil, true, true, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			pressed, handled := 0, 0
			entry := NewTextEntry("What you see", 4)
			entry.SetText(c.text)
			if c.own {
				entry.OnSubmitted = func(string) { handled++ }
			}
			b := newBench(t, layout.Column(0))
			if c.dialog {
				d := NewDialog("Paste what you see", entry, Action{Text: "Explain", Default: true, Stay: true, Do: func() { pressed++ }})
				d.Open(b.win.Canvas(), entry)
			} else {
				b.win.SetContent(entry)
				b.focus(entry)
			}
			if c.keys != nil {
				entry.TypedShortcut(c.keys)
			} else {
				b.key(fyne.KeyReturn)
			}
			if pressed != c.pressed || handled != c.handled {
				t.Errorf("the button was pressed %d times, the handler called %d times; want %d, %d", pressed, handled, c.pressed, c.handled)
			}
			if began := entry.Text != c.text; began != (c.keys == nil && c.handled == 0) {
				t.Errorf("the text is %q", entry.Text)
			}
		})
	}
}

// TestTextEntryWrapsAtWords guards that a pasted message is readable: a word is broken
// only if it is longer than a line.
func TestTextEntryWrapsAtWords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"words", "The client secret has expired today", []string{"The client", "secret has", "expired today"}},
		{"a long word", "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9", []string{"eyJ0eXAiOiJKV1", "QiLCJhbGciOiJS", "UzI1NiJ9"}},
		{"a long word among others", "token eyJ0eXAiOiJKV1QiLCJhbGci is", []string{"token", "eyJ0eXAiOiJKV1", "QiLCJhbGci is"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			entry := NewTextEntry("What you see", 4)
			b := newBench(t, entry)
			b.win.SetPadded(false)
			entry.SetText(c.text)
			b.win.Resize(fyne.NewSize(120, 200))
			var got []string
			for _, m := range regexp.MustCompile(`<text[^>]*>([^<]*)</text>`).FindAllStringSubmatch(test.RenderObjectToMarkup(entry), -1) {
				if line := strings.TrimSpace(m[1]); line != "" {
					got = append(got, line)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("lines -want +got\n%s", diff)
			}
		})
	}
}

// TestEntryLongText guards that an entry of one line draws no scroll bar and no shadow
// over a text or placeholder that is longer than the entry, and still scrolls to the
// caret.
func TestEntryLongText(t *testing.T) {
	for _, c := range []struct {
		name, text, placeholder string
		secret                  bool
	}{
		{"text", "https://contoso-production.crm4.dynamics.com", "", false},
		{"placeholder", "", "found from the environment", false},
		{"secret", "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			entry := NewEntry("Environment URL")
			if c.secret {
				entry = NewSecretEntry("Client secret")
			}
			entry.SetPlaceHolder(c.placeholder)
			b := newBench(t, container.NewWithoutLayout(entry))
			entry.Resize(fyne.NewSize(140, entry.MinSize().Height))
			entry.SetText(c.text)
			b.focus(entry)
			drawn := test.RenderObjectToMarkup(entry)
			if !regexp.MustCompile(`<text[^>]*>[^<]{12}`).MatchString(drawn) {
				t.Fatalf("no text is drawn:\n%s", drawn)
			}
			if found := regexp.MustCompile(`(?i)[a-z.]*(scroll|shadow|gradient)[a-z]*`).FindAllString(drawn, -1); found != nil {
				t.Errorf("it draws %q:\n%s", found, drawn)
			}
			if c.text == "" {
				return
			}
			caret := func() float32 {
				driver := fyne.CurrentApp().Driver()
				for _, o := range test.WidgetRenderer(entry).Objects() {
					if clip, ok := o.(*container.Clip); ok {
						text := clip.Content.(*fyne.Container).Objects[0]
						return driver.AbsolutePositionForObject(text).Subtract(driver.AbsolutePositionForObject(clip)).X + entry.CursorPosition().X
					}
				}
				t.Fatal("the text is not clipped")
				return 0
			}
			if at := caret(); at < 0 || at > 140 {
				t.Errorf("at the beginning the caret is at %v", at)
			}
			b.key(fyne.KeyEnd)
			if at := caret(); at < 0 || at > 140 {
				t.Errorf("at the end the caret is at %v", at)
			}
		})
	}
}
