package kit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Entry is Fyne's entry, one line, that hands Esc and F1 on, offers a paste to the
// window first, and tells of its focus.
type Entry struct {
	widget.Entry
	// Name is for assistive technology: the label beside it.
	Name string
	// OnPaste is offered the clipboard's text; true means that it was taken care
	// of and the entry does not insert it. May be nil.
	OnPaste func(text string) bool
	// OnMove is told of the arrow keys where there is but one line: -1 is up, 1 is
	// down. May be nil.
	OnMove func(step int)
	// OnFocus is told when the focus comes and goes. May be nil.
	OnFocus func(focused bool)

	secret bool          // what is typed is never told to other programs
	help   func() string // the line below it; nil for none
	bare   bool          // its text is long, and it has the theme of its own that this needs
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

// CreateRenderer is Fyne's, and looks at how long the text has become.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.bare = false
	return &entryRenderer{e.Entry.CreateRenderer(), e, newWheel(func(ev *fyne.ScrollEvent) { scrollDialog(e, ev) })}
}

type entryRenderer struct {
	fyne.WidgetRenderer
	entry *Entry
	wheel *wheel
}

// Objects are Fyne's; one line has nothing to scroll, and leaves the wheel to the
// dialog that it is in.
func (r *entryRenderer) Objects() []fyne.CanvasObject {
	objects := r.WidgetRenderer.Objects()
	if r.entry.MultiLine {
		return objects
	}
	return append(slices.Clip(objects), r.wheel)
}

func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.wheel.Resize(size)
	r.entry.bareWhenLong()
}

func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.entry.bareWhenLong()
}

// bareWhenLong takes away the scroll bar and the shadow that Fyne draws over a
// text which is longer than the entry. It waits for such a text: Fyne loads its
// fonts anew for every theme, which the first frame would have to wait for. It
// does so for each that comes, because Fyne forgets the theme of a scroll bar that
// has been out of sight for a minute.
func (e *Entry) bareWhenLong() {
	if e.MultiLine || e.Size().Width == 0 {
		return
	}
	before := e.bare
	e.bare = e.long()
	if e.bare && !before {
		container.NewThemeOverride(e, theme.Inner{})
	}
}

// long tells whether the text, or what stands in its place, is longer than the
// entry.
func (e *Entry) long() bool {
	text := e.Text
	if e.Password {
		text = strings.Repeat("•", utf8.RuneCountInString(text))
	}
	if text == "" {
		text = e.PlaceHolder
	}
	room := e.Size().Width - 2*fynetheme.InnerPadding()
	if item := e.ActionItem; item != nil {
		room -= item.MinSize().Width
	}
	return fyne.MeasureText(text, fynetheme.TextSize(), fyne.TextStyle{}).Width > room
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

// TypedKey hands Esc and F1 on, and submits a text of one line.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape || ev.Name == fyne.KeyF1 {
		PassOn(e, ev)
		return
	}
	if !e.MultiLine && moves(ev, e.OnMove) {
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
