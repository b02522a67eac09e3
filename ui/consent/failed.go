package consent

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// failedCard names what went wrong as a failed examination does.
func (d *dialog) failedCard(c session.Consent) fyne.CanvasObject {
	f := c.Failure
	next := finding.NextStep(d.screen.env, f.Result, func() string { return d.screen.request(f.Result, f.Subject) }, d.ways(c)...)
	body := layout.Column(theme.Space, next)
	if e := finding.Evidence(d.screen.env, f.Result.Evidence); e != nil {
		fold := kit.NewTextDisclosure(i18n.L("Evidence"), func() fyne.CanvasObject { return finding.FoldBody(e) })
		fold.OnToggle = func(bool) { d.box.Refresh() }
		body.Add(layout.Column(theme.Small, widget.NewSeparator(), layout.InsetSides(-theme.Near, 0, -theme.Near, 0, fold)))
	}
	d.next = next
	return kit.NewBandCard(kit.Bad, finding.Headline(kit.Failed, i18n.Text(f.Title), i18n.Text(f.Summary.Sentence())), finding.CardBody(body))
}

// firstWay is the control to begin with after a failure.
func (d *dialog) firstWay() fyne.Focusable {
	if first := firstStop(d.next); first != nil {
		return first
	}
	return d.main
}

// ways are what can be done about a failure from here.
func (d *dialog) ways(c session.Consent) []fyne.CanvasObject {
	f := c.Failure
	if f.Field != "" {
		return []fyne.CanvasObject{kit.NewButton(i18n.L("Show the field"), kit.Secondary, d.screen.commands.ShowConsentField)}
	}
	if !f.Again || !c.Problem.Empty() {
		return nil
	}
	var ways []fyne.CanvasObject
	way := func(text, private string) {
		ways = append(ways, kit.NewButton(text, kit.Secondary, func() {
			d.focus(d.main) // this button goes away with its card
			d.screen.commands.StartConsent(private)
		}))
	}
	if f.Privately && len(c.Private) > 0 {
		way(privately(c.Private[0]), c.Private[0])
	}
	way(i18n.L("Try again"), "")
	return ways
}
