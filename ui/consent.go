package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"s2sdoctor/core"
	"s2sdoctor/core/consent"
	"s2sdoctor/core/guide"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// consentDialog takes a person to Microsoft's consent page: it shows the address
// before it opens, waits, and takes what they see when nothing comes back.
type consentDialog struct {
	w       *Window
	dialog  *widgets.Dialog
	style   *widgets.Segmented
	about   *widgets.Text
	expect  *widgets.Entry
	refusal *widgets.Text // why there is no address
	address *widgets.Quote
	browse  *fyne.Container
	state   *widgets.Text
	paste   *widgets.Entry
	read    *widgets.Button

	attempt consent.Attempt
	cancel  context.CancelFunc
	number  int
}

// styles are the choices, in the order of the control.
var styles = []struct {
	style       consent.Style
	word, about words.Key
}{
	{consent.V2, words.Key("For me"), words.Key("One person signs in and agrees for themselves. Microsoft's present style (v2, with PKCE).")},
	{consent.AdminConsent, words.Key("For everybody"), words.Key("An administrator agrees once for the whole tenant. Right for an application that comes from another tenant.")},
	{consent.Authorize, words.Key("As in the article"), words.Key("The address of the 2017 guide (v1): signed in, privately, as the application user.")},
}

// openConsent shows the dialog, or the field that the address cannot do without.
func (w *Window) openConsent() {
	if w.deps.Consent == nil || w.run.active {
		return
	}
	if _, err := w.deps.Consent.URL(w.form.form(), w.choice(consent.V2)); err != nil {
		w.showRequestError(err)
		return
	}
	newConsentDialog(w).open()
}

// showRequestError shows why no address can be built, at its field.
func (w *Window) showRequestError(err error) {
	var request *consent.RequestError
	if errors.As(err, &request) {
		if field, ok := w.form.fields()[request.Field]; ok {
			field.SetProblem(words.Said(request.Summary))
			w.win.Canvas().Focus(field.Entry)
			return
		}
	}
	w.say(words.Error(err), widgets.Bad)
}

// startStyle is the one to begin with: who follows the article gets the
// article's.
func (w *Window) startStyle() consent.Style {
	if g := w.answer.lists.guide; g != nil && g.path == guide.Classic {
		return consent.Authorize
	}
	return consent.V2
}

// discovered shows the address anew when the tenant in it has become known; one
// that is open in a browser stays as it is.
func (w *Window) discovered() {
	if d := w.consenting; d != nil && d.cancel == nil {
		d.rebuild()
	}
}

// choice is what the window knows about the journey.
func (w *Window) choice(s consent.Style) core.ConsentChoice {
	c := core.ConsentChoice{Style: s}
	c.TenantID = w.form.ownTenant()
	return c
}

func newConsentDialog(w *Window) *consentDialog {
	d := &consentDialog{w: w}
	first := 0
	var captions []string
	for i, s := range styles {
		captions = append(captions, s.word.String())
		if s.style == w.startStyle() {
			first = i
		}
	}
	d.style = widgets.NewSegmented(words.L("Who consents"), captions, func(int) { d.rebuild() })
	d.about = widgets.NewText("", widgets.Style{Color: look.Muted})
	d.expect = widgets.NewEntry(words.L("Who should sign in (optional)"))
	d.expect.SetPlaceHolder("application.user@contoso.onmicrosoft.com")
	d.expect.OnChanged = func(string) { d.rebuild() }
	d.address, d.refusal = widgets.NewQuote(""), widgets.NewText("", widgets.Style{Color: look.Error})
	d.browse = widgets.Flow(look.Small, d.openers()...)
	d.state = widgets.NewText("", widgets.Style{})
	d.state.Hide()
	d.paste = widgets.NewEntry(words.L("Paste what you see"))
	d.paste.SetPlaceHolder(words.L("the address or the text of the page"))
	d.paste.OnSubmitted = func(string) { d.readPasted() }
	d.read = widgets.NewButton(words.L("Read"), widgets.Quiet, d.readPasted)
	d.read.Scale, d.read.Name = widgets.Compact, words.L("Read what was pasted")
	d.paste.ActionItem = d.read

	body := widgets.Column(look.Space,
		widgets.Column(look.Small, d.style, d.about),
		widgets.NewField(d.expect, words.L("If somebody else consents, you will be told: it is the commonest mistake.")),
		d.refusal, d.address, d.browse, d.state,
		widgets.NewField(d.paste, words.L("When the page does not come back here: an error page, or a redirect to somewhere else.")))
	d.dialog = widgets.NewDialog(words.L("Open consent page"), body, widgets.Action{Text: words.L("Close")})
	d.dialog.Width = 620
	d.dialog.OnClose = func() {
		d.stop()
		w.consenting = nil
	}
	d.style.Choose(first)
	return d
}

func (d *consentDialog) open() {
	d.w.consenting = d
	d.w.form.place.now()
	d.rebuild()
	var first fyne.Focusable
	if d.browse.Visible() {
		first, _ = d.browse.Objects[0].(fyne.Focusable)
	}
	d.dialog.Open(d.w.win.Canvas(), first)
}

