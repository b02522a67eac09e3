package share

import (
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/card"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/export"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// driver is a window with the dialogs. It plays the session.
type driver struct {
	*uitest.Window
	screen *Screen
	report bool // there is a report
	copied []string
	saved  []string
	fails  text.Text
}

func open(t *testing.T) *driver {
	t.Helper()
	d := &driver{Window: uitest.Open(t, 1000, 700), report: true}
	d.screen = New(d, Env{
		Env:    kit.Env{Copy: func(text string) { d.copied = append(d.copied, text) }, Later: func(time.Duration, func()) func() { return func() {} }},
		Canvas: d.Canvas, ChooseFolder: func(_ string, use func(string)) { use("/home/ana") },
	})
	return d
}

func (d *driver) Export(format export.Format) (string, text.Text) {
	if format == export.AppSettings {
		return "", text.F("This format has no place for it.")
	}
	return "as " + string(format), text.Text{}
}

func (d *driver) Card() (card.Card, bool) {
	return card.Make(exam.Report{Profile: "Contoso UAT"}), d.report
}

func (d *driver) SupportReport() (support.Report, bool) {
	return support.Make(exam.Report{}, support.Program{Name: "s2sdoctor"}, time.Time{}), d.report
}

func (d *driver) Compared() (session.ComparisonResult, bool) {
	taken := drift.Snapshot{Name: "Contoso UAT"}
	return session.ComparisonResult{A: taken, B: taken}, d.report
}

func (d *driver) SaveText(folder, name, content string, saved func(), failed func(text.Text)) {
	if !d.fails.Empty() {
		failed(d.fails)
		return
	}
	d.saved = append(d.saved, folder+"/"+name+": "+content)
	saved()
}

// form chooses another format of the shown text.
func (d *driver) form(index int) {
	d.T.Helper()
	for _, o := range uitest.Visible(d.Canvas.Overlays().Top()) {
		if choice, ok := o.CanvasObject.(*kit.Select); ok {
			choice.Choose(index)
			return
		}
	}
	d.T.Fatal("there is no choice")
}

// TestExport guards that the copied and the saved text are the text that is shown, and
// that a refusal is neither copied nor saved.
func TestExport(t *testing.T) {
	d := open(t)
	d.screen.Export()
	d.Press("Copy")
	d.form(1)
	if out := d.Outline(); !strings.Contains(out, "This format has no place for it.") || strings.Contains(out, "as connection-string") {
		t.Errorf("it shows\n%s", out)
	}
	d.Press("Copy")
	d.Press("Save…")
	d.form(2)
	d.fails = text.F("There is no room.")
	d.Press("Save…")
	if out := d.Outline(); !strings.Contains(out, "There is no room.") || !d.DialogOpen() {
		t.Errorf("it shows\n%s", out)
	}
	d.fails = text.Text{}
	d.Press("Save…")
	if strings.Join(d.copied, "|") != "as connection-string" || strings.Join(d.saved, "|") != "/home/ana/.env: as env" || d.DialogOpen() {
		t.Errorf("copied %q, saved %q, open %v", d.copied, d.saved, d.DialogOpen())
	}
}

// TestForms shows the shared text in each format, and nothing without a report.
func TestForms(t *testing.T) {
	for name, c := range map[string]struct {
		show  func(*Screen)
		begin []string // of each format
	}{
		"card":           {(*Screen).Card, []string{"The connection “Contoso UAT” needs your help", "# The connection", "<!"}},
		"support report": {(*Screen).Support, []string{"#", "{"}},
		"comparison":     {(*Screen).Comparison, []string{"A  Contoso UAT", "# Comparison", "{\n  \"version\": 1,\n  \"a\"", "{\n  \"version\": 0,\n  \"name\": \"Contoso UAT\"", "{\n  \"version\": 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.report = false
			c.show(d.screen)
			if d.DialogOpen() {
				t.Fatal("it opens without a report")
			}
			d.report = true
			c.show(d.screen)
			for i, want := range c.begin {
				d.form(i)
				d.Press("Copy")
				if got := d.copied[i]; !strings.HasPrefix(got, want) {
					t.Errorf("form %d begins with %.60q, want %q", i, got, want)
				}
			}
		})
	}
}
