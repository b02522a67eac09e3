package session

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestProblemsWaitForTheWord guards that no problem is shown at a field while the user
// types in it or before anything was typed, and that a test shows all problems.
func TestProblemsWaitForTheWord(t *testing.T) {
	run(t, func(b *bench) {
		b.doctor.problems = []connection.Problem{
			{Field: connection.FieldEnvironment, Summary: text.Raw("This is no environment.")},
			{Field: connection.FieldClientID, Summary: text.Raw("There is no client ID.")},
		}
		b.s.Focus(connection.FieldEnvironment)
		b.edit(func(t *Typed) { t.Environment = "make" })
		b.sleep(TypingPause)
		if got := b.problem(connection.FieldEnvironment); got != "" {
			b.Errorf("while typing: %q", got)
		}
		b.s.Leave(connection.FieldEnvironment)
		if got := b.problem(connection.FieldEnvironment); got != "This is no environment." {
			b.Errorf("after leaving: %q", got)
		}
		if got := b.problem(connection.FieldClientID); got != "" {
			b.Errorf("at the empty field: %q", got)
		}
		b.s.Test()
		if got := b.problem(connection.FieldClientID); got != "There is no client ID." {
			b.Errorf("at the empty field after a test: %q", got)
		}
		b.s.Fill(connection.Form{})
		if got := b.problem(connection.FieldClientID); got != "" {
			b.Errorf("at the empty field of another form: %q", got)
		}
	})
}

// TestLooksAfterPause guards that a file is not read at every keystroke.
func TestLooksAfterPause(t *testing.T) {
	run(t, func(b *bench) {
		for _, typed := range []string{"c", "co", "con"} {
			b.edit(func(t *Typed) { t.ClientID = typed })
			b.sleep(TypingPause / 2)
		}
		if b.doctor.looked != 0 {
			b.Errorf("looked %d times while typing", b.doctor.looked)
		}
		b.sleep(TypingPause / 2)
		if b.doctor.looked != 1 {
			b.Errorf("looked %d times after the pause", b.doctor.looked)
		}
	})
}

func TestNotesAreSentences(t *testing.T) {
	run(t, func(b *bench) {
		b.doctor.notes = []connection.Note{{Field: connection.FieldEnvironment, Text: text.Raw("took https://contoso.crm4.dynamics.com from a main.aspx address")}}
		b.edit(func(t *Typed) { t.Environment = contoso + "/main.aspx?appid=1" })
		b.sleep(TypingPause)
		if got := b.noted(connection.FieldEnvironment); got != "Took https://contoso.crm4.dynamics.com from a main.aspx address." {
			b.Errorf("got %q", got)
		}
	})
}

func TestCredentialIsOneOrTheOther(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		b.edit(func(t *Typed) {
			t.Kind, t.CertificateFile, t.CertificatePassword = connection.CertificateKind, "/certs/s2s.pfx", secret.New("opensesame")
		})
		if got := b.s.State().Form.Used(); !got.Secret.Empty() || got.CertificateFile != "/certs/s2s.pfx" || got.CertificatePassword.Len() != 10 {
			b.Errorf("by certificate: secret %v, file %q", got.Secret, got.CertificateFile)
		}
		b.s.ChooseCredential(connection.SecretKind)
		if got := b.s.State().Form.Used(); got.Secret.Empty() || got.CertificateFile != "" || !got.CertificatePassword.Empty() {
			b.Errorf("back by secret: secret %v, file %q", got.Secret, got.CertificateFile)
		}
	})
}

func TestChosenFileIsTheCertificate(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		fills := b.s.State().Form.Fills
		b.s.UseKey("/certs/other.key")
		b.s.UseCertificate("/certs/s2s.pfx")
		got := b.s.State().Form
		if got.Typed.Kind != connection.CertificateKind || got.Typed.CertificateFile != "/certs/s2s.pfx" || got.Typed.KeyFile != "" {
			b.Errorf("certificate %q, key %q", got.Typed.CertificateFile, got.Typed.KeyFile)
		}
		if got.Fills == fills {
			b.Error("the view is not told to fill its entries")
		}
		if got.Typed.Secret.Empty() {
			b.Error("the secret is lost: the user may come back to it")
		}
	})
}

// TestLackingSecret guards a connection saved without its secret: the field shows the
// reason until the user types in it.
func TestLackingSecret(t *testing.T) {
	for _, c := range []struct {
		name    string
		typed   Typed
		wanted  string
		field   connection.Field
		problem string
		fill    func(*Typed)
	}{
		{
			"secret",
			Typed{},
			"", connection.FieldSecret, "The secret is gone.",
			func(t *Typed) { t.Secret = secret.New("0123456789") },
		},
		{
			"password",
			Typed{connection.Form{CertificateFile: "/a.pfx", Kind: connection.CertificateKind}},
			"", FieldPassword, "The secret is gone.",
			func(t *Typed) { t.CertificatePassword = secret.New("opensesame") },
		},
		{
			"certificate",
			Typed{},
			"AB12", connection.FieldCertificate, "Choose the file of the certificate AB12, and save.",
			func(t *Typed) { t.CertificateFile = "/a.pfx" },
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			run(t, func(b *bench) {
				missing := text.Raw("The secret is gone.")
				if c.wanted != "" {
					missing = text.Text{}
				}
				b.s.fill(c.typed, missing, c.wanted)
				if got := b.s.State().Form.Lacking(); got != c.field {
					b.Errorf("lacking %q, want %q", got, c.field)
				}
				if got := b.problem(c.field); got != c.problem {
					b.Errorf("problem %q, want %q", got, c.problem)
				}
				b.edit(c.fill)
				b.sleep(TypingPause)
				if got := b.s.State().Form.Lacking(); got != "" || b.problem(c.field) != "" {
					b.Errorf("still lacking %q: %q", got, b.problem(c.field))
				}
			})
		})
	}
}

// TestShowProblem guards that hidden fields are not shown.
func TestShowProblem(t *testing.T) {
	run(t, func(b *bench) {
		b.doctor.problems = []connection.Problem{
			{Field: connection.FieldSecret, Summary: text.Raw("This is a GUID.")},
			{Field: connection.FieldRedirectURI, Summary: text.Raw("This is no redirect.")},
		}
		b.s.Fill(filledForm())
		b.s.ShowProblem()
		if got := b.attention(); got != connection.FieldSecret {
			b.Errorf("showed %q", got)
		}
		b.s.ChooseCredential(connection.CertificateKind)
		b.s.ShowProblem()
		if got := b.attention(); got != connection.FieldRedirectURI {
			b.Errorf("by certificate, showed %q", got)
		}
	})
}

func TestBlame(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(filledForm())
		b.s.blame(connection.FieldTenant, text.Raw("The consent page needs a tenant."))
		if got := b.problem(connection.FieldTenant); b.attention() != connection.FieldTenant || got == "" {
			b.Errorf("showed %q: %q", b.attention(), got)
		}
		b.s.Look()
		if got := b.problem(connection.FieldTenant); got != "" {
			b.Errorf("after a look: %q", got)
		}
	})
}
