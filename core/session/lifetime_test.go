package session

import (
	"context"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// begins is the time at which a synctest bubble begins.
var begins = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func TestRemarksOnLifetimes(t *testing.T) {
	const certificate, token = connection.CertificateKind, connection.FederatedKind
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name                   string
		lifetime               core.Lifetime
		kind                   connection.Kind
		note, caution, problem string
	}{
		{"unknown", core.Lifetime{}, certificate, "", "", ""},
		{"certificate", core.Lifetime{Ends: now.AddDate(0, 0, 100)}, certificate, "Valid until 2027-03-09, 100 days from now.", "", ""},
		{"certificate of the store", core.Lifetime{Ends: now.AddDate(0, 0, 100)}, connection.CertificateStoreKind, "Valid until 2027-03-09, 100 days from now.", "", ""},
		{"certificate that ends soon", core.Lifetime{Ends: now.AddDate(0, 0, 12)}, certificate, "", "Valid until 2026-12-11, 12 days from now.", ""},
		{"certificate on its last day", core.Lifetime{Ends: now.Add(30 * time.Hour)}, certificate, "", "Valid until 2026-11-30, 1 day from now.", ""},
		{"certificate that ended", core.Lifetime{Ends: now.Add(-time.Hour)}, certificate, "", "", "The certificate ended on 2026-11-29."},
		{"certificate to come", core.Lifetime{Begins: now.Add(time.Hour), Ends: now.AddDate(1, 0, 0)}, certificate, "", "", "The certificate is not valid before 2026-11-29 13:00 UTC."},
		{"token", core.Lifetime{Ends: now.Add(time.Hour), Subject: "repo:contoso/app"}, token, "For repo:contoso/app, valid until 2026-11-29 13:00 UTC.", "", ""},
		{"token of nobody", core.Lifetime{Ends: now.Add(time.Hour)}, token, "Valid until 2026-11-29 13:00 UTC.", "", ""},
		{"token that ended", core.Lifetime{Ends: now.Add(-time.Minute), Subject: "x"}, token, "", "", "The token in the file ended on 2026-11-29 11:59 UTC: it was not renewed."},
		{"no token", core.Lifetime{Fault: text.Raw("The file is not there.")}, token, "", "", "The file is not there."},
	} {
		r := remarksOn(test.lifetime, test.kind, now)
		if r.note.String() != test.note || r.caution.String() != test.caution || r.problem.String() != test.problem {
			t.Errorf("%s: note %q, caution %q, problem %q", test.name, r.note, r.caution, r.problem)
		}
	}
}

// lasts sets the doctor's lifetimes, and counts its calls.
func (b *bench) lasts(asked *int, lifetime func(connection.Form) core.Lifetime) {
	b.doctor.lifetime = func(_ context.Context, form connection.Form) core.Lifetime {
		*asked++
		return lifetime(form)
	}
}

func (b *bench) caution(field connection.Field) string {
	return b.s.State().Form.Cautions[field].String()
}

// TestLifetimeChangesWithTime guards that a remark disappears when it is no longer true,
// without a test or a key.
func TestLifetimeChangesWithTime(t *testing.T) {
	run(t, func(b *bench) {
		asked := 0
		b.lasts(&asked, func(connection.Form) core.Lifetime { return core.Lifetime{Ends: begins.Add(32*aDay + time.Hour)} })
		b.s.UseCertificate("/a.pfx")
		b.pump()
		const field = connection.FieldCertificate
		for _, step := range []struct {
			after                  time.Duration
			note, caution, problem string
		}{
			{0, "Valid until 2000-02-02, 32 days from now.", "", ""},
			{aDay, "Valid until 2000-02-02, 31 days from now.", "", ""},
			{2 * aDay, "", "Valid until 2000-02-02, 29 days from now.", ""},
			{28 * aDay, "", "Valid until 2000-02-02, 1 day from now.", ""},
			{2 * aDay, "", "", "The certificate ended on 2000-02-02."},
		} {
			b.sleep(step.after)
			if note, caution, problem := b.noted(field), b.caution(field), b.problem(field); note != step.note || caution != step.caution || problem != step.problem {
				b.Errorf("after %s more: note %q, caution %q, problem %q", step.after, note, caution, problem)
			}
		}
		if asked > 40 {
			b.Errorf("the file was read %d times in 33 days", asked)
		}
	})
}

