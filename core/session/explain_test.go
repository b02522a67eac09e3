package session

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

func TestExplain(t *testing.T) {
	run(t, func(b *bench) {
		for _, c := range []struct {
			name, pasted string
			cause        catalog.Cause
			status       exam.Status
		}{
			{"known", "AADSTS7000215: Invalid client secret provided.", "secret.wrong", exam.Fail},
			{"unknown", "AADSTS12: nobody knows", "unknown", exam.Manual},
		} {
			x := b.s.Explain(c.pasted)
			if x.Result.Cause != c.cause || x.Result.Status != c.status {
				b.Errorf("%s: %q, %q", c.name, x.Result.Cause, x.Result.Status)
			}
		}
		b.finish(testReport(exam.Pass))
		if x := b.s.Explain("AADSTS7000215"); x.Report.Connection.ClientID != testClient {
			b.Error("the last examination is not known")
		}
	})
}

// TestToExplain guards that the clipboard's text is used only if it is an error.
func TestToExplain(t *testing.T) {
	run(t, func(b *bench) {
		const known = "AADSTS7000222: The provided client secret keys are expired."
		for clipboard, want := range map[string]string{
			known:                                    known,
			"a shopping list":                        "",
			"":                                       "",
			known + strings.Repeat(" ", longestClip): "",
		} {
			if got := b.s.ToExplain(clipboard); got != want {
				b.Errorf("%.20q: got %.20q, want %.20q", clipboard, got, want)
			}
		}
	})
}
