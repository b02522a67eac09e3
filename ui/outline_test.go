package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// placed is an object with where it is in the window.
type placed struct {
	fyne.CanvasObject
	at fyne.Position
}

// visible lists what can be seen, in the order of the keyboard.
func visible(root fyne.CanvasObject) []placed {
	var all []placed
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if o == nil || !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		all = append(all, placed{o, at})
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, at)
			}
		}
	}
	walk(root, fyne.Position{})
	return all
}

// outline is what a window says: every control with its name and every text, in
// order. It is what assistive technology could read, and it is compared with the
// golden files.
func (s *stage) outline() string {
	var b strings.Builder
	roots := append([]fyne.CanvasObject{s.w.content}, s.w.win.Canvas().Overlays().List()...)
	for i, root := range roots {
		if i > 0 {
			b.WriteString("--- over it\n")
		}
		for _, o := range visible(root) {
			if line := describe(o.CanvasObject); line != "" {
				b.WriteString(line + "\n")
			}
		}
	}
	return b.String()
}

func describe(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *kit.Button:
		state := ""
		if o.Disabled() {
			state = ", disabled"
		}
		if o.Kind == kit.Primary {
			state += ", primary"
		}
		return fmt.Sprintf("button %q%s", called(o), state)
	case *kit.Field:
		text := fmt.Sprintf("field %q", o.Label)
		if o.Problem() != "" {
			text += fmt.Sprintf(", error %q", o.Problem())
		}
		return text
	case *kit.Entry:
		if o.Password {
			return fmt.Sprintf("entry %q, %d dots", o.Name, len(o.Text))
		}
		return fmt.Sprintf("entry %q: %q", o.Name, o.Text)
	case *kit.StatusIcon:
		return "mark " + o.AccessibilityLabel()
	case *kit.Badge:
		return fmt.Sprintf("chip %q", o.Text())
	case *kit.Text:
		return fmt.Sprintf("text %q", o.Text())
	case *kit.CodeBlock:
		return fmt.Sprintf("quote %q", o.AccessibilityLabel())
	case fyne.Focusable:
		if a, ok := o.(fyne.Accessible); ok {
			return fmt.Sprintf("%s %q", a.AccessibilityRole(), a.AccessibilityLabel())
		}
	}
	return ""
}

// called is what a button is called, without its state.
func called(b *kit.Button) string {
	if b.Name != "" {
		return b.Name
	}
	return b.Text()
}

// texts are the letters on the screen, line by line as they are drawn.
func texts(root fyne.CanvasObject) []struct {
	*canvas.Text
	At fyne.Position
} {
	var all []struct {
		*canvas.Text
		At fyne.Position
	}
	for _, o := range visible(root) {
		if t, ok := o.CanvasObject.(*canvas.Text); ok && t.Text != "" {
			all = append(all, struct {
				*canvas.Text
				At fyne.Position
			}{t, o.at})
		}
	}
	return all
}

// focusables are the stops of the Tab key.
func focusables(root fyne.CanvasObject) []fyne.Focusable {
	var all []fyne.Focusable
	for _, o := range visible(root) {
		if f, ok := o.CanvasObject.(fyne.Focusable); ok {
			if d, ok := o.CanvasObject.(fyne.Disableable); ok && d.Disabled() {
				continue
			}
			all = append(all, f)
		}
	}
	return all
}

// find gives the button with a name, which is in English here.
func (s *stage) find(name string) *kit.Button {
	s.t.Helper()
	for _, root := range append([]fyne.CanvasObject{s.w.content}, s.w.win.Canvas().Overlays().List()...) {
		for _, o := range visible(root) {
			if b, ok := o.CanvasObject.(*kit.Button); ok && called(b) == i18n.Say(name) {
				return b
			}
		}
	}
	s.t.Fatalf("there is no button %q in\n%s", name, s.outline())
	return nil
}

// press taps the button with a name.
func (s *stage) press(name string) {
	s.t.Helper()
	test.Tap(s.find(name))
	s.pump()
	s.settle()
}
