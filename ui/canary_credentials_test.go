//go:build !race

// As in canary_test.go.

package ui

import (
	"context"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

const (
	requestCanary  = "Rq7~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1aQ"
	identityCanary = "Hd7~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1aQ"
	passwordCanary = "Pw7~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1aQ"
	codeCanary     = "1.AXoAb8Kq7~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1aQtYwErTyUiOp"
)

// rotating writes each canary in a few spellings, different ones in each response.
// Concurrent requests get their responses at the same time.
type rotating struct {
	mu           sync.Mutex
	at, together int
	used         map[string]int
}

func (r *rotating) write(canaries ...string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b strings.Builder
	for range r.together {
		spelling := smuggle.Spellings[r.at%len(smuggle.Spellings)]
		r.at++
		r.used[spelling.Name]++
		for _, c := range canaries {
			b.WriteString(" " + spelling.Write(c) + " ")
		}
	}
	return b.String()
}

// wantAll fails unless every spelling was written.
func (r *rotating) wantAll(t *testing.T) {
	t.Helper()
	for _, s := range smuggle.Spellings {
		if r.used[s.Name] == 0 {
			t.Errorf("%s was never written", s.Name)
		}
	}
}

// TestNoKeylessEchoInTheWindow guards that the window shows no assertion, no token with
// which a pipeline requests it, and no header of a managed identity.
func TestNoKeylessEchoInTheWindow(t *testing.T) {
	t.Setenv("IDENTITY_ENDPOINT", "http://169.254.131.2:8081/msi/token")
	t.Setenv("IDENTITY_HEADER", identityCanary)
	assertion := smuggle.Token(map[string]any{"iss": "https://token.actions.githubusercontent.com", "sub": "repo:contoso/app", "aud": "api://AzureADTokenExchange"})
	token := smuggle.Token(nil)
	federated := connection.Form{
		Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, Kind: connection.FederatedKind,
		Federation: connection.Federation{Issuer: connection.GitHub, URL: "https://" + smuggle.PipelineHost + "/idtoken?api-version=2.0", RequestToken: secret.New(requestCanary)},
	}
	managed := connection.Form{Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, Kind: connection.ManagedIdentityKind}
	w := newWatch(newStage(t, Options{}, savesFiles), assertion, requestCanary, identityCanary, token)
	spelling := &rotating{together: 5, used: map[string]int{}}
	network := func(at smuggle.Place, local func(string) *http.Response, canaries ...string) http.RoundTripper {
		text := spelling.write(canaries...)
		return &smuggle.Keyless{Assertion: assertion, Local: local, Echo: smuggle.Echo{Token: token, Place: at, Spoken: func(map[string]string) string { return text }}}
	}
	for _, place := range smuggle.Places {
		canaries := []string{requestCanary}
		if strings.HasPrefix(place.Name, "token") || place.CarriesToken() {
			canaries = append(canaries, assertion) // issued for the first time
		}
		w.examine("federated, "+place.Name, federated, network(place, nil, canaries...))
	}
	for name, answer := range smuggle.LocalAnswers {
		w.examine("pipeline, "+name, federated, network(smuggle.Nowhere, answer, requestCanary))
		w.examine("identity, "+name, managed, network(smuggle.Nowhere, answer, identityCanary))
	}
	spelling.wantAll(t)
	w.done(t, len(smuggle.Places)+2*len(smuggle.LocalAnswers), len(spelling.used), "ends.ics", "copied string")
}

// TestNoCertificateEchoInTheWindow guards the same for the assertion that a certificate
// signs, and for the password of its file.
func TestNoCertificateEchoInTheWindow(t *testing.T) {
	key, year := certtest.RSA(), time.Now().Year()
	file := filepath.Join(certtest.Folder(t, map[string]string{
		"s2s.pem": certtest.PEM(certtest.SelfSigned("S2S", key, year, year+2)) + certtest.KeyPEM(key),
	}), "s2s.pem")
	form := connection.Form{
		Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, CertificateFile: file, CertificatePassword: secret.New(passwordCanary),
	}
	token := smuggle.Token(nil)
	w := newWatch(newStage(t, Options{}, savesFiles), passwordCanary, token)
	spelling := &rotating{together: 5, used: map[string]int{}}
	signed := 0
	for _, place := range smuggle.Places {
		sent := &overheard{member: "client_assertion"}
		sent.next = &smuggle.Echo{Token: token, Place: place, Spoken: func(map[string]string) string {
			if value := sent.value(); value != "" {
				return spelling.write(passwordCanary, value)
			}
			return spelling.write(passwordCanary)
		}}
		w.heard, w.canaries = sent, []string{passwordCanary, token}
		if place.Name == "token: its claims" {
			w.canaries = w.canaries[:1] // the next token begins with the same characters
		}
		w.examine(place.Name, form, sent)
		if sent.value() != "" {
			signed++
		}
	}
	w.heard = nil
	if signed < len(smuggle.Places)/2 {
		t.Errorf("an assertion was sent %d times only", signed)
	}
	// A file that the password does not open.
	form.CertificateFile = filepath.Join(certtest.Folder(t, map[string]string{"bad.pfx": "0\x82" + passwordCanary}), "bad.pfx")
	w.examine("a file that is none", form, &smuggle.Echo{Token: token, Place: smuggle.Nowhere})
	spelling.wantAll(t)
	w.done(t, len(smuggle.Places)+1, len(spelling.used))
}

// TestNoConsentEchoInTheWindow guards the same for the code of the consent page and for
// its verifier, which the login host receives and another host may echo.
func TestNoConsentEchoInTheWindow(t *testing.T) {
	token := smuggle.Token(nil)
	s := newStage(t, Options{}, withConsent, savesFiles)
	w := newWatch(s, echoedSecret, codeCanary, token)
	spelling := &rotating{together: 5, used: map[string]int{}}
	var redeemed atomic.Int32
	for _, place := range smuggle.Places {
		verifier := ""
		doctor := onNetwork(&smuggle.Echo{Token: token, Place: place, Spoken: func(spoken map[string]string) string {
			if spoken["code"] != "" {
				redeemed.Add(1)
			}
			return spelling.write(codeCanary, verifier)
		}})
		s.consent.attempt = func(form connection.Form, choice core.ConsentChoice) (consent.Attempt, error) {
			choice.TenantID = smuggle.Tenant
			a, err := doctor.ConsentURL(form, choice)
			a.Verifier.Use(func(plain string) { verifier = plain })
			return a, err
		}
		s.consent.readAs = func(ctx context.Context, g core.ConsentRequest, pasted string, a consent.Attempt) core.ConsentResult {
			g.Choice.TenantID = smuggle.Tenant
			return doctor.ReadConsent(ctx, g, pasted, a)
		}
		s.fill(connection.Form{Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, Secret: secret.New(echoedSecret), RedirectURI: "https://app.example/back"})
		before := s.examination().Report
		s.w.session.OpenConsent()
		attempt := s.w.session.State().Consent.Attempt
		page, err := url.Parse(attempt.URL)
		if err != nil || verifier == "" {
			t.Fatalf("no address of a consent page with a verifier: %v", err)
		}
		w.canaries = append([]string{echoedSecret, codeCanary, token}, verifier)
		answer := "https://app.example/back?" + url.Values{"code": {codeCanary}, "state": {page.Query().Get("state")}}.Encode()
		s.pasteEntry().SetText(answer)
		s.press("Read what was pasted")
		s.until("what comes of it", func() bool {
			return s.phase() == session.ConsentFailed || s.examination().Report != nil && s.examination().Report != before && !s.w.session.State().Consent.Open
		})
		w.openAll()
		w.copyAll()
		w.look(place.Name)
		s.copied = nil
		s.w.session.CloseConsent()
		s.pump()
		w.handOut(place.Name)
	}
	if redeemed.Load() == 0 {
		t.Error("no code was redeemed")
	}
	// A refusal that contains the code.
	s.w.session.OpenConsent()
	s.pasteEntry().SetText("https://app.example/back?error=access_denied&error_description=AADSTS65004%3A+" + url.QueryEscape(codeCanary) + "&code=" + url.QueryEscape(codeCanary))
	s.press("Read what was pasted")
	s.until("the reading", func() bool {
		c := s.w.session.State().Consent
		return c.Phase == session.ConsentFailed || !c.Unread.Empty()
	})
	w.look("a refusal")
	spelling.wantAll(t)
	w.done(t, len(smuggle.Places), len(spelling.used))
}
