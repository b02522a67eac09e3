package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// pressed is a control that can be pressed.
type pressed interface {
	fyne.Widget
	fyne.Focusable
	fyne.Tappable
	fyne.Accessible
	desktop.Hoverable
	desktop.Cursorable
}

// controls are all controls that can be pressed. The function creates a control that
// calls press, and returns the object for the window and the part that takes the focus.
var controls = []struct {
	name   string
	create func(press func()) (fyne.CanvasObject, pressed)
	label  string // for assistive technology, before it is pressed
}{
	{"button", func(press func()) (fyne.CanvasObject, pressed) {
		b := NewButton("Test", Secondary, press)
		return b, b
	}, "Test"},
	{"primary button", func(press func()) (fyne.CanvasObject, pressed) {
		b := NewButton("Test", Primary, press)
		b.Scale = Big
		return b, b
	}, "Test"},
	{"danger button", func(press func()) (fyne.CanvasObject, pressed) {
		b := NewButton("Forget", Danger, press)
		return b, b
	}, "Forget"},
	{"icon button", func(press func()) (fyne.CanvasObject, pressed) {
		b := NewIconButton(theme.Cross, "Dismiss message", press)
		return b, b
	}, "Dismiss message"},
	{"copy button", func(press func()) (fyne.CanvasObject, pressed) {
		env := (&bench{}).env()
		env.Copy = func(string) { press() }
		b := NewCopyButton(env, "", "UserId", func() string { return "2015d711" })
		return b.Button, b.Button
	}, "Copy UserId"},
	{"segmented", func(press func()) (fyne.CanvasObject, pressed) {
		s := NewSegmented("Set-up path", []string{"Modern", "Classic"}, func(int) { press() })
		s.chosen = 1 // a click goes to the first word
		return s, s
	}, "Set-up path: Classic"},
	{"disclosure", func(press func()) (fyne.CanvasObject, pressed) {
		d := NewTextDisclosure("Evidence", func() fyne.CanvasObject { return Caption("inside") })
		d.OnToggle = func(bool) { press() }
		return d, d.head
	}, "Evidence, closed"},
	{"checkbox", func(press func()) (fyne.CanvasObject, pressed) {
		c := NewCheckbox("Done", false, func(bool) { press() })
		return c, c
	}, "Done, not ticked"},
	{"option", func(press func()) (fyne.CanvasObject, pressed) {
		o := NewOption("Contoso UAT", "contoso.crm4.dynamics.com", true, press)
		return o, o
	}, "Contoso UAT, contoso.crm4.dynamics.com, ticked"},
}

// TestControls guards that each control can be reached and used by keyboard only, shows
// the focus, and has a name.
func TestControls(t *testing.T) {
	for _, c := range controls {
		t.Run(c.name, func(t *testing.T) {
			useTheme(t)
			presses := 0
			object, control := c.create(func() { presses++ })
			b := newBench(t, layout.Column(8, NewButton("Before", Quiet, nil), object))
			idle := test.RenderObjectToMarkup(object)

			if got := control.AccessibilityLabel(); got != c.label || control.AccessibilityRole() != fyne.AccessibleRoleButton {
				t.Errorf("its name is %q, its role %v; want %q, a button", got, control.AccessibilityRole(), c.label)
			}

			control.MouseIn(&desktop.MouseEvent{})
			if test.RenderObjectToMarkup(object) == idle {
				t.Error("it looks the same under the pointer")
			}
			if control.Cursor() != desktop.PointerCursor {
				t.Errorf("the cursor is %v", control.Cursor())
			}
			control.MouseOut()
			if test.RenderObjectToMarkup(object) != idle {
				t.Error("it looks different after the pointer has left")
			}

			b.win.Canvas().FocusNext()
			b.win.Canvas().FocusNext()
			b.wantFocus(t, control)
			if test.RenderObjectToMarkup(object) == idle {
				t.Error("the focus is not visible")
			}
			for _, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
				presses = 0
				b.key(key)
				if presses != 1 {
					t.Errorf("%s pressed it %d times", key, presses)
				}
				b.wantFocus(t, control)
			}
			control.TypedRune('x')
			escaped := false
			b.win.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { escaped = ev.Name == fyne.KeyEscape })
			b.key(fyne.KeyEscape)
			if !escaped {
				t.Error("Esc does not reach the window")
			}
			b.win.Canvas().Unfocus()
		})
	}
}

