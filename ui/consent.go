package ui

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// consentDialog takes a person to Microsoft's consent page: it shows the address
// before it opens, waits, and takes what they see when nothing comes back.
type consentDialog struct {
	w       *Window
	dialog  *kit.Dialog
	slot    *fyne.Container // the card about the journey, empty before the first
	choices *fyne.Container // what is chosen before one, hidden while it is under way
	style   *kit.Segmented
	about   *kit.Text
	expect  *kit.Entry
	refusal *fyne.Container // why there is no address
	reason  *kit.Text
	address *kit.CodeBlock
	browse  *fyne.Container
	main    *kit.Button // the first of them
	paste   *kit.Field
	read    *kit.Button

	attempt consent.Attempt
	run     consentRun
}

// styleChoice is one of the ways to consent, in words.
type styleChoice struct {
	style       consent.Style
	word, about i18n.Key
}

// styles are the choices, in the order of the control.
var styles = []styleChoice{
	{consent.V2, i18n.Key("For me"), i18n.Key("One person signs in and agrees for themselves. Microsoft's present style (v2, with PKCE).")},
	{consent.AdminConsent, i18n.Key("For everybody"), i18n.Key("An administrator agrees once for the whole tenant. Right for an application that comes from another tenant.")},
	{consent.Authorize, i18n.Key("As in the article"), i18n.Key("The address of the 2017 guide (v1): signed in, privately, as the application user.")},
}

// openConsent shows the dialog, or the field that the address cannot do without.
func (w *Window) openConsent() {
	if w.deps.Consent == nil || w.examination().Active {
		return
	}
	if _, err := w.deps.Consent.URL(w.session.State().Form.Used(), w.choice(consent.V2)); err != nil {
		w.showRequestError(err)
		return
	}
	newConsentDialog(w).open()
}

// showRequestError shows why no address can be built, at its field.
func (w *Window) showRequestError(err error) {
	var request *consent.RequestError
	if errors.As(err, &request) {
		w.session.Blame(request.Field, request.Summary)
		return
	}
	w.say(i18n.Error(err), kit.Bad)
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
func (w *Window) discovered(now session.Discovery) {
	known := now.Known && !w.discovery.Known
	w.discovery = now
	if d := w.consenting; known && d != nil && !d.run.waiting.active() {
		d.rebuild()
	}
}

// choice is what the window knows about the journey.
func (w *Window) choice(s consent.Style) core.ConsentChoice {
	c := core.ConsentChoice{Style: s, Voice: consent.Voice{Language: i18n.Current(), Say: i18n.Say}}
	c.TenantID = w.session.State().Form.Tenant
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
	d.style = kit.NewSegmented(i18n.L("Who consents"), captions, func(int) { d.rebuild() })
	d.about = kit.NewText("", kit.Style{Color: theme.Muted})
	d.expect = kit.NewEntry(i18n.L("Who should sign in (optional)"))
	d.expect.SetPlaceHolder("application.user@contoso.onmicrosoft.com")
	d.expect.OnChanged = func(string) { d.rebuild() }
	d.choices = layout.Column(theme.Space,
		layout.Column(theme.Small, d.style, d.about),
		kit.NewField(d.expect, i18n.L("If another user consents, you are warned: it is the most common mistake.")))
	d.reason = kit.NewText("", kit.Style{})
	d.refusal = layout.TopRow(theme.Small, d.reason, kit.NewStatusIcon(kit.Failed, 18), d.reason)
	d.address = kit.NewCodeBlock("")
	d.browse = layout.Flow(theme.Small, d.openers()...)
	d.paste = d.pasteField()
	d.read = kit.NewButton(i18n.L("Read"), kit.Secondary, d.readPasted)
	d.read.Name = i18n.L("Read what was pasted")

	body := layout.Column(theme.Space, d.slot, d.choices, d.refusal, d.address, d.browse, layout.TopRow(theme.Small, d.paste, d.paste, kit.BelowLabel(d.read)))
	d.dialog = kit.NewDialog(i18n.L("Open consent page"), body, kit.Action{Text: i18n.L("Close")})
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
	d.w.session.DiscoverNow()
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
	d.main = kit.NewButton(i18n.L("Open in the browser"), kit.Primary, func() { d.grant(d.w.deps.Consent.Open) })
	d.main.Glyph, d.main.Trailing = theme.Out, true
	openers := []fyne.CanvasObject{d.main}
	for _, b := range d.private() {
		openers = append(openers, kit.NewButton(i18n.F("Private window: {{.Browser}}", i18n.V{"Browser": b.Name}), kit.Secondary, func() { d.grant(b.Open) }))
	}
	link := kit.NewCopyButton(d.w.desk, i18n.L("Copy address"), i18n.L("the consent address"), func() string { return d.attempt.URL })
	link.Scale = kit.Normal
	return append(openers, link.Button)
}

// pasteField takes what they see when nothing comes back.
func (d *consentDialog) pasteField() *kit.Field {
	entry := kit.NewTextEntry(i18n.L("Paste what you see"), 3)
	entry.SetPlaceHolder(i18n.L("the address or the text of the page"))
	entry.OnSubmitted = func(string) { d.readPasted() }
	entry.OnChanged = func(string) { d.pasteProblem("") }
	return kit.NewField(entry, i18n.L("When the page does not come back here: an error page, or a redirect to somewhere else."))
}

// rebuild shows the address for what is chosen now.
func (d *consentDialog) rebuild() {
	s := styles[d.style.Chosen()]
	d.about.SetText(s.about.String())
	attempt, err := d.w.deps.Consent.URL(d.w.session.State().Form.Used(), d.choice())
	d.refusal.Hidden, d.address.Hidden, d.browse.Hidden = err == nil, err != nil, err != nil
	if err != nil {
		d.reason.SetText(i18n.Error(err))
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
