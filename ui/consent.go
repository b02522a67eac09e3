package ui

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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
	slot    *fyne.Container // the card about the journey, empty before the first
	choices *fyne.Container // what is chosen before one, hidden while it is under way
	style   *widgets.Segmented
	about   *widgets.Text
	expect  *widgets.Entry
	refusal *fyne.Container // why there is no address
	reason  *widgets.Text
	address *widgets.Quote
	browse  *fyne.Container
	main    *widgets.Button // the first of them
	paste   *widgets.Field
	read    *widgets.Button

	attempt consent.Attempt
	run     consentRun
}

// styleChoice is one of the ways to consent, in words.
type styleChoice struct {
	style       consent.Style
	word, about words.Key
}

// styles are the choices, in the order of the control.
var styles = []styleChoice{
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
			w.visit(field)
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
	if d := w.consenting; d != nil && !d.run.waiting.active() {
		d.rebuild()
	}
}

// choice is what the window knows about the journey.
func (w *Window) choice(s consent.Style) core.ConsentChoice {
	c := core.ConsentChoice{Style: s, Voice: consent.Voice{Language: words.Current(), Say: words.Say}}
	c.TenantID = w.form.ownTenant()
	return c
}

func newConsentDialog(w *Window) *consentDialog {
	d := &consentDialog{w: w}
	d.slot = container.NewStack()
	d.slot.Hide()
	var captions []string
	for _, s := range styles {
		captions = append(captions, s.word.String())
	}
	first := slices.IndexFunc(styles, func(s styleChoice) bool { return s.style == w.startStyle() })
	d.style = widgets.NewSegmented(words.L("Who consents"), captions, func(int) { d.rebuild() })
	d.about = widgets.NewText("", widgets.Style{Color: look.Muted})
	d.expect = widgets.NewEntry(words.L("Who should sign in (optional)"))
	d.expect.SetPlaceHolder("application.user@contoso.onmicrosoft.com")
	d.expect.OnChanged = func(string) { d.rebuild() }
	d.choices = widgets.Column(look.Space,
		widgets.Column(look.Small, d.style, d.about),
		widgets.NewField(d.expect, words.L("If another user consents, you are warned: it is the most common mistake.")))
	d.reason = widgets.NewText("", widgets.Style{})
	d.refusal = widgets.TopRow(look.Small, d.reason, widgets.NewMark(widgets.Failed, 18), d.reason)
	d.address = widgets.NewQuote("")
	d.browse = widgets.Flow(look.Small, d.openers()...)
	d.paste = d.pasteField()
	d.read = widgets.NewButton(words.L("Read"), widgets.Secondary, d.readPasted)
	d.read.Name = words.L("Read what was pasted")

	body := widgets.Column(look.Space, d.slot, d.choices, d.refusal, d.address, d.browse, widgets.TopRow(look.Small, d.paste, d.paste, widgets.BelowLabel(d.read)))
	d.dialog = widgets.NewDialog(words.L("Open consent page"), body, widgets.Action{Text: words.L("Close")})
	d.dialog.Width = 620
	d.dialog.Hold = d.hold
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
	d.dialog.Open(d.w.win.Canvas(), firstStop(d.browse))
}

// firstStop is the first control in o that takes the focus, nil where there is
// none to be seen.
func firstStop(o fyne.CanvasObject) fyne.Focusable {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case fyne.Focusable:
		return o
	case *fyne.Container:
		for _, inside := range o.Objects {
			if stop := firstStop(inside); stop != nil {
				return stop
			}
		}
	}
	return nil
}

// openers are the ways to the page. They stay the same objects while the address
// changes, because one of them has the focus.
func (d *consentDialog) openers() []fyne.CanvasObject {
	d.main = widgets.NewButton(words.L("Open in the browser"), widgets.Primary, func() { d.grant(d.w.deps.Consent.Open) })
	d.main.Glyph, d.main.Trailing = look.Out, true
	openers := []fyne.CanvasObject{d.main}
	for _, b := range d.private() {
		openers = append(openers, widgets.NewButton(words.F("Private window: {{.Browser}}", words.V{"Browser": b.Name}), widgets.Secondary, func() { d.grant(b.Open) }))
	}
	link := widgets.NewCopyButton(d.w.desk, words.L("Copy address"), words.L("the consent address"), func() string { return d.attempt.URL })
	link.Scale = widgets.Normal
	return append(openers, link.Button)
}

// pasteField takes what they see when nothing comes back.
func (d *consentDialog) pasteField() *widgets.Field {
	entry := widgets.NewTextEntry(words.L("Paste what you see"), 3)
	entry.SetPlaceHolder(words.L("the address or the text of the page"))
	entry.OnSubmitted = func(string) { d.readPasted() }
	entry.OnChanged = func(string) { d.pasteProblem("") }
	return widgets.NewField(entry, words.L("When the page does not come back here: an error page, or a redirect to somewhere else."))
}

// rebuild shows the address for what is chosen now.
func (d *consentDialog) rebuild() {
	s := styles[d.style.Chosen()]
	d.about.SetText(s.about.String())
	attempt, err := d.w.deps.Consent.URL(d.w.form.form(), d.choice())
	d.refusal.Hidden, d.address.Hidden, d.browse.Hidden = err == nil, err != nil, err != nil
	if err != nil {
		d.reason.SetText(words.Error(err))
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
