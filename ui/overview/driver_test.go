package overview

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	uitheme "github.com/s2sdoctor/s2sdoctor/ui/theme"
)

var today = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// driver is the screen in a window. It plays the session: the test hands it states, and
// it remembers the commands.
type driver struct {
	*uitest.Window
	screen   *Screen
	state    session.State
	observer func(session.State)
	asked    []string
	calendar string
	problems map[connection.Field]text.Text // with what is typed next
	told     string
}

func open(t *testing.T, lines ...session.OverviewLine) *driver {
	t.Helper()
	d := &driver{}
	uitest.NewApp(t).Settings().SetTheme(uitheme.New(uitheme.Light))
	w := test.NewWindow(container.NewStack())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 700))
	d.screen = New(d, Env{
		Env: kit.Env{
			Open: func(url string) { d.ask("open " + url) }, Copy: func(text string) { d.ask("copy " + text) },
			Later: func(time.Duration, func()) func() { return func() {} },
		},
		Canvas: w.Canvas(), Do: func(f func()) { f() }, Now: func() time.Time { return today }, Width: 1360, Rotates: true,
		ChooseCertificate: func(use func(string)) { use("/home/ana/new.pfx") },
		ChooseFolder:      func(_ string, use func(string)) { use("/home/ana") },
		Tell:              func(message string, _ kit.Tone) { d.told = message },
	})
	content := container.NewStack(d.screen.Object)
	w.SetContent(content)
	d.Window = &uitest.Window{T: t, Canvas: w.Canvas(), Content: content}
	d.state.Overview = session.Overview{Open: true, Lines: lines, Tally: session.Tally{All: len(lines), Unknown: len(lines)}}
	d.draw()
	d.screen.Focus()
	return d
}

func (d *driver) draw() {
	d.observer(d.state)
	d.Content.Refresh()
}

func (d *driver) ask(what string) { d.asked = append(d.asked, what) }

// wantAsked fails unless the screen has asked for something, and forgets it.
func (d *driver) wantAsked(want ...string) {
	d.T.Helper()
	if !slices.Equal(d.asked, want) {
		d.T.Errorf("it asked for %q, want %q", d.asked, want)
	}
	d.asked = nil
}

func (d *driver) wantShown(want ...string) {
	d.T.Helper()
	outline := d.Outline()
	for _, line := range want {
		if !strings.Contains(outline, line) {
			d.T.Errorf("it does not show %s:\n%s", line, outline)
		}
	}
}

// choose takes an item of the menu of the leading row.
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

// ending is a connection with a secret that ends in so many days.
func ending(name string, days int) session.OverviewLine {
	return session.OverviewLine{Row: &session.OverviewRow{
		Name: name, Host: "contoso.crm4.dynamics.com", Kind: connection.SecretKind,
		Lifetime: lifetime.Lifetime{Kind: connection.SecretKind, Source: lifetime.Typed, Ends: today.AddDate(0, 0, days)},
	}}
}

// shared is the heading of connections that share a credential.
func shared(kind connection.Kind, names ...string) session.OverviewLine {
	return session.OverviewLine{Heading: &session.OverviewHeading{Grouping: session.ByCredential, Kind: kind, Names: names}}
}

func (d *driver) State() session.State              { return d.state }
func (d *driver) Observe(f func(session.State))     { d.observer = f; f(d.state) }
func (d *driver) OpenFromOverview(name string)      { d.ask("open " + name) }
func (d *driver) CloseOverview()                    { d.ask("close") }
func (d *driver) FindInOverview(query string)       { d.ask("find " + query) }
func (d *driver) SortOverview(session.OverviewSort) { d.ask("sort") }
func (d *driver) GroupOverview(session.Grouping)    { d.ask("group") }
func (d *driver) TestAll()                          { d.ask("test all") }
func (d *driver) TestThese(names []string)          { d.ask("test " + strings.Join(names, ", ")) }

func (d *driver) CancelAll() bool {
	if d.state.Overview.Run.Active {
		d.ask("cancel")
	}
	return d.state.Overview.Run.Active
}

func (d *driver) SetLabel(names []string, label profile.Label) {
	d.ask("label " + strings.Join(names, ", ") + " " + string(label))
}

func (d *driver) AskEnds(names []string)  { d.ask("when ends " + strings.Join(names, ", ")) }
func (d *driver) AnswerEnds(typed string) { d.ask("ends " + typed) }
func (d *driver) CloseEnds()              { d.ask("close the question") }

func (d *driver) Calendar() string { return d.calendar }

func (d *driver) SaveText(folder, name, content string, saved func(), _ func(text.Text)) {
	d.ask("save " + folder + "/" + name + " " + content)
	saved()
}

func (d *driver) OpenReplacement(names []string) { d.ask("replace " + strings.Join(names, ", ")) }

func (d *driver) Replace(typed session.TypedCredential) {
	d.ask("replace with " + typed.CertificateFile + typed.Secret.String() + " " + typed.Ends)
	d.state.Replacement.Problems = d.problems
	d.draw()
}

func (d *driver) StopReplacement() bool {
	if d.state.Replacement.Active {
		d.ask("stop replacing")
	}
	return d.state.Replacement.Active
}
func (d *driver) CloseReplacement()        { d.ask("close the replacement") }
func (d *driver) OpenRotation(name string) { d.ask("rotate " + name) }
func (d *driver) Rotate()                  { d.ask("go on") }
func (d *driver) AbandonRotation()         { d.ask("take it back") }

func (d *driver) StopRotation() bool {
	if d.state.Rotation.Active {
		d.ask("stop the rotation")
	}
	return d.state.Rotation.Active
}
func (d *driver) CloseRotation() { d.ask("close the rotation") }
