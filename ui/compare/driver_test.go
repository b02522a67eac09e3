package compare

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core/drift"
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
	told     string
}

// open shows the screen with the sides that have names.
func open(t *testing.T, names ...string) *driver {
	t.Helper()
	d := &driver{Window: uitest.Open(t, 1000, 700)}
	d.screen = New(d, Env{
		Env:    kit.Env{Copy: func(text string) { d.Ask("copy " + text) }, Later: func(time.Duration, func()) func() { return func() {} }},
		Canvas: d.Canvas, Do: func(f func()) { f() }, Now: func() time.Time { return today }, Width: 1360,
		ChooseFile: func(use func(string)) { use("/home/ana/earlier.json") },
		Share:      func() { d.Ask("share") },
		Tell:       func(message string, _ kit.Tone) { d.told = message },
	})
	d.Show(d.screen.Object)
	d.state.Comparison = session.Comparison{Open: true}
	for i, name := range names {
		d.state.Comparison.Sides[i] = session.ComparedSide{Of: session.Compared{Connection: name}, Title: text.Raw(name)}
	}
	d.draw()
	return d
}

func (d *driver) draw() {
	d.observer(d.state)
	d.Content.Refresh()
}

// compared shows the result of two snapshots.
func (d *driver) compared(a, b drift.Snapshot) {
	d.state.Comparison.Result = session.NewComparisonResult(a, b)
	d.state.Comparison.Areas = d.state.Comparison.Result.Areas
	for i := range d.state.Comparison.Sides {
		d.state.Comparison.Sides[i].Phase, d.state.Comparison.Sides[i].Health = session.SideDone, session.HealthHealthy
	}
	d.draw()
}

// uat returns a snapshot with additional privileges.
func uat(privileges int) drift.Snapshot {
	s := drift.Snapshot{
		Version: 1, Name: "Contoso UAT", Taken: today, Healthy: true, ServerVersion: "9.2.1", User: &drift.User{ID: "1"},
		Roles: []drift.Role{{Name: "Sales"}}, Privileges: map[string]string{"prvReadAccount": "Global"},
	}
	for i := range privileges {
		s.Privileges[fmt.Sprintf("prvRead%04d", i)] = "Basic"
	}
	return s
}

// rows returns the rows of the list as assistive technology reads them.
func (d *driver) rows() (rows []string) {
	for _, l := range d.screen.lines {
		rows = append(rows, l.spoken())
	}
	return rows
}

// lead moves the lead to the row that begins with a text.
func (d *driver) lead(begin string) {
	d.T.Helper()
	for i, l := range d.screen.lines {
		if strings.HasPrefix(l.spoken(), begin) {
			d.screen.rows.Focus()
			d.screen.rows.SetLead(i)
			return
		}
	}
	d.T.Fatalf("no line is %q: %q", begin, d.rows())
}

func (d *driver) tap(side int) { test.Tap(d.screen.sides[side].choice) }

func (d *driver) Observe(f func(session.State)) { d.observer = f; f(d.state) }

func (d *driver) ComparisonChoices(query string) (list []session.ComparisonChoice) {
	for _, name := range []string{"Contoso DEV", "Contoso PROD", "Contoso UAT"} {
		if strings.Contains(strings.ToLower(name), query) {
			list = append(list, session.ComparisonChoice{Of: session.Compared{Connection: name}, Title: text.Raw(name), Detail: text.Raw("crm4.dynamics.com")})
		}
	}
	return list
}

func (d *driver) ChooseSide(side int, of session.Compared) {
	d.Ask(fmt.Sprintf("side %d %s%s", side, of.Connection, of.File))
	d.state.Comparison.Sides[side] = session.ComparedSide{Of: of, Title: text.Raw(of.Connection + of.File)}
	d.draw()
}

func (d *driver) FindInComparison(query string) {
	if d.state.Comparison.Result != nil && query != d.state.Comparison.Query {
		d.Ask("find " + query)
	}
}

func (d *driver) Compare()         { d.Ask("compare") }
func (d *driver) CloseComparison() { d.Ask("close") }

func (d *driver) CancelComparison() bool {
	if d.state.Comparison.Active {
		d.Ask("cancel")
	}
	return d.state.Comparison.Active
}