// TestClickKeepsFocus guards that Tab continues from the clicked control, and that a
// click shows no focus ring.
func TestClickKeepsFocus(t *testing.T) {
	for _, c := range controls {
		t.Run(c.name, func(t *testing.T) {
			useTheme(t)
			presses := 0
			object, control := c.create(func() { presses++ })
			b := newBench(t, object)
			control.Tapped(&fyne.PointEvent{Position: fyne.NewPos(1, 1)})
			if presses != 1 {
				t.Errorf("a click pressed it %d times", presses)
			}
			b.wantFocus(t, control)
			clicked := test.RenderObjectToMarkup(object)
			b.key(desktop.KeyShiftLeft)
			if test.RenderObjectToMarkup(object) == clicked {
				t.Error("the ring does not show with the first key")
			}
		})
	}
}

func TestDisabledButtonIgnoresEverything(t *testing.T) {
	button := NewButton("Test", Primary, func() { t.Error("pressed") })
	b := newBench(t, button)
	button.Disable()
	idle := test.RenderObjectToMarkup(button)
	button.MouseIn(&desktop.MouseEvent{})
	if test.RenderObjectToMarkup(button) != idle || button.Cursor() != desktop.DefaultCursor {
		t.Error("it looks as if it could be pressed")
	}
	test.Tap(button)
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.focus(button)
	if b.win.Canvas().Focused() != nil {
		t.Error("it takes the focus")
	}
	if got := button.AccessibilityLabel(); got != "Test, unavailable" {
		t.Errorf("its name is %q", got)
	}
}

// TestSegmentedHoversWords guards that the pointer highlights a word, not the control.
func TestSegmentedHoversWords(t *testing.T) {
	s := NewSegmented("Environment", []string{"Global", "China"}, nil)
	newBench(t, s)
	at := func(x float32) string {
		s.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 5)}})
		return test.RenderObjectToMarkup(s)
	}
	first := at(1)
	if at(2) != first {
		t.Error("the highlight moves inside a word")
	}
	if at(s.Size().Width-1) == first {
		t.Error("the highlight stays on the first word")
	}
}

func TestOptionMovesAndLeads(t *testing.T) {
	var moved []int
	focused := 0
	useTheme(t)
	o := NewOption("Contoso UAT", "", false, func() {})
	o.OnMove, o.OnFocus = func(step int) { moved = append(moved, step) }, func() { focused++ }
	b := newBench(t, o)
	b.focus(o)
	b.key(fyne.KeyDown)
	b.key(fyne.KeyUp)
	if focused != 1 || len(moved) != 2 || moved[0] != 1 || moved[1] != -1 {
		t.Errorf("focused %d times, moved %v", focused, moved)
	}
	idle := test.RenderObjectToMarkup(o)
	o.SetHighlighted(true)
	if !o.Highlighted() || test.RenderObjectToMarkup(o) == idle {
		t.Error("the leading option looks like the others")
	}
	if o.Name() != "Contoso UAT" || o.AccessibilityLabel() != "Contoso UAT" {
		t.Errorf("its name is %q, for assistive technology %q", o.Name(), o.AccessibilityLabel())
	}
}

func TestCheckboxTellsItsState(t *testing.T) {
	var changes []bool
	c := NewCheckbox("Done", false, func(on bool) { changes = append(changes, on) })
	newBench(t, c)
	test.Tap(c)
	if !c.On() || c.AccessibilityLabel() != "Done, ticked" {
		t.Errorf("after a click it is %v, called %q", c.On(), c.AccessibilityLabel())
	}
	test.Tap(c)
	if c.On() || len(changes) != 2 || !changes[0] || changes[1] {
		t.Errorf("after two clicks it is %v, changes %v", c.On(), changes)
	}
}

