package overview

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	uitheme "github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// many is a store of 500 connections that were examined.
type many struct {
	session.Store
	list     []profile.Profile
	outcomes []profile.Outcome
}

func newMany(now time.Time) *many {
	m := &many{}
	causes := []catalog.Cause{"", "", "", catalog.SecretExpired, catalog.AppUserMissing, ""}
	for i := range 500 {
		stage := []string{"DEV", "TEST", "UAT", "PROD", "Sales"}[i%5]
		p := profile.Profile{
			Name: fmt.Sprintf("Contoso %03d %s", i, stage), Environment: fmt.Sprintf("https://contoso-%03d.crm4.dynamics.com", i),
			ClientID: fmt.Sprintf("2015d711-8a4f-4d3c-9b2e-0f1a2b3c4%03d", i), Ends: now.AddDate(0, 0, i%200),
		}
		m.list = append(m.list, p)
		cause := causes[i%len(causes)]
		m.outcomes = append(m.outcomes, profile.Outcome{At: now, Healthy: cause == "", Cause: string(cause), User: "S2S Integration"}.About(p))
	}
	return m
}

func (m *many) List(context.Context) ([]profile.Profile, error) { return m.list, nil }
func (m *many) Outcomes(context.Context) []profile.Outcome      { return m.outcomes }

// loop runs the pending functions when the test asks for it.
type loop struct{ waiting chan func() }

func (l loop) Do(f func())                               { l.waiting <- f }
func (loop) Later(time.Duration, func()) (cancel func()) { return func() {} }
func (loop) Now() time.Time                              { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }

// show shows 500 connections in a window.
func show(tb testing.TB) (*Screen, *session.Session, fyne.Window) {
	tb.Helper()
	app := test.NewTempApp(tb)
	app.Settings().SetTheme(uitheme.New(uitheme.Light))
	l := loop{make(chan func(), 100)}
	s := session.New(session.Deps{Scheduler: l, Doctor: core.Doctor{}, Store: newMany(l.Now()), Describe: func(r *session.OverviewRow) (verdict, rest string) { return Describe(r, l.Now()) }})
	tb.Cleanup(s.Close)
	w := test.NewTempWindow(tb, nil)
	w.SetPadded(false)
	env := Env{Env: kit.Env{Later: l.Later}, Canvas: w.Canvas(), Do: l.Do, Now: l.Now, Width: 1360}
	screen := New(s, env)
	w.SetContent(screen.Object)
	w.Resize(fyne.NewSize(1600, 1000))
	s.OpenOverview()
	for !s.Idle() {
		(<-l.waiting)()
	}
	w.Canvas().Capture()
	return screen, s, w
}

// BenchmarkOverview measures how long a user of 500 connections waits for a step of the
// wheel, a typed letter, and another order. It measures the time on the window's
// goroutine, including layout and excluding drawing, which the graphics driver does.
func BenchmarkOverview(b *testing.B) {
	for _, c := range []struct {
		name string
		do   func(s *Screen, n int)
	}{
		{"wheel", func(s *Screen, n int) { s.rows.Scroll(float32(60 - 120*(n/200%2))) }},
		{"lead", func(s *Screen, n int) { s.rows.Step(10 - 20*(n/40%2)) }},
		{"type", func(s *Screen, n int) { s.search.SetQuery("contoso 04 uat"[:1+n%14]) }},
		{"sort", func(s *Screen, n int) { s.commands.SortOverview(session.OverviewSorts[n%3]) }},
		{"group", func(s *Screen, n int) { s.commands.GroupOverview(session.Groupings[n%2]) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			screen, _, _ := show(b)
			var times []time.Duration
			for n := 0; b.Loop(); n++ {
				began := time.Now()
				c.do(screen, n)
				times = append(times, time.Since(began))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)-1].Microseconds())/1000, "worst-ms")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
