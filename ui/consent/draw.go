package consent

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// Draw shows where the user is.
func (d *dialog) Draw(c session.Consent) {
	before := d.drawn
	d.drawn = c
	if d.waiting != nil && c.Phase == before.Phase && c.Left != before.Left {
		d.waiting.left(c) // once a second, and nothing else moves
	}
	changed := d.drawAddress(c, before)
	changed = d.drawCard(c, before) || changed
	changed = d.drawUnread(c) || changed
	if changed {
		d.box.Refresh()
	}
	d.moveFocus(c, before)
}

// drawAddress shows the address for what is chosen.
func (d *dialog) drawAddress(c, before session.Consent) (changed bool) {
	if c.Style != before.Style {
		i := slices.IndexFunc(styles, func(s styleChoice) bool { return s.style == c.Style })
		d.style.Set(max(i, 0))
		d.about.SetText(styles[max(i, 0)].about.String())
		changed = true
	}
	if c.Attempt.URL != before.Attempt.URL {
		d.address.SetText(c.Attempt.URL)
		changed = true
	}
	refused := !c.Problem.Empty()
	if d.address.Hidden != refused || !c.Problem.Equal(before.Problem) {
		d.address.Hidden, d.browse.Hidden = refused, refused
		d.failure.Set(i18n.Text(c.Problem))
		changed = true
	}
	return changed
}

// drawCard shows the card at the top, and fits the rest to it.
func (d *dialog) drawCard(c, before session.Consent) (changed bool) {
	if c.Phase == before.Phase && c.Host == before.Host && c.Failure == before.Failure && c.Deadline.Equal(before.Deadline) {
		return false
	}
	d.choices.Hidden = c.Phase.UnderWay() || c.Phase == session.ConsentCancelling
	text, kind := i18n.L("Close"), kit.Primary
	if c.Phase.UnderWay() {
		text, kind = i18n.L("Stop waiting"), kit.Secondary
	}
	d.box.Rename(0, text)
	d.main.SetKind(kind)
	switch {
	case c.Phase == session.ConsentFailed:
		d.put(d.failedCard(c))
	case c.Phase == session.ConsentPaste:
		d.waiting = nil
		d.put(newWaitingCard(c).object)
	case c.Phase.UnderWay() && d.waiting == nil:
		waiting := newWaitingCard(c)
		d.put(waiting.object)
		d.waiting = waiting
	case d.waiting != nil && c.Phase != session.ConsentChoosing:
		d.waiting.show(c)
	default:
		d.put(nil)
	}
	return true
}

// put shows a card at the top; nil takes it away.
func (d *dialog) put(card fyne.CanvasObject) {
	d.waiting = nil
	d.slot.Objects, d.slot.Hidden = nil, card == nil
	if card != nil {
		d.slot.Objects = []fyne.CanvasObject{card}
	}
	d.box.Refresh()
	d.box.Top()
}

// drawUnread shows why what was pasted decides nothing.
func (d *dialog) drawUnread(c session.Consent) (changed bool) {
	problem := i18n.Text(c.Unread.Sentence())
	if problem != "" && c.Phase.UnderWay() {
		problem += " " + i18n.L("The answer of the page is still waited for.")
	}
	if d.paste.Problem() == problem {
		return false
	}
	d.paste.SetProblem(problem)
	return true
}

// moveFocus moves the focus to where the user goes on.
func (d *dialog) moveFocus(c, before session.Consent) {
	switch {
	case c.Phase == session.ConsentFailed && c.Failure != before.Failure:
		d.focus(d.firstWay())
	case c.Phase == session.ConsentPaste && before.Phase != c.Phase, !c.Unread.Empty() && before.Unread.Empty():
		d.focus(d.paste.Entry)
	}
}

func (d *dialog) focus(f fyne.Focusable) { d.screen.canvas.Focus(f) }
