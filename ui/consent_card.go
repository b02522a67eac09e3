package ui

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// waitingCard shows what is under way. It is changed in place.
type waitingCard struct {
	object              *kit.Card
	mark                *kit.StatusIcon
	title, doing, clock *kit.Text
}

func newWaitingCard() *waitingCard {
	c := &waitingCard{mark: kit.NewStatusIcon(kit.Running, 22)}
	c.title = kit.NewText("", kit.Style{Bold: true})
	c.clock = kit.NewText("", kit.Style{Fixed: true})
	c.doing = kit.NewText("", kit.Style{Color: theme.Muted})
	lines := layout.Column(theme.Tight, layout.Row(theme.Near, c.title, c.title, c.clock), c.doing)
	c.object = kit.NewBandCard(kit.Info, layout.Inset(theme.Space, theme.Near, layout.TopRow(theme.Near, lines, c.mark, lines)), nil)
	return c
}

// say shows where it stands; what is empty of doing is left out.
func (c *waitingCard) say(state kit.Status, title string, doing ...string) {
	c.mark.Set(state)
	c.title.SetText(title)
	var sentences []string
	for _, text := range doing {
		if text != "" {
			sentences = append(sentences, text)
		}
	}
	c.doing.SetText(strings.Join(sentences, " "))
	c.doing.Hidden = len(sentences) == 0
}

// left shows how long it will still be waited for.
func (c *waitingCard) left(text string) {
	c.clock.SetText(text)
	c.object.Refresh()
}

// minutes is "4:32", rounded up: nobody waits for 0:00.
func minutes(d time.Duration) string {
	seconds := int((d + time.Second - 1) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// failedCard names what went wrong as the window's own answer does, and gives
// the control to begin with.
func (d *consentDialog) failedCard(o consent.Outcome) (fyne.CanvasObject, fyne.Focusable) {
	w, r := d.w, d.w.subject()
	c := consentResult(o, r)
	title := causeTitle(c, r)
	switch {
	case o.SomebodyElse():
		title = i18n.L("Somebody else consented")
		if who := o.Instead.SignInName; who != "" { // the account is good, and not the one that counts
			c.Fix = []text.Text{
				text.Raw(i18n.L("Open the consent page in a private window.")),
				text.Raw(i18n.F("Sign in as {{.Who}}.", i18n.V{"Who": who})),
			}
		}
	case o.Cause == catalog.Unknown:
		title = i18n.Said(c.Title)
	}
	next := nextStep(w, r, c, d.ways(o)...)
	body := layout.Column(theme.Space, next)
	if e := evidence(w, o.Evidence); e != nil {
		fold := kit.NewTextDisclosure(i18n.L("Evidence"), func() fyne.CanvasObject { return foldBody(e) })
		fold.OnToggle = func(bool) { d.dialog.Refresh() }
		body.Add(layout.Column(theme.Small, hair(), layout.InsetSides(-theme.Near, 0, -theme.Near, 0, fold)))
	}
	card := kit.NewBandCard(kit.Bad, headline(kit.Failed, title, sentence(i18n.Said(o.Summary))), cardBody(body))
	first := firstStop(next)
	if first == nil {
		first = d.main
	}
	return card, first
}

// again are the causes after which the same person goes to the page once more;
// true where it has to be a browser in which nobody else is signed in.
var again = map[string]bool{
	"consent.declined": false, "consent.missing": false, "consent.timed-out": false, "consent.state-mismatch": false,
	"consent.wrong-account": true, "consent.wrong-tenant": true,
}

// ways are what can be done about it from here.
func (d *consentDialog) ways(o consent.Outcome) []fyne.CanvasObject {
	if o.Field != "" {
		return []fyne.CanvasObject{kit.NewButton(i18n.L("Show the field"), kit.Secondary, func() {
			d.dialog.Close()
			d.w.showRequestError(&consent.RequestError{Field: o.Field, Cause: o.Cause, Summary: o.Summary})
		})}
	}
	privately, useful := again[o.Cause]
	if !useful || d.browse.Hidden {
		return nil
	}
	var ways []fyne.CanvasObject
	way := func(text string, open consent.Browser) {
		ways = append(ways, kit.NewButton(text, kit.Secondary, func() {
			d.focus(d.main) // this button goes away with its card
			d.grant(open)
		}))
	}
	if browsers := d.private(); privately && len(browsers) > 0 {
		way(i18n.F("Private window: {{.Browser}}", i18n.V{"Browser": browsers[0].Name}), browsers[0].Open)
	}
	way(i18n.L("Try again"), d.w.deps.Consent.Open)
	return ways
}

// consentResult is a failure as a check's, to be shown the same way.
func consentResult(o consent.Outcome, r exam.Report) exam.Result {
	c := exam.Result{ID: guide.Consent, Status: exam.Fail, Cause: o.Cause, Summary: o.Summary, Evidence: o.Evidence}
	if e, ok := catalog.Lookup(o.Cause); ok {
		e = e.Fill(vars(r.Connection))
		c.Title, c.Fix, c.Owner, c.Links = e.Title, e.Fix, e.Owner, e.Links
	}
	return c
}

// subject is the connection in the form: as it was examined, or else as it is
// typed.
func (w *Window) subject() exam.Report {
	if e := w.examination(); e.Report != nil && !e.Stale {
		return *e.Report
	}
	form := w.session.State().Form.Used()
	s := exam.Subject{Environment: form.Environment, TenantID: form.Tenant, ClientID: form.ClientID}
	if s.TenantID == "" {
		s.TenantID = w.session.State().Form.Tenant
	}
	if u, err := url.Parse(form.Environment); err == nil {
		if c, ok := cloud.OfEnvironment(cloud.Table, u.Hostname()); ok {
			s.Cloud = c.Name
		}
	}
	return exam.Report{Connection: s}
}

// heardConsent tells the guide what came of the journey, and the person who it
// was when it was not the one that was expected: nothing else may ever show it.
func (w *Window) heardConsent(o consent.Outcome) {
	g := w.answer.lists.guide
	if o.Ending == consent.Canceled || o.Ending == consent.Paste {
		return
	}
	if m, ok := w.toasts.Current(); ok && g != nil && m.Text == noteOn(g.consent) {
		w.toasts.Dismiss() // it was about the journey before
	}
	if note := noteOn(&o); note != "" {
		w.toasts.Add(kit.Message{Text: note, Tone: kit.Caution, Stay: true})
	}
	if g != nil {
		g.consent = &o
		w.answer.lists.learned()
	}
}

// noteOn says who consented, where it was somebody else.
func noteOn(o *consent.Outcome) string {
	return i18n.Said(guide.Known{Consent: o}.ConsentNote())
}
