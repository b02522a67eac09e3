package session

import (
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// TestSettingsHoldNoSecret guards the clipboard: it contains a placeholder instead of the
// secret, and a notice reports this.
func TestSettingsHoldNoSecret(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		b.finish(testReport(exam.Pass))
		line, ok := b.s.ConnectionString()
		if want := "AuthType=ClientSecret;Url=" + contoso + ";ClientId=" + testClient + ";ClientSecret=" + connection.SecretGap; !ok || line != want {
			b.Errorf("got %q, want %q", line, want)
		}
		env, ok := b.s.DotEnv()
		if want := "DATAVERSE_URL=" + contoso + "\nAZURE_TENANT_ID=" + testTenant + "\nAZURE_CLIENT_ID=" + testClient + "\nAZURE_CLIENT_SECRET='" + connection.SecretGap + "'\n"; !ok || env != want {
			b.Errorf("got %q, want %q", env, want)
		}
		want := []string{
			"Copied the connection string. Fill in what is between < and >: no secret was copied.",
			"Copied as .env. Fill in what is between < and >: no secret was copied.",
		}
		if got := b.notices(); !slices.Equal(got, want) {
			b.Errorf("told %q", got)
		}
	})
}

func TestSettingsOfCertificate(t *testing.T) {
	run(t, func(b *bench) {
		form := filledForm()
		form.Secret, form.CertificateFile = secret.Value{}, "/no/such/file.pfx"
		b.s.Fill(form)
		if _, ok := b.s.ConnectionString(); ok || !strings.HasPrefix(b.notices()[0], "Nothing was copied. ") {
			b.Errorf("told %q", b.notices())
		}
	})
}

func TestSettingsOfUnusableForm(t *testing.T) {
	run(t, func(b *bench) {
		if got, ok := b.s.ConnectionString(); ok || !strings.HasPrefix(b.notices()[0], "Nothing was copied. The Environment URL is empty.") {
			b.Errorf("copied %q, told %q", got, b.notices())
		}
	})
}
