package setup

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// drawCard shows the card at the top.
func (d *dialog) drawCard(u, before session.Setup) {
	if d.begun && u.Phase == before.Phase && u.Failure == before.Failure && u.Report == before.Report {
		switch {
		case d.running != nil:
			d.running.show(u)
		case d.obstacle != nil:
			d.sayObstacle(u)
		}
		return
	}
	d.running, d.obstacle, d.first = nil, nil, nil
	switch {
	case u.Failure != nil:
		d.put(d.failedCard(u))
	case u.Phase == session.SetupChoosing:
		d.put(introCard(u))
	case u.Phase == session.SetupPlanned:
		d.put(d.plannedCard(u))
	case u.Phase == session.SetupDone:
		d.put(d.doneCard(u))
	case u.Phase == session.SetupUndone:
		d.put(kit.NewBandCard(kit.Info, band(kit.Passed, i18n.L("Everything is taken back"), i18n.L("The tenant and the environment are as they were before.")), nil))
	default:
		d.running = newRunningCard(u)
		d.put(d.running.object)
	}
}

func (d *dialog) put(card fyne.CanvasObject) { d.slot.Objects = []fyne.CanvasObject{card} }

// band is a small band: an icon, a title, and lines below.
func band(s kit.Status, title string, below ...string) *fyne.Container {
	lines := layout.Column(theme.Tight, kit.NewText(title, kit.Style{Bold: true}))
	for _, line := range below {
		if line != "" {
			lines.Add(kit.NewText(line, kit.Style{Color: theme.Muted}))
		}
	}
	return layout.Inset(theme.Space, theme.Near, layout.TopRow(theme.Near, lines, kit.NewStatusIcon(s, 22), lines))
}

// introCard is the card before the sign-in.
func introCard(u session.Setup) fyne.CanvasObject {
	more := ""
	if u.Begun {
		more = i18n.L("A set-up of this connection was begun before: it goes on where it stopped, or can be taken back.")
	}
	return kit.NewBandCard(kit.Info, band(kit.Manual, i18n.L("An administrator signs in"),
		i18n.L("Their access is kept in memory until this closes. First everything is read; nothing is changed before you have seen it here."), more), nil)
}

// plannedCard is the card of a plan that was read: who is signed in, and what to do next.
func (d *dialog) plannedCard(u session.Setup) fyne.CanvasObject {
	d.obstacle = kit.NewText("", kit.Style{Color: theme.Muted})
	lines := layout.Column(theme.Tight, kit.NewText(i18n.F("Signed in as {{.Who}}", i18n.V{"Who": u.Account}), kit.Style{Bold: true}), d.obstacle)
	d.two = layout.InsetSides(0, theme.Tight, 0, 0, layout.Flow(theme.Small, d.twoButtons(u)...))
	lines.Add(d.two)
	d.sayObstacle(u)
	return kit.NewBandCard(kit.Info, layout.Inset(theme.Space, theme.Near, layout.TopRow(theme.Near, lines, kit.NewStatusIcon(kit.Passed, 22), lines)), nil)
}

// twoButtons returns the buttons that sign in a different administrator for each half.
func (d *dialog) twoButtons(u session.Setup) []fyne.CanvasObject {
	two := d.screen.commands.SignInTwoSetup
	buttons := []fyne.CanvasObject{kit.NewButton(i18n.L("Two administrators sign in"), kit.Secondary, func() { two(admin.ByBrowser) })}
	if u.AzureCLI {
		buttons = append(buttons, kit.NewButton(i18n.L("Two administrators, the environment's with the Azure CLI"), kit.Secondary, func() { two(admin.ByAzureCLI) }))
	}
	return buttons
}