// openers are the ways to the page. They stay the same objects while the address
// changes, because one of them has the focus.
func (d *consentDialog) openers() []fyne.CanvasObject {
	main := widgets.NewButton(words.L("Open in the browser"), widgets.Primary, func() { d.grant(d.w.deps.Consent.Open) })
	main.Glyph, main.Trailing = look.Out, true
	openers := []fyne.CanvasObject{main}
	for _, b := range d.private() {
		openers = append(openers, widgets.NewButton(words.F("Private window: {{.Browser}}", words.V{"Browser": b.Name}), widgets.Secondary, func() { d.grant(b.Open) }))
	}
	link := widgets.NewCopyButton(d.w.desk, words.L("Copy address"), words.L("the consent address"), func() string { return d.attempt.URL })
	link.Scale = widgets.Normal
	return append(openers, link.Button)
}

// rebuild shows the address for what is chosen now.
func (d *consentDialog) rebuild() {
	s := styles[d.style.Chosen()]
	d.about.SetText(s.about.String())
	attempt, err := d.w.deps.Consent.URL(d.w.form.form(), d.choice())
	d.refusal.Hidden, d.address.Hidden, d.browse.Hidden = err == nil, err != nil, err != nil
	if err != nil {
		d.refusal.SetText(words.Error(err))
	} else {
		d.show(attempt)
	}
	d.dialog.Refresh()
}

// show makes an attempt the one that is to be read, copied and pasted for.
func (d *consentDialog) show(a consent.Attempt) {
	d.attempt = a
	d.address.SetText(a.URL)
}

func (d *consentDialog) private() []PrivateBrowser {
	if d.w.deps.Consent.Private == nil {
		return nil
	}
	return d.w.deps.Consent.Private()
}

func (d *consentDialog) choice() core.ConsentChoice {
	c := d.w.choice(styles[d.style.Chosen()].style)
	c.LoginHint = d.expect.Text
	return c
}

// journey is the grant that belongs to this dialog, and where its news go.
func (d *consentDialog) journey(open consent.Browser) (context.Context, int, core.Grant) {
	d.stop()
	d.number++
	number := d.number
	ctx, cancel := context.WithCancel(d.w.ctx)
	d.cancel = cancel
	return ctx, number, core.Grant{
		Form: d.w.form.form(), Choice: d.choice(), SignInName: d.expect.Text, Open: open,
		Stage: func(s consent.Stage) { d.w.deps.Do(func() { d.stage(number, s) }) },
	}
}

func (d *consentDialog) grant(open consent.Browser) {
	ctx, number, g := d.journey(open)
	d.tell(words.L("Opening the browser…"))
	go func() {
		granted := d.w.deps.Consent.Grant(ctx, g)
		d.w.deps.Do(func() { d.granted(number, granted) })
	}()
}

func (d *consentDialog) readPasted() {
	if d.paste.Text == "" {
		return
	}
	text, attempt := d.paste.Text, d.attempt
	ctx, number, g := d.journey(nil)
	d.tell(words.L("Reading what you pasted, then testing the connection…"))
	go func() {
		granted := d.w.deps.Consent.Read(ctx, g, text, attempt)
		d.w.deps.Do(func() { d.granted(number, granted) })
	}()
}

// stage shows where the journey is.
func (d *consentDialog) stage(number int, s consent.Stage) {
	if number != d.number {
		return
	}
	d.show(s.Attempt) // with the port that the answer comes to
	switch s.Step {
	case consent.Opening:
		d.tell(words.F("Opening {{.Host}} …", words.V{"Host": s.Host}))
	case consent.Waiting:
		d.tell(words.F("Waiting for the answer of {{.Host}}. Finish in the browser; this window notices by itself.", words.V{"Host": s.Host}))
	case consent.CopyAddress:
		d.tell(words.L("No browser could be opened. Copy the address into one; the answer is waited for."))
	}
}

// granted shows what came of it.
func (d *consentDialog) granted(number int, g core.Granted) {
	if number != d.number {
		return
	}
	d.cancel = nil
	d.w.heardConsent(g.Outcome)
	switch g.Outcome.Ending {
	case consent.Consented:
		d.dialog.Close()
		d.w.consented(g)
	case consent.Canceled:
		d.tell("")
	default:
		d.tell(sentence(words.Said(g.Outcome.Summary)))
		if g.Outcome.Ending == consent.Failed {
			d.fail(g)
		}
	}
}

func (d *consentDialog) tell(text string) {
	d.state.SetColor(look.Ink)
	d.state.SetText(text)
	d.state.Hidden = text == ""
	d.dialog.Refresh()
}

func (d *consentDialog) fail(g core.Granted) {
	d.state.SetColor(look.Error)
	d.dialog.Refresh()
	if g.Report != nil {
		d.w.adopt(*g.Report)
	}
}

// stop ends the journey that is under way.
func (d *consentDialog) stop() {
	d.number++
	if d.cancel != nil {
		d.cancel()
		d.cancel = nil
	}
}

// heardConsent tells the guide what came of the journey.
func (w *Window) heardConsent(o consent.Outcome) {
	if g := w.answer.lists.guide; g != nil && o.Ending != consent.Canceled && o.Ending != consent.Paste {
		g.consent = &o
		w.answer.lists.learned()
	}
}

// consented shows the examination that followed the consent.
func (w *Window) consented(g core.Granted) {
	text := words.L("Consent was given.")
	if g.By.SignInName != "" {
		text = words.F("Consent was given by {{.Who}}.", words.V{"Who": g.By.SignInName})
	}
	w.say(text, widgets.Good)
	if g.Report != nil {
		w.adopt(*g.Report)
		return
	}
	w.test()
}