func TestMenuButtonOpensMenu(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(menu func() *fyne.Menu) *Button
	}{
		{"menu button", func(menu func() *fyne.Menu) *Button { return NewMenuButton("Contoso UAT", Secondary, menu) }},
		{"more button", func(menu func() *fyne.Menu) *Button { return NewMoreButton("More", menu) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			made := 0
			button := c.make(func() *fyne.Menu {
				made++
				return fyne.NewMenu("", fyne.NewMenuItem("Save…", nil))
			})
			b := newBench(t, button)
			b.focus(button)
			b.key(fyne.KeySpace)
			if made != 1 || b.win.Canvas().Overlays().Top() == nil {
				t.Errorf("the menu was made %d times, open is %v", made, b.win.Canvas().Overlays().Top())
			}
		})
	}
	t.Run("an empty menu does not open", func(t *testing.T) {
		button := NewMoreButton("More", func() *fyne.Menu { return fyne.NewMenu("") })
		b := newBench(t, button)
		test.Tap(button)
		if b.win.Canvas().Overlays().Top() != nil {
			t.Error("it opened")
		}
	})
}

// TestNames guards the accessible names of objects that take no input.
func TestNames(t *testing.T) {
	useTheme(t)
	progress := NewProgress()
	progress.Set(3, 12)
	toasts := NewToasts((&bench{}).env())
	toasts.Add(Message{Text: "Copied."})
	secret := NewSecretEntry("Client secret (Value)")
	secret.SetText("c4n4ry")
	entry := NewEntry("Environment URL")
	field := NewField(entry, "such as https://contoso.crm4.dynamics.com")
	field.SetProblem("not a URL")
	for _, c := range []struct {
		name    string
		control fyne.Accessible
		want    string
		role    fyne.AccessibleRole
	}{
		{"text", NewText("Application user", Style{}), "Application user", fyne.AccessibleRoleText},
		{"badge", NewBadge("Dynamics 365 administrator", Caution), "Dynamics 365 administrator", fyne.AccessibleRoleText},
		{"status icon", NewStatusIcon(Failed, 18), "Failed", fyne.AccessibleRoleText},
		{"progress", progress, "3 of 12 done", fyne.AccessibleRoleText},
		{"toasts", toasts, "Copied.", fyne.AccessibleRoleContainer},
		{"dialog", NewDialog("Save connection", Caption("")), "Save connection", fyne.AccessibleRoleContainer},
		{"field", entry, "Environment URL, empty. Error: not a URL", fyne.AccessibleRoleText},
		{"secret entry", secret, "Client secret (Value), hidden, 6 characters", fyne.AccessibleRoleText},
		{"text entry", NewTextEntry("What you see", 4), "What you see, empty", fyne.AccessibleRoleText},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.control.AccessibilityLabel(); got != c.want || c.control.AccessibilityRole() != c.role {
				t.Errorf("its name is %q, its role %v; want %q, %v", got, c.control.AccessibilityRole(), c.want, c.role)
			}
		})
	}
}

// TestStatusesDiffer guards that statuses differ in more than their colour.
func TestStatusesDiffer(t *testing.T) {
	words, glyphs := map[string]bool{}, map[theme.Glyph]bool{}
	for s := Waiting; s <= Manual; s++ {
		words[s.Word()], glyphs[appearances[s].glyph] = true, true
		if s.English() == "" || s.Color() == "" {
			t.Errorf("status %d has the word %q, the colour %q", s, s.English(), s.Color())
		}
	}
	if len(words) != len(appearances) || len(glyphs) != len(appearances) {
		t.Errorf("%d words and %d shapes for %d statuses", len(words), len(glyphs), len(appearances))
	}
}

func TestBadgeIsCutToFit(t *testing.T) {
	badge := NewBadge("Dynamics 365 administrator", Info)
	newBench(t, badge)
	if got := badge.Within(60); got.Width != 60 {
		t.Errorf("where there is 60 it is %v wide", got.Width)
	}
	badge.Resize(fyne.NewSize(60, 22))
	label := test.WidgetRenderer(badge).Objects()[1].(*canvas.Text)
	if runes := []rune(label.Text); runes[len(runes)-1] != '…' || label.MinSize().Width > 60 {
		t.Errorf("it shows %q, %v wide", label.Text, label.MinSize().Width)
	}
	badge.Set("", Info)
	if badge.Visible() {
		t.Error("an empty badge is visible")
	}
	badge.Set("You", Good)
	if !badge.Visible() || badge.Text() != "You" {
		t.Errorf("visible %v, text %q", badge.Visible(), badge.Text())
	}
}
