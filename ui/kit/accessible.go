package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// children returns the objects inside an object whose parts are controls, too, in
// reading order. It leaves out a text that is part of the object's own name.
func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *Banner:
		return []fyne.CanvasObject{o.line}
	case *Card:
		return []fyne.CanvasObject{o.Band, o.Body}
	case *Field:
		return []fyne.CanvasObject{o.Beside, o.Entry}
	case *Entry:
		return []fyne.CanvasObject{o.ActionItem}
	case *Disclosure:
		if o.open {
			return []fyne.CanvasObject{o.head, o.inside}
		}
		return []fyne.CanvasObject{o.head}
	case *Dialog:
		return []fyne.CanvasObject{o.title, o.Head, o.scroll.Area, o.actions}
	case *Group:
		return []fyne.CanvasObject{o.content}
	case *Rows:
		return []fyne.CanvasObject{o.scroll}
	case *Toasts:
		if o.shown != nil {
			return []fyne.CanvasObject{o.shown}
		}
	}
	return nil
}

// AccessibilityLabel returns Name, or else the text, with the state.
func (b *Button) AccessibilityLabel() string {
	name := b.Name
	if name == "" {
		name = b.text
	}
	switch {
	case b.Disabled():
		return i18n.F("{{.Name}}, unavailable", i18n.V{"Name": name})
	case b.State != "":
		return name + ", " + b.State
	}
	return name
}

// AccessibilityRole returns button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// longestSpoken is how many characters of a typed text are read out.
const longestSpoken = 300

// AccessibilityLabel returns the name, the typed text, and the line below the entry:
// the error, the note or the hint. It returns only the length of a secret, even of a
// visible one, because other programs can read this.
func (e *Entry) AccessibilityLabel() string {
	text := []rune(e.Text)
	said := e.Name
	switch {
	case len(text) == 0:
		said = i18n.F("{{.Name}}, empty", i18n.V{"Name": e.Name})
	case e.secret:
		said = i18n.F("{{.Name}}, hidden, {{.N}} characters", i18n.V{"Name": e.Name, "N": len(text)})
	case len(text) > longestSpoken:
		said += ": " + string(text[:longestSpoken]) + "…"
	default:
		said += ": " + string(text)
	}
	if e.help != nil && e.help() != "" {
		said += ". " + e.help()
	}
	return said
}

// AccessibilityRole returns text: Fyne 2.8 has no role for an entry.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// help returns the line below the entry, as it is read out.
func (f *Field) help() string {
	switch {
	case f.problem != "":
		return i18n.F("Error: {{.Text}}", i18n.V{"Text": f.problem})
	case f.caution != "":
		return i18n.F("Warning: {{.Text}}", i18n.V{"Text": f.caution})
	case f.note != "":
		return f.note
	}
	return f.hint
}

// AccessibilityLabel returns how much is done.
func (p *Progress) AccessibilityLabel() string {
	return i18n.F("{{.Done}} of {{.All}} done", i18n.V{"Done": p.done, "All": p.total})
}

// AccessibilityRole returns text.
func (p *Progress) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel returns the text of the message.
func (t *Toasts) AccessibilityLabel() string {
	m, _ := t.Current()
	return m.Text
}

// AccessibilityRole returns container: the message and its buttons are inside.
func (t *Toasts) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// menuItem is an item of a menu for assistive technology.
type menuItem struct{ *fyne.MenuItem }

// AccessibilityLabel returns the item's text with its state.
func (m menuItem) AccessibilityLabel() string {
	switch {
	case m.Disabled:
		return i18n.F("{{.Name}}, unavailable", i18n.V{"Name": m.Label})
	case m.Checked:
		return i18n.F("{{.Name}}, ticked", i18n.V{"Name": m.Label})
	}
	return m.Label
}

// AccessibilityRole returns button.
func (m menuItem) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
