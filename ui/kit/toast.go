package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// toastFor is how long a message is shown; an error stays until it is dismissed.
const toastFor = 5 * time.Second

// Message is a short message to the user.
type Message struct {
	// Key identifies the message for [Toasts.Retract]; "" for one that stays true.
	Key  string
	Text string
	Tone Tone
	// Action is the text of a button, such as "Undo"; "" for no button.
	Action string
	Do     func()
	// Stay keeps the message until it is dismissed, as an error.
	Stay bool
}

// Toasts shows messages at the bottom right of the window, one after the other. It is
// put over the window's content.
type Toasts struct {
	widget.BaseWidget
	env    Env
	queue  []Message
	shown  *fyne.Container
	cancel func()
}

// NewToasts returns a Toasts without a message.
func NewToasts(env Env) *Toasts {
	t := &Toasts{env: env}
	t.ExtendBaseWidget(t)
	return t
}

// Add shows a message after those that wait. A message equal to the last one replaces
// it: copying three times does not show "Copied" for a quarter of a minute. One with an
// action is always added, because each may undo something else.
func (t *Toasts) Add(m Message) {
	last := len(t.queue) - 1
	if last >= 0 && t.queue[last].Key == m.Key && t.queue[last].Text == m.Text && t.queue[last].Action == "" && m.Action == "" {
		t.queue[last] = m
	} else {
		t.queue = append(t.queue, m)
	}
	if len(t.queue) > 1 {
		return
	}
	if t.cancel != nil {
		t.cancel()
	}
	t.next()
}

// Current returns the message that is shown, or false.
func (t *Toasts) Current() (Message, bool) {
	if len(t.queue) == 0 {
		return Message{}, false
	}
	return t.queue[0], true
}

// Dismiss removes the message and shows the next.
func (t *Toasts) Dismiss() {
	if len(t.queue) == 0 {
		return
	}
	if t.cancel != nil {
		t.cancel()
	}
	t.queue = t.queue[1:]
	t.next()
}

// Retract removes the messages of a key, which are no longer true.
func (t *Toasts) Retract(key string) {
	if key == "" || len(t.queue) == 0 {
		return
	}
	waiting := slices.DeleteFunc(t.queue[1:], func(m Message) bool { return m.Key == key })
	t.queue = t.queue[:1+len(waiting)]
	if t.queue[0].Key == key {
		t.Dismiss()
	}
}

func (t *Toasts) next() {
	t.shown, t.cancel = nil, nil
	if len(t.queue) > 0 {
		m := t.queue[0]
		t.shown = t.card(m)
		if m.Tone != Bad && !m.Stay {
			t.cancel = t.env.Later(toastFor, t.Dismiss)
		}
	}
	t.Refresh()
}

func (t *Toasts) card(m Message) *fyne.Container {
	text := NewText(m.Text, Style{})
	objects := []fyne.CanvasObject{NewStatusIcon(map[Tone]Status{Bad: Failed, Caution: Warned, Good: Passed}[m.Tone], 18), text}
	if m.Tone == Neutral || m.Tone == Info {
		objects = objects[1:]
	}
	if m.Action != "" {
		action := NewButton(m.Action, Quiet, func() { t.Dismiss(); m.Do() })
		action.Scale = Compact
		objects = append(objects, action)
	}
	dismiss := NewIconButton(theme.Cross, i18n.L("Dismiss message"), t.Dismiss)
	dismiss.Scale = Compact
	objects = append(objects, dismiss)
	return layout.InsetSides(theme.Space, theme.Small, theme.Small, theme.Small, layout.Row(theme.Near, text, objects...))
}

// CreateRenderer returns the renderer.
func (t *Toasts) CreateRenderer() fyne.WidgetRenderer {
	r := &toastsRenderer{toasts: t, back: box(theme.Radius + 2)}
	r.Refresh()
	return r
}

type toastsRenderer struct {
	baseRenderer
	toasts *Toasts
	back   *canvas.Rectangle
}

func (r *toastsRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *toastsRenderer) Layout(size fyne.Size) {
	card := r.toasts.shown
	if card == nil {
		return
	}
	text, _ := r.toasts.Current()
	natural := NewText(text.Text, Style{}).NaturalWidth() + card.MinSize().Width + theme.Small
	w := min(natural, 560*theme.Em(), size.Width-2*theme.Space)
	h := layout.Fit(card, w)
	// To the right: the form's own buttons are at the bottom left.
	at := fyne.NewPos(size.Width-w-theme.Space, size.Height-h-theme.Space)
	r.back.Move(at)
	r.back.Resize(fyne.NewSize(w, h))
	card.Move(at)
}

func (r *toastsRenderer) Refresh() {
	r.objects = nil
	if r.toasts.shown != nil {
		m, _ := r.toasts.Current()
		tone := m.Tone
		paint(r.back, theme.Surface, tone.Color())
		r.objects = []fyne.CanvasObject{r.back, r.toasts.shown}
		r.toasts.shown.Refresh()
	}
	r.Layout(r.toasts.Size())
	canvas.Refresh(r.toasts)
}
