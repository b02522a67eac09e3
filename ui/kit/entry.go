package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// Entry is Fyne's entry with a name for assistive technology. It passes Esc and F1 on to
// the window, and offers what is pasted to OnPaste first.
type Entry struct {
	widget.Entry
	// Name is the label, for assistive technology.
	Name string
	// OnPaste is called with the clipboard's text before it is inserted, and returns true
	// to keep it from being inserted. May be nil.
	OnPaste func(text string) bool
	// OnMove is called for the arrow keys in an entry of one line: -1 is up, 1 is down.
	// May be nil.
	OnMove func(step int)
	// OnFocus is called when the entry gets or loses the focus. May be nil.
	OnFocus func(focused bool)

	secret bool          // the text is not in the accessibility label
	help   func() string // the line below the entry, may be nil
}

// NewEntry returns an entry of one line.
func NewEntry(name string) *Entry {
	e := &Entry{Name: name}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

// NewSecretEntry returns an entry that shows dots, with a button Show, which is the next
// stop of the Tab key.
func NewSecretEntry(name string) *Entry {
	e := &Entry{Name: name}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.Password, e.secret = true, true
	reveal := NewButton(i18n.L("Show"), Quiet, nil)
	reveal.Scale, reveal.Name = Compact, i18n.F("Show {{.What}}", i18n.V{"What": name})
	reveal.OnTapped = func() {
		e.Password = !e.Password
		word, what := i18n.L("Hide"), i18n.F("Hide {{.What}}", i18n.V{"What": name})
		if e.Password {
			word, what = i18n.L("Show"), i18n.F("Show {{.What}}", i18n.V{"What": name})
		}
		reveal.Name = what
		reveal.SetText(word)
		e.Refresh()
	}
	e.ActionItem = reveal
	e.ExtendBaseWidget(e)
	return e
}

// NewTextEntry returns an entry of several lines, which wraps at words and scrolls. Tab
// leaves it: a pasted text needs no tabs. Ctrl/⌘+Enter submits it, or presses the
// default button of its dialog if OnSubmitted is nil. Enter submits it, too, as long as
// its text is one line.
func NewTextEntry(name string, rows int) *Entry {
	e := &Entry{Name: name}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

// AcceptsTab returns false: Tab goes to the next control.
func (e *Entry) AcceptsTab() bool { return false }

// Conceal shows a secret as dots again.
func (e *Entry) Conceal() {
	if reveal, ok := e.ActionItem.(*Button); ok && !e.Password {
		reveal.OnTapped()
	}
}

// FocusGained scrolls to the entry and calls OnFocus.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	reveal(e)
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost calls OnFocus.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// TypedKey passes Esc and F1 on, and submits a text of one line.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape || ev.Name == fyne.KeyF1 {
		PassKey(e, ev)
		return
	}
	if !e.MultiLine && handleArrow(ev, e.OnMove) {
		return
	}
	oneLine := !strings.Contains(strings.TrimSpace(e.Text), "\n")
	if enters(ev.Name) && oneLine && e.submit() {
		return
	}
	e.Entry.TypedKey(ev)
}

// submit calls OnSubmitted of an entry of several lines, and reports whether there is
// one. Fyne's own entry submits with Shift+Enter only.
func (e *Entry) submit() bool {
	if !e.MultiLine || e.OnSubmitted == nil {
		return false
	}
	e.OnSubmitted(e.Text)
	return true
}

func enters(key fyne.KeyName) bool { return key == fyne.KeyReturn || key == fyne.KeyEnter }

// Submits reports whether a shortcut is Ctrl/⌘+Enter.
func Submits(s fyne.Shortcut) bool {
	keys, ok := s.(*desktop.CustomShortcut)
	return ok && keys.Modifier == fyne.KeyModifierShortcutDefault && enters(keys.KeyName)
}

// TypedShortcut offers a paste to OnPaste first, and submits the text.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if Submits(s) && (e.submit() || e.MultiLine && pressDefault(e)) {
		return
	}
	if paste, ok := s.(*fyne.ShortcutPaste); ok && e.OnPaste != nil && paste.Clipboard != nil {
		if e.OnPaste(paste.Clipboard.Content()) {
			return
		}
	}
	e.Entry.TypedShortcut(s)
	PassShortcut(e, s)
}
