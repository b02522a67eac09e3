package overview

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

var today = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// driver is the screen in a window, and plays the session: the test passes states to it,
// and it records the commands.
type driver struct {
	*uitest.Window
	screen   *Screen
	state    session.State
	observer func(session.State)
	calendar string
	problems map[connection.Field]text.Text // of the next text that is typed
	told     string
}

func open(t *testing.T, lines ...session.OverviewLine) *driver {
	t.Helper()
	d := &driver{Window: uitest.Open(t, 1000, 700)}
	d.screen = New(d, Env{
		Env: kit.Env{
			Open: func(url string) { d.Ask("open " + url) }, Copy: func(text string) { d.Ask("copy " + text) },
			Later: func(time.Duration, func()) func() { return func() {} },
		},
		Canvas: d.Canvas, Do: func(f func()) { f() }, Now: func() time.Time { return today }, Width: 1360, Rotates: true,
		ChooseCertificate: func(use func(string)) { use("/home/ana/new.pfx") },
		ChooseFolder:      func(_ string, use func(string)) { use("/home/ana") },
		Tell:              func(message string, _ kit.Tone) { d.told = message },
	})
	d.Show(d.screen.Object)
	d.state.Overview = session.Overview{Open: true, Lines: lines, Tally: session.Tally{All: len(lines), Unknown: len(lines)}}
	d.draw()
	d.screen.Focus()
	return d
}

func (d *driver) draw() {
	d.observer(d.state)
	d.Content.Refresh()
}

// choose chooses an item in the menu of the leading row.
func (d *driver) choose(label string, inside ...string) {
	d.T.Helper()
	items := d.screen.menu(d.screen.rows.Lead()).Items
	for _, want := range append([]string{label}, inside...) {
		i := slices.IndexFunc(items, func(item *fyne.MenuItem) bool { return item.Label == want })
		if i < 0 {
			d.T.Fatalf("the menu has no %q", want)
		}
		if items[i].ChildMenu == nil {
			items[i].Action()
			return
		}
		items = items[i].ChildMenu.Items
	}
}

// ending returns a connection with a secret that expires in a number of days.
func ending(name string, days int) session.OverviewLine {
	return session.OverviewLine{Row: &session.OverviewRow{
		Name: name, Host: "contoso.crm4.dynamics.com", Kind: connection.SecretKind,
		Lifetime: lifetime.Lifetime{Kind: connection.SecretKind, Source: lifetime.Typed, Ends: today.AddDate(0, 0, days)},
	}}
}

// shared returns the heading of connections that share a credential.
func shared(kind connection.Kind, names ...string) session.OverviewLine {
	return session.OverviewLine{Heading: &session.OverviewHeading{Grouping: session.ByCredential, Kind: kind, Names: names}}
}

func (d *driver) State() session.State              { return d.state }
func (d *driver) Observe(f func(session.State))     { d.observer = f; f(d.state) }
func (d *driver) OpenFromOverview(name string)      { d.Ask("open " + name) }
func (d *driver) CloseOverview()                    { d.Ask("close") }
func (d *driver) OpenComparison(names ...string)    { d.Ask("compare " + strings.Join(names, ", ")) }
func (d *driver) FindInOverview(query string)       { d.Ask("find " + query) }
func (d *driver) SortOverview(session.OverviewSort) { d.Ask("sort") }
func (d *driver) GroupOverview(session.Grouping)    { d.Ask("group") }
func (d *driver) TestAll()                          { d.Ask("test all") }
func (d *driver) TestThese(names []string)          { d.Ask("test " + strings.Join(names, ", ")) }

func (d *driver) CancelAll() bool {
	if d.state.Overview.Run.Active {
		d.Ask("cancel")
	}
	return d.state.Overview.Run.Active
}

func (d *driver) SetLabel(names []string, label profile.Label) {
	d.Ask("label " + strings.Join(names, ", ") + " " + string(label))
}

func (d *driver) AskEnds(names []string)  { d.Ask("when ends " + strings.Join(names, ", ")) }
func (d *driver) AnswerEnds(typed string) { d.Ask("ends " + typed) }
func (d *driver) CloseEnds()              { d.Ask("close the question") }

func (d *driver) Calendar() string { return d.calendar }

func (d *driver) SaveText(folder, name, content string, saved func(), _ func(text.Text)) {
	d.Ask("save " + folder + "/" + name + " " + content)
	saved()
}

func (d *driver) OpenReplacement(names []string) { d.Ask("replace " + strings.Join(names, ", ")) }

func (d *driver) Replace(typed session.TypedCredential) {
	d.Ask("replace with " + typed.CertificateFile + typed.Secret.String() + " " + typed.Ends)
	d.state.Replacement.Problems = d.problems
	d.draw()
}

func (d *driver) StopReplacement() bool {
	if d.state.Replacement.Active {
		d.Ask("stop replacing")
	}
	return d.state.Replacement.Active
}
func (d *driver) CloseReplacement()        { d.Ask("close the replacement") }
func (d *driver) OpenRotation(name string) { d.Ask("rotate " + name) }
func (d *driver) Rotate()                  { d.Ask("go on") }
func (d *driver) AbandonRotation()         { d.Ask("take it back") }

func (d *driver) StopRotation() bool {
	if d.state.Rotation.Active {
		d.Ask("stop the rotation")
	}
	return d.state.Rotation.Active
}
func (d *driver) CloseRotation() { d.Ask("close the rotation") }