func (d *dialog) sayObstacle(u session.Setup) {
	layout.SetVisible(d.two, u.NeedsTwo())
	switch why := u.SetupObstacle(); {
	case u.ConsentReady():
		d.obstacle.SetText(consentLeft())
	case !why.Empty():
		d.obstacle.SetText(i18n.Text(why))
	case u.Plan.Complete:
		d.obstacle.SetText(i18n.L("Nothing is left to do."))
	default:
		d.obstacle.SetText(i18n.L("This is what will be changed. Untick what is not to be done, then choose Make these changes."))
	}
}

// failedCard is the card of a failure: why the work stopped, and the ways out.
func (d *dialog) failedCard(u session.Setup) fyne.CanvasObject {
	f := u.Failure
	body := layout.Column(theme.Near)
	if f.Code != "" {
		body.Add(kit.FactLine(d.screen.env.Env, i18n.L("Code"), f.Code, true))
	}
	if ways := d.ways(u); len(ways) > 0 {
		d.first = ways[0].(fyne.Focusable)
		body.Add(layout.Flow(theme.Small, ways...))
	}
	head := finding.Headline(kit.Failed, i18n.Text(f.Title), i18n.Text(f.Summary.Sentence()))
	if len(body.Objects) == 0 {
		return kit.NewBandCard(kit.Bad, head, nil)
	}
	return kit.NewBandCard(kit.Bad, head, finding.CardBody(body))
}

// ways returns the buttons for the ways out of a failure.
func (d *dialog) ways(u session.Setup) []fyne.CanvasObject {
	var ways []fyne.CanvasObject
	add := func(way admin.Way, do func()) *kit.Button {
		b := kit.NewButton(i18n.Text(way.Title()), kit.Secondary, do)
		ways = append(ways, b)
		return b
	}
	if u.NeedsTwo() {
		ways = append(ways, d.twoButtons(u)...)
	}
	for _, way := range u.Ways() {
		switch way {
		case admin.ByOwnClient:
			add(way, d.signIn.showClient)
		case admin.ByConsent:
			open(add(way, func() { d.screen.env.Open(u.Consents) }))
		case admin.ByAllowList:
			open(add(way, func() { d.screen.env.Open(environments) }))
		case admin.ByScript:
			add(way, d.hand.show)
		default:
			add(way, func() { d.screen.commands.TrySetup(way) })
		}
	}
	return ways
}

// environments is the page on which an environment lists the programs it allows.
//
// Source: learn.microsoft.com/power-platform/admin/control-client-app-access.
const environments = "https://admin.powerplatform.microsoft.com/manage/environments"

func open(b *kit.Button) { b.Glyph, b.Trailing = theme.Out, true }

// consentLeft is the line about a set-up that waits for the application user's consent.
func consentLeft() string {
	return i18n.L("Consent is left: the application user signs in on Microsoft's page, and not the administrator.")
}

// doneCard is the card at the end: WhoAmI, or what the test found.
func (d *dialog) doneCard(u session.Setup) fyne.CanvasObject {
	saved := ""
	if u.Saved != "" {
		saved = i18n.F("Saved as “{{.Name}}”.", i18n.V{"Name": u.Saved})
	}
	consent := ""
	if u.ConsentReady() {
		consent = consentLeft()
	}
	r := u.Report
	switch {
	case r == nil:
		return kit.NewBandCard(kit.Info, band(kit.Passed, i18n.L("The ticked steps are done"), i18n.L("The connection was not tested, because other steps are left."), saved, consent), nil)
	case r.WhoAmI == nil:
		root, _ := r.Root()
		title := i18n.Text(r.Connection.CauseTitle(root))
		return kit.NewBandCard(kit.Bad, finding.Headline(kit.Failed, title, kit.Sentences(i18n.Text(root.Summary.Sentence()), saved, consent)), nil)
	}
	facts := layout.Column(theme.Hair)
	for _, f := range [][2]string{
		{"UserId", r.WhoAmI.UserID}, {"BusinessUnitId", r.WhoAmI.BusinessUnitID}, {"OrganizationId", r.WhoAmI.OrganizationID},
	} {
		facts.Add(kit.FactLine(d.screen.env.Env, f[0], f[1], true))
	}
	return kit.NewBandCard(kit.Good, finding.Headline(kit.Passed, i18n.L("Connected"), kit.Sentences(i18n.L("The connection is set up, and WhoAmI answers."), saved, consent)), finding.CardBody(facts))
}

