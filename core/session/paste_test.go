package session

import (
	"slices"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func TestPasteFillsForm(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Fill(connection.Form{RedirectURI: "https://typed.example/before"})
		b.doctor.pasted = paste.Result{
			Form:  connection.Form{Environment: fabrikam, ClientID: testClient, Secret: secret.New("0123456789")},
			Notes: []connection.Note{{Field: connection.FieldClientID, Text: text.Raw("took the client ID from a connection string")}},
		}
		b.s.Paste("AuthType=ClientSecret;Url=…")
		got := b.s.State().Form.Used()
		if got.Environment != fabrikam || got.ClientID != testClient || got.Secret.Len() != 10 || got.RedirectURI != "https://typed.example/before" {
			b.Errorf("the form holds %+v", got)
		}
		if got := b.noted(connection.FieldClientID); got != "Took the client ID from a connection string." {
			b.Errorf("noted %q", got)
		}
		if got := b.notices(); !slices.Equal(got, []string{"Filled 3 fields from what you pasted."}) {
			b.Fatalf("told %q", got)
		}
		b.events[len(b.events)-1].(*Notice).Do()
		if back := b.s.State().Form.Used(); back.Environment != "" || !back.Secret.Empty() || back.RedirectURI != "https://typed.example/before" {
			b.Errorf("after Undo the form holds %+v", back)
		}
	})
}

// TestUndoKeepsOtherCredential guards that Undo also restores the values of the
// credential that is not chosen.
func TestUndoKeepsOtherCredential(t *testing.T) {
	run(t, func(b *bench) {
		typed := Typed{connection.Form{Kind: connection.CertificateKind, Secret: secret.New("0123456789"), CertificateFile: "/a.pfx"}}
		b.s.Edit(typed)
		b.s.lay(connection.Form{Secret: secret.New("other")}, nil)
		b.events[len(b.events)-1].(*Notice).Do()
		if got := b.s.State().Form.Typed; got.Kind != connection.CertificateKind || got.CertificateFile != "/a.pfx" || got.Secret.Len() != 10 {
			b.Errorf("the form holds %+v", got)
		}
	})
}

// TestPasteReplacesKey guards that the private key of another certificate is removed.
func TestPasteReplacesKey(t *testing.T) {
	run(t, func(b *bench) {
		for _, c := range []struct {
			name   string
			pasted connection.Form
			file   string
			key    string
		}{
			{"both", connection.Form{CertificateFile: "/certs/a.pem", KeyFile: "/certs/a.key"}, "/certs/a.pem", "/certs/a.key"},
			{"another certificate", connection.Form{CertificateFile: "/certs/b.pfx"}, "/certs/b.pfx", ""},
			{"its key", connection.Form{KeyFile: "/certs/b.key"}, "/certs/b.pfx", "/certs/b.key"},
			{"a secret instead", connection.Form{Secret: secret.New("0123456789")}, "", ""},
		} {
			b.doctor.pasted = paste.Result{Form: c.pasted}
			if !b.s.Spread("…") {
				b.Fatalf("%s: nothing was taken", c.name)
			}
			if got := b.s.State().Form.Used(); got.CertificateFile != c.file || got.KeyFile != c.key {
				b.Errorf("%s: certificate %q, key %q", c.name, got.CertificateFile, got.KeyFile)
			}
		}
	})
}

// TestPasteAsksWhichConnection guards that the values of two connections are never mixed,
// and that no field is filled before the choice.
func TestPasteAsksWhichConnection(t *testing.T) {
	run(t, func(b *bench) {
		choices := []paste.Choice{
			{Name: "DEV", Form: connection.Form{Environment: contoso, ClientID: testClient, Secret: secret.New("0123456789")}},
			{Name: "PROD", Form: connection.Form{Environment: fabrikam}},
		}
		b.doctor.pasted = paste.Result{Choices: choices}
		b.s.Paste("two connections")
		asked, ok := b.events[0].(AskConnection)
		if !ok || len(asked.Choices) != 2 || !b.s.State().Form.Typed.Empty() {
			b.Fatalf("asked %v, the form holds %+v", b.events, b.s.State().Form.Typed)
		}
		b.s.UseChoice(asked.Choices[1])
		if got := b.s.State().Form.Used(); got.Environment != fabrikam || got.ClientID != "" || !got.Secret.Empty() {
			b.Errorf("the form holds %+v", got)
		}
	})
}

func TestPasteNamesReason(t *testing.T) {
	for _, c := range []struct {
		name   string
		pasted paste.Result
		taken  bool // by Spread
		told   string
	}{
		{"nothing known", paste.Result{}, false, "The clipboard holds no connection. Copy a connection string, settings, a mail with the values, or an address of the environment."},
		{"too long", paste.Result{TooLong: true}, true, "The text is too long: at most 256 KiB are read."},
	} {
		t.Run(c.name, func(t *testing.T) {
			run(t, func(b *bench) {
				b.doctor.pasted = c.pasted
				if got := b.s.Spread("…"); got != c.taken {
					b.Errorf("taken %v", got)
				}
				b.events = nil
				b.s.Paste("…")
				if got := b.notices(); !slices.Equal(got, []string{c.told}) || !b.s.State().Form.Typed.Empty() {
					b.Errorf("told %q", got)
				}
			})
		})
	}
}