// TestRenewedTokenIsRead guards that a file which is renewed in place is read
// again.
func TestRenewedTokenIsRead(t *testing.T) {
	run(t, func(b *bench) {
		asked := 0
		renewed := true
		b.lasts(&asked, func(connection.Form) core.Lifetime {
			ends := begins.Add(time.Duration(asked) * time.Hour)
			if !renewed {
				ends = begins.Add(2 * time.Hour)
			}
			return core.Lifetime{Ends: ends, Subject: "repo:contoso/app"}
		})
		b.s.UseTokenFile("/token")
		b.pump()
		const field = connection.FieldTokenFile
		if got := b.noted(field); got != "For repo:contoso/app, valid until 2000-01-01 01:00 UTC." {
			b.Errorf("noted %q", got)
		}
		b.sleep(time.Hour + time.Minute)
		if got := b.noted(field); got != "For repo:contoso/app, valid until 2000-01-01 02:00 UTC." {
			b.Errorf("renewed, noted %q", got)
		}
		renewed = false
		b.sleep(2 * time.Hour)
		if got := b.problem(field); got != "The token in the file ended on 2000-01-01 02:00 UTC: it was not renewed." {
			b.Errorf("not renewed, problem %q", got)
		}
		before := asked
		b.sleep(100 * time.Hour)
		if asked != before {
			b.Errorf("a token that ended was read %d times more", asked-before)
		}
	})
}

// TestLifetimeIsOfTheTypedFile guards that the remark about a file is not shown for
// another file, and that the file is read again only after a change of its fields or a
// test.
func TestLifetimeIsOfTheTypedFile(t *testing.T) {
	run(t, func(b *bench) {
		asked := 0
		held := make(chan struct{})
		b.doctor.lifetime = func(ctx context.Context, form connection.Form) core.Lifetime {
			if asked++; form.CertificateFile == "/slow.pfx" {
				select {
				case <-held:
				case <-ctx.Done():
				}
				return core.Lifetime{Ends: begins.AddDate(9, 0, 0)}
			}
			return core.Lifetime{Ends: begins.AddDate(1, 0, 0).Add(time.Hour)}
		}
		b.s.UseCertificate("/slow.pfx")
		b.pump()
		b.s.UseCertificate("/a.pfx")
		b.pump()
		close(held)
		b.pump()
		const want = "Valid until 2001-01-01, 366 days from now."
		if got := b.noted(connection.FieldCertificate); got != want {
			b.Errorf("noted %q", got)
		}
		before := asked
		b.edit(func(t *Typed) { t.Environment, t.ClientID = contoso, testClient })
		b.sleep(TypingPause)
		b.s.Leave(connection.FieldEnvironment)
		b.pump()
		if asked != before || b.noted(connection.FieldCertificate) != want {
			b.Errorf("read %d times more for a change elsewhere, noted %q", asked-before, b.noted(connection.FieldCertificate))
		}
		b.s.Test()
		b.pump()
		if asked != before+1 {
			b.Errorf("a test has it read %d times", asked-before)
		}
		b.s.Cancel()
		b.pump()
		b.s.ChooseCredential(connection.SecretKind)
		b.pump()
		if got := b.noted(connection.FieldCertificate); got != "" || b.s.State().Form.Lifetime.Ends != (time.Time{}) {
			b.Errorf("by secret, noted %q", got)
		}
		b.s.ChooseCredential(connection.CertificateKind)
		b.pump()
		if got := b.noted(connection.FieldCertificate); got != want {
			b.Errorf("back by certificate, noted %q", got)
		}
	})
}

// TestTokenFaultWaitsForTheWord guards that a path is not reported as missing while the
// user types it.
func TestTokenFaultWaitsForTheWord(t *testing.T) {
	run(t, func(b *bench) {
		asked := 0
		b.lasts(&asked, func(connection.Form) core.Lifetime { return core.Lifetime{Fault: text.Raw("The file is not there.")} })
		b.s.ChooseCredential(connection.FederatedKind)
		b.s.Focus(connection.FieldTokenFile)
		b.edit(func(t *Typed) { t.Federation.File = "/tok" })
		b.sleep(TypingPause)
		if got := b.problem(connection.FieldTokenFile); got != "" {
			b.Errorf("while typing: %q", got)
		}
		b.s.Leave(connection.FieldTokenFile)
		b.pump()
		if got := b.problem(connection.FieldTokenFile); got != "The file is not there." {
			b.Errorf("after leaving: %q", got)
		}
	})
}