// runningCard shows what is under way. It is changed in place.
type runningCard struct {
	object              *kit.Card
	mark                *kit.StatusIcon
	title, doing, clock *kit.Text
	bar                 *kit.Progress
}

func newRunningCard(u session.Setup) *runningCard {
	c := &runningCard{mark: kit.NewStatusIcon(kit.Running, 22), bar: kit.NewProgress()}
	c.title = kit.NewText("", kit.Style{Bold: true})
	c.clock = kit.NewText("", kit.Style{Fixed: true})
	c.doing = kit.NewText("", kit.Style{Color: theme.Muted})
	lines := layout.Column(theme.Tight, layout.Row(theme.Near, c.title, c.title, c.clock), c.doing, c.bar)
	c.object = kit.NewBandCard(kit.Info, layout.Inset(theme.Space, theme.Near, layout.TopRow(theme.Near, lines, c.mark, lines)), nil)
	c.show(u)
	return c
}

// show shows the phase.
func (c *runningCard) show(u session.Setup) {
	waiting := i18n.F("Waiting for the sign-in at {{.Host}}", i18n.V{"Host": u.Host})
	c.mark.Set(kit.Running)
	layout.SetVisible(c.bar, false)
	switch u.Phase {
	case session.SetupBrowser:
		c.say(i18n.L("Opening the browser…"), turn(u))
	case session.SetupWaiting:
		c.say(waiting, kit.Sentences(turn(u), calls(u.Client), i18n.L("Finish in the browser; this window continues automatically.")))
	case session.SetupCopy:
		c.mark.Set(kit.Warned)
		c.say(waiting, kit.Sentences(turn(u), i18n.L("No browser could be opened. Copy the address into one; the answer is waited for.")))
	case session.SetupCode:
		c.say(i18n.F("Waiting for the code at {{.Host}}", i18n.V{"Host": u.Host}), kit.Sentences(turn(u), calls(u.Client), i18n.L("Open the page on any device, sign in and type the code; this window continues automatically.")))
	case session.SetupReading:
		c.say(i18n.L("Reading what is there…"), i18n.L("The registration, the application user and the roles. Nothing is changed."))
	case session.SetupApplying:
		c.working(i18n.L("Setting it up…"), u)
	case session.SetupUndoing:
		c.working(i18n.L("Taking it back…"), u)
	}
	c.left(u)
}

// turn returns the line about which of two administrators signs in, or "".
func turn(u session.Setup) string {
	switch u.Turn {
	case session.EntraAdministrator:
		return i18n.L("Now the administrator of Microsoft Entra signs in.")
	case session.EnvironmentAdministrator:
		return i18n.L("Now the administrator of the environment signs in.")
	}
	return ""
}

func (c *runningCard) say(title, doing string) {
	c.title.SetText(title)
	c.doing.SetText(doing)
	layout.SetVisible(c.doing, doing != "")
}

// working shows the step that is under way.
func (c *runningCard) working(title string, u session.Setup) {
	layout.SetVisible(c.bar, u.Phase == session.SetupApplying)
	c.bar.Set(u.Count())
	step := u.Plan.Step(u.Step)
	doing := i18n.Text(step.Title)
	if note := i18n.Text(u.Note); note != "" {
		doing = kit.Sentences(doing+":", note)
	}
	c.say(title, doing)
}

// left shows how long the sign-in page is still waited for.
func (c *runningCard) left(u session.Setup) {
	layout.SetVisible(c.clock, !u.Deadline.IsZero())
	if !u.Deadline.IsZero() {
		c.clock.SetText(kit.TimeLeft(u.Time))
	}
}
