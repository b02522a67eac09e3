package ui

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

const echoedSecret = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"

// TestNoEchoInTheWindow guards that the window shows nothing that a service echoes, at
// any place and in any spelling: its texts, their accessible names, its title, its
// messages, what it copies, and the files that it saves. Each place echoes the secret,
// and the token if it received one, in some of the spellings; every spelling is echoed at
// several places.
func TestNoEchoInTheWindow(t *testing.T) {
	race.Skip(t, "hundreds of reports through one window, which differ in texts alone")
	const together = 5
	token := smuggle.Token(nil)
	w := newWatch(newStage(t, Options{}, savesFiles), echoedSecret, token)
	form := connection.Form{Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, Secret: secret.New(echoedSecret)}
	spelled := map[string]int{}
	for i, place := range smuggle.Places {
		var echo strings.Builder
		for j := range together {
			spelling := smuggle.Spellings[(i*together+j)%len(smuggle.Spellings)]
			spelled[spelling.Name]++
			echo.WriteString(" " + spelling.Write(echoedSecret) + " ")
			if place.CarriesToken() {
				echo.WriteString(spelling.Write(token) + " ")
			}
		}
		w.examine(place.Name, form, &smuggle.Echo{Token: token, Place: place, Spoken: func(map[string]string) string { return echo.String() }})
	}
	for _, spelling := range smuggle.Spellings {
		if spelled[spelling.Name] < 5 {
			t.Errorf("%s came to %d places only", spelling.Name, spelled[spelling.Name])
		}
	}
	w.done(t, len(smuggle.Places), len(spelled))
}

// watch searches everything that a window has shown.
type watch struct {
	s        *stage
	canaries []string
	seen     map[string]bool
	found    int
	// heard returns an additional canary, which the login host received; may be nil.
	heard *overheard

	// folder is the folder of saved files; "" before the first file.
	folder         string
	outputs, files int
	// handed is true for each kind of output that was written at least once.
	handed map[string]bool
}

func newWatch(s *stage, canaries ...string) *watch {
	return &watch{s: s, canaries: canaries, seen: map[string]bool{}, handed: map[string]bool{}}
}

// onNetwork returns a doctor that sends its requests to a network.
func onNetwork(network http.RoundTripper) core.Doctor {
	return core.Doctor{Transport: transport.Options{
		Replay: network, Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}}
}

// examine shows the result of a form in a network, with all details open and copied.
func (w *watch) examine(name string, form connection.Form, network http.RoundTripper) {
	w.s.t.Helper()
	doctor := onNetwork(network)
	w.s.examine = func(ctx context.Context, form connection.Form, observe func(exam.Event)) exam.Report {
		return doctor.Examine(ctx, form, false, observe)
	}
	w.s.fill(form)
	before := w.s.examination().Report
	w.s.w.session.Test()
	w.s.until("the report", func() bool {
		now := w.s.examination()
		return !now.Active && now.Report != nil && now.Report != before
	})
	w.openAll()
	w.copyAll()
	w.look(name)
	w.s.copied = nil
	w.handOut(name)
}

// openAll opens all closed rows, also those that appear meanwhile. The window is not laid
// out again for each of them, because the texts alone count.
func (w *watch) openAll() {
	for range 3 {
		for _, o := range visible(w.s.w.content) {
			if f, ok := o.CanvasObject.(*kit.Disclosure); ok && !f.Open() {
				relayout := f.OnToggle
				f.OnToggle = nil
				f.SetOpen(true)
				f.OnToggle = relayout
			}
		}
	}
}

func (w *watch) copyAll() {
	w.s.w.result.CopyReport()
	for _, o := range visible(w.s.w.content) {
		switch o := o.CanvasObject.(type) {
		case *kit.Disclosure:
			if o.Copy != nil {
				w.s.copied = append(w.s.copied, o.Copy())
			}
		case *kit.Button:
			if strings.HasPrefix(o.AccessibilityLabel(), "Copy") && !o.Disabled() {
				test.Tap(o)
			}
		}
	}
}

// look searches each text once: most texts are the same in every report.
func (w *watch) look(name string) {
	texts := append([]string{w.s.w.win.Title()}, w.s.copied...)
	texts = append(texts, w.s.opened...)
	if m, ok := w.s.w.toasts.Current(); ok {
		texts = append(texts, m.Text)
	}
	mine := map[string]bool{} // what the user pasted stays in the entry
	for _, root := range append([]fyne.CanvasObject{w.s.w.content}, w.s.w.win.Canvas().Overlays().List()...) {
		for _, o := range visible(root) {
			if e, ok := o.CanvasObject.(*kit.Entry); ok && e.Name == "Paste what you see" {
				mine[describe(e)], mine[e.AccessibilityLabel()] = true, true
			}
			texts = append(texts, describe(o.CanvasObject))
			if a, ok := o.CanvasObject.(fyne.Accessible); ok {
				texts = append(texts, a.AccessibilityLabel())
			}
		}
	}
	for _, text := range texts {
		if w.seen[text] || mine[text] {
			continue
		}
		w.seen[text] = true
		w.check(name, text)
	}
	if len(texts) < 50 {
		w.s.t.Errorf("%s: %d texts only: the walk is broken", name, len(texts))
	}
}

// check searches a text for every canary.
func (w *watch) check(name, text string) {
	w.s.t.Helper()
	canaries := w.canaries
	if w.heard != nil && w.heard.value() != "" {
		canaries = append(slices.Clip(canaries), w.heard.value())
	}
	for _, canary := range canaries {
		if part := smuggle.Leak(text, canary); part != "" {
			w.found++
			w.s.t.Errorf("%s: %q is in %q", name, part, text)
		}
	}
}
