// Package uitest reads and uses a window as its user does, for tests: by what is visible,
// by the names of controls, and with keys.
package uitest

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// Placed is an object with its position in the window.
type Placed struct {
	fyne.CanvasObject
	At fyne.Position
}

// Visible returns the visible objects, in keyboard order.
func Visible(root fyne.CanvasObject) []Placed {
	var all []Placed
	var walk func(o fyne.CanvasObject, at fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if o == nil || !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		all = append(all, Placed{o, at})
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

// Outline returns every visible control with its name and every text, in order: what
// assistive technology could read.
func Outline(root fyne.CanvasObject) string {
	var b strings.Builder
	for _, o := range Visible(root) {
		if line := Describe(o.CanvasObject); line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// Describe returns a line about an object: a control with its name, or a text; "" for an
// object that only draws.
func Describe(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *kit.Button:
		state := ""
		if o.Disabled() {
			state = ", disabled"
		}
		if o.Kind == kit.Primary {
			state += ", primary"
		}
		return fmt.Sprintf("button %q%s", ButtonName(o), state)
	case *kit.Field:
		text := fmt.Sprintf("field %q", o.Entry.Name)
		if o.Problem() != "" {
			text += fmt.Sprintf(", error %q", o.Problem())
		}
		if o.Problem() == "" && o.Caution() != "" {
			text += fmt.Sprintf(", caution %q", o.Caution())
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

// ButtonName returns the name of a button, without its state.
func ButtonName(b *kit.Button) string {
	if b.Name != "" {
		return b.Name
	}
	return b.Text()
}

// Letters is a text as it is drawn, with an entry for each line.
type Letters struct {
	*canvas.Text
	At fyne.Position
}

// Texts returns the visible letters.
func Texts(root fyne.CanvasObject) []Letters {
	var all []Letters
	for _, o := range Visible(root) {
		if t, ok := o.CanvasObject.(*canvas.Text); ok && t.Text != "" {
			all = append(all, Letters{t, o.At})
		}
	}
	return all
}

// Focusables returns the stops of the Tab key.
func Focusables(root fyne.CanvasObject) []fyne.Focusable {
	var all []fyne.Focusable
	for _, o := range Visible(root) {
		if f, ok := o.CanvasObject.(fyne.Focusable); ok {
			if d, ok := o.CanvasObject.(fyne.Disableable); ok && d.Disabled() {
				continue
			}
			all = append(all, f)
		}
	}
	return all
}
