package session

import (
	"errors"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/export"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestExport exports a form in every format, and guards that no export contains the
// secret.
func TestExport(t *testing.T) {
	run(t, func(b *bench) {
		form := filledForm()
		form.Secret = secret.New(librarySecret)
		b.s.Fill(form)
		for _, info := range export.Formats() {
			out, why := b.s.Export(info.Format)
			if !why.Empty() || !strings.Contains(out, testClient) || strings.Contains(out, "must-never-be-seen") {
				t.Errorf("%s: %s\n%s", info.Format, why, out)
			}
		}
		b.s.Fill(connection.Form{})
		if out, why := b.s.Export(export.Curl); out != "" || why.Empty() {
			t.Errorf("%q, %s", out, why)
		}
	})
}

func TestCardAndSupportReport(t *testing.T) {
	run(t, func(b *bench) {
		if _, ok := b.s.Card(); ok {
			t.Error("a card without a report")
		}
		if got := b.notices(); len(got) != 1 || !strings.HasPrefix(got[0], "There is no report yet") {
			t.Errorf("%q", got)
		}
		b.s.Fill(filledForm())
		b.finish(testReport(exam.Pass))
		if _, ok := b.s.Card(); ok {
			t.Error("a card for a healthy connection")
		}
		if got := b.notices(); len(got) == 0 || got[len(got)-1] != "The test found nothing that an administrator has to do." {
			t.Errorf("%q", got)
		}
		r := testReport(exam.Pass)
		set(&r, exam.CheckWhoAmI, exam.Fail, catalog.AppUserMissing)
		b.finish(r)
		c, ok := b.s.Card()
		if !ok || len(c.Tasks) != 1 || c.Tasks[0].Cause != catalog.AppUserMissing {
			t.Errorf("%+v", c)
		}
		made, ok := b.s.SupportReport()
		if !ok || made.RootCause != catalog.AppUserMissing || made.Program.Name != "s2sdoctor" || !made.Made.Equal(b.Now().UTC()) {
			t.Errorf("%+v", made)
		}
	}, func(d *Deps) { d.Program = support.Program{Name: "s2sdoctor"} })
}

func TestSaveText(t *testing.T) {
	var fails error
	run(t, func(b *bench) {
		saved, why := 0, text.Text{}
		save := func() {
			b.s.SaveText("/home/ana", "card.md", "# card", func() { saved++ }, func(w text.Text) { why = w })
			b.pump()
		}
		save()
		if got := b.notices(); saved != 1 || len(got) != 1 || got[0] != "Saved as /home/ana/card.md." {
			t.Errorf("saved %d, %q", saved, got)
		}
		fails = errors.New("no room")
		save()
		if saved != 1 || why.Empty() {
			t.Errorf("saved %d, %s", saved, why)
		}
	}, func(d *Deps) {
		d.SaveText = func(folder, name, content string) (string, error) { return folder + "/" + name, fails }
	})
}
