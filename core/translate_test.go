package core_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// bracketed is a language in which every translated text is in brackets: a text outside
// brackets was not translated.
func bracketed(english string) string { return "⟦" + english + "⟧" }

// letters matches a word: a code has no letters, or capitals.
var letters = regexp.MustCompile(`\p{Ll}{2}`)

// outside returns the part of a text outside brackets.
func outside(text string) string {
	depth, rest := 0, strings.Builder{}
	for _, r := range text {
		switch r {
		case '⟦':
			depth++
		case '⟧':
			depth--
		default:
			if depth == 0 {
				rest.WriteRune(r)
			}
		}
	}
	return rest.String()
}

// TestEverythingIsTranslatable guards that every finding, action, owner and explanation
// of every scenario is translated, and that the English report does not change.
func TestEverythingIsTranslatable(t *testing.T) {
	s := open(t)
	for _, scenario := range race.Sample(core.Scenarios(), 10) {
		if scenario.Slow {
			continue // it has the texts of the fast scenarios
		}
		t.Run(scenario.Name, func(t *testing.T) {
			form, err := s.Play(scenario.Name)
			if err != nil {
				t.Fatal(err)
			}
			notes, problems := s.Check(form)
			for _, n := range notes {
				ours(t, "note", n.Text)
			}
			for _, p := range problems {
				ours(t, "problem", p.Summary)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			r := s.Examine(ctx, form, false, func(e exam.Event) { ours(t, "note of "+string(e.Result.ID), e.Note) })
			for _, c := range r.Checks {
				seen(t, c)
				ours(t, "explanation", core.Doctor{}.Explain(c.Evidence.Message.String()+" "+c.Evidence.Code).Summary)
			}
		})
	}
}

// ours fails if a text has letters that are not translated.
func ours(t *testing.T, what string, shown text.Text) {
	t.Helper()
	said := shown.In(bracketed)
	if rest := outside(said); letters.MatchString(rest) {
		t.Errorf("%s: %q is not said in %q", what, rest, said)
	}
}

// seen checks the texts of a result. The roles that a summary lists are names.
func seen(t *testing.T, c exam.Result) {
	t.Helper()
	ours(t, string(c.ID)+", title", c.Title)
	ours(t, string(c.ID)+", owner", c.Owner.Text())
	if c.Status != exam.Pass || c.ID != "roles" {
		ours(t, string(c.ID)+", summary", c.Summary)
	}
	for _, shown := range c.Fix {
		ours(t, string(c.ID)+", fix", shown)
	}
	for _, link := range c.Links {
		ours(t, string(c.ID)+", link", link.Title)
	}
	for _, f := range c.Evidence.Facts {
		ours(t, string(c.ID)+", fact", f.Name.Text())
	}
}

// TestProblemsOfFormAreTranslatable guards the same for problems that no scenario has.
func TestProblemsOfFormAreTranslatable(t *testing.T) {
	for _, pasted := range []string{
		"", "contoso", "http://contoso.crm4.dynamics.com/main.aspx?x=1", "https://make.powerapps.com/e/1", "https://admin.powerplatform.microsoft.com/x",
		"https://contoso.api.crm4.dynamics.com/api/data/v9.2", "https://contoso.crm4.dynamics.com.mcas.ms", "https://login.microsoftonline.com/common",
		"{{environment}}", "10.0.0.1", "https://a@b.crm.dynamics.com", "https://contoso.crm4.dynamics.com:8443", "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91",
		"https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token", "app@contoso.com", "organizations", "ftp://x", "http://example.com",
	} {
		form := connection.Form{Environment: pasted, Tenant: pasted, ClientID: pasted, RedirectURI: pasted, CertificateFile: pasted}
		notes, problems := core.Doctor{}.Check(form)
		for _, n := range append(notes, core.Doctor{}.Paste(pasted).Notes...) {
			ours(t, pasted, n.Text)
		}
		for _, p := range problems {
			ours(t, pasted, p.Summary)
		}
	}
	for _, e := range catalog.All() {
		for _, action := range e.Fill(nil).Fix {
			ours(t, string(e.Cause), action)
		}
	}
}
