package compare

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// side shows what is compared, and what came of its examination.
type side struct {
	object *fyne.Container
	choice *kit.Select
	short  *kit.Button // in the place of choice where there is little room
	where  *kit.Text   // the environment, and when it was examined
	state  *fyne.Container
	icon   *kit.StatusIcon
	words  *kit.Text
	drawn  session.ComparedSide
	low    bool // there is room for the name only, and for what is wrong
}

// letters are the names of the sides.
var letters = [2]string{"A", "B"}

func newSide(s *Screen, index int) *side {
	d := &side{where: kit.Caption(""), icon: kit.NewStatusIcon(kit.Waiting, 18), words: kit.NewText("", kit.Style{})}
	d.choice = kit.NewSelect(letters[index], nil)
	d.choice.Empty = i18n.L("Choose…")
	d.choice.OnOpen = func() { s.choose(index) }
	d.short = kit.NewButton("", kit.Secondary, d.choice.OnOpen)
	d.short.Glyph, d.short.Trailing = theme.ChevronDown, true
	d.short.Hide()
	d.state = layout.TopRow(theme.Small, d.words, d.icon, d.words)
	d.state.Hide()
	d.object = layout.Column(theme.Small, layout.Column(theme.Tight, d.choice, d.short, d.where), d.state)
	return d
}

// draw shows a state of the side.
func (d *side) draw(c session.ComparedSide, now time.Time) {
	d.drawn = c
	if c.Of == (session.Compared{}) {
		d.choice.Set(nil, -1)
	} else {
		d.choice.Set([]kit.SelectOption{{Name: i18n.Text(c.Title)}}, 0)
	}
	d.short.Name = d.choice.AccessibilityLabel()
	d.short.SetText(d.short.Name)
	d.where.SetText(where(c, now))
	status, words := kit.Waiting, ""
	switch c.Phase {
	case session.SideRunning:
		status, words = kit.Running, i18n.F("{{.Done}} of {{.All}} done", i18n.V{"Done": c.Done, "All": c.Total})
	case session.SideFailed:
		status, words = kit.Failed, i18n.Text(c.Why)
	case session.SideDone:
		status, words = finding.Health(c.Health)
		if verdict := i18n.Text(c.Verdict); verdict != "" {
			words = verdict
		}
	}
	d.icon.Set(status)
	d.words.SetText(words)
	d.words.SetColor(theme.Ink)
	if status == kit.Failed || status == kit.Warned {
		d.words.SetColor(status.Color())
	}
	d.show()
}

// show shows as much as there is room for.
func (d *side) show() {
	layout.SetVisible(d.choice, !d.low)
	layout.SetVisible(d.short, d.low)
	layout.SetVisible(d.where, d.where.Text() != "" && !d.low)
	layout.SetVisible(d.state, d.words.Text() != "" && !(d.low && d.drawn.Phase == session.SideDone))
}

// focusable returns the control that chooses the side.
func (d *side) focusable() fyne.Focusable {
	if d.low {
		return d.short
	}
	return d.choice
}

// setLow changes whether there is room for the name only.
func (d *side) setLow(low bool) {
	if d.low != low {
		d.low = low
		d.show()
	}
}

// where returns where the connection is, and when it was examined.
func where(c session.ComparedSide, now time.Time) string {
	var parts []string
	if c.Host != "" {
		parts = append(parts, c.Host)
	}
	if at := finding.Examined(c.Taken, now); at != "" {
		parts = append(parts, at)
	}
	return strings.Join(parts, " · ")
}

// sideName returns the letter of a side with its name.
func sideName(index int, c session.Comparison) string {
	return letters[index] + " · " + i18n.Text(c.Sides[index].Title)
}
