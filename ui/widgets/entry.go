package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"s2sdoctor/ui/words"
)

// Entry is Fyne's entry, one line, that hands Esc on, offers a paste to the
// window first, and tells of its focus.
type Entry struct {
	widget.Entry
	// Name is for assistive technology: the label beside it.
	Name string
	// OnPaste is offered the clipboard's text; true means that it was taken care
	// of and the entry does not insert it. May be nil.
	OnPaste func(text string) bool
	// OnFocus is told when the focus comes and goes. May be nil.
	OnFocus func(focused bool)
}

// NewEntry makes an entry.
func NewEntry(name string) *Entry {
	e := &Entry{Name: name}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

// NewSecretEntry makes an entry that shows dots, with a button to look: in the
// order of the keyboard it comes right after the entry.
func NewSecretEntry(name string) *Entry {
	e := &Entry{Name: name}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.Password = true
	reveal := NewButton(words.L("Show"), Quiet, nil)
	reveal.Scale, reveal.Name = Compact, words.F("Show {{.What}}", words.V{"What": name})
	reveal.OnTapped = func() {
		e.Password = !e.Password
		word, what := words.L("Hide"), words.F("Hide {{.What}}", words.V{"What": name})
		if e.Password {
			word, what = words.L("Show"), words.F("Show {{.What}}", words.V{"What": name})
		}
		reveal.Name = what
		reveal.SetText(word)
		e.Refresh()
	}
	e.ActionItem = reveal
	e.ExtendBaseWidget(e)
	return e
}

// NewTextEntry makes an entry of several lines. Tab leaves it, as it leaves
// every other: a text that is pasted to be read needs no tabs.
func NewTextEntry(name string, rows int) *Entry {
	e := &Entry{Name: name}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

// AcceptsTab is false: Tab goes to the next control.
func (e *Entry) AcceptsTab() bool { return false }

// Conceal shows dots again.
func (e *Entry) Conceal() {
	if reveal, ok := e.ActionItem.(*Button); ok && !e.Password {
		reveal.OnTapped()
	}
}

// FocusGained is Fyne's, and tells.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	reveal(e)
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost is Fyne's, and tells.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// TypedKey hands Esc on.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		PassOn(e, ev)
		return
	}
	e.Entry.TypedKey(ev)
}

// TypedShortcut offers a paste to the window first.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if paste, ok := s.(*fyne.ShortcutPaste); ok && e.OnPaste != nil && paste.Clipboard != nil {
		if e.OnPaste(paste.Clipboard.Content()) {
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// AccessibilityLabel is the name.
func (e *Entry) AccessibilityLabel() string { return e.Name }

// AccessibilityRole is text: Fyne 2.8 has no role for something to type into.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
