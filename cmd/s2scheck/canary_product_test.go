package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/card"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/sample"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

// canaries are values that a service may echo: how the service receives each of them, and
// the form that sends it.
var canaries = []struct {
	name   string
	secret string
	// spoken returns the canary from the values that a request sent.
	spoken func(form map[string]string) string
}{
	{"secret", canarySecret, func(map[string]string) string { return canarySecret }},
	{"old secret", oldSecret, func(map[string]string) string { return oldSecret }},
	{"token", canarySecret, func(map[string]string) string { return canaryToken }},
	{"opaque token", canarySecret, func(map[string]string) string { return opaqueToken }},
}

const (
	canarySecret = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
	oldSecret    = `aB3+cD5/eF7g"H9iJ1 kL3mN5'oP7qR9sT1&V3wX5yZ+7=`
	opaqueToken  = "0.AX8Ab1c2D3e4F5g6H7i8J9k0L.m-n_o~p" // has no shape of a token
)

var canaryToken = smuggle.Token(nil)

// TestNoEchoAnywhere guards that no output contains what a service echoes, at any place
// and in any spelling: places × spellings × canaries × outputs. Each spelling is tried at
// each place with one canary; with -args -every, with all of them.
func TestNoEchoAnywhere(t *testing.T) {
	race.Skip(t, "thousands of examinations that differ in texts alone")
	s := newSweep(t)
	for i, canary := range canaries {
		for j, place := range smuggle.Places {
			if strings.HasSuffix(canary.name, "token") && !place.CarriesToken() {
				continue
			}
			for k, spelling := range smuggle.Spellings {
				if !sample.Has(len(canaries), i, j, k) {
					continue
				}
				token := canaryToken
				if canary.name == "opaque token" {
					token = opaqueToken
				}
				value := canary.spoken(nil)
				world := &smuggle.Echo{Token: token, Place: place, Spoken: func(form map[string]string) string {
					return spelling.Write(canary.spoken(form))
				}}
				s.examine(fmt.Sprintf("%s, %s, %s", canary.name, place.Name, spelling.Name), world, canary.secret, value)
			}
		}
	}
	s.done(len(smuggle.Places), len(smuggle.Spellings), len(canaries))
}

// TestNoAssertionAnywhere guards the same for the signed assertion, which a certificate
// sends to Entra, and for the certificate's password.
func TestNoAssertionAnywhere(t *testing.T) {
	race.Skip(t, "thousands of examinations that differ in texts alone")
	s := newSweep(t)
	file := selfSigned(t)
	for _, place := range smuggle.Places {
		if place.Name != "token: error_description" && place.Name != "token: x-ms-request-id" && place.Name != "token: page" {
			continue
		}
		for _, spelling := range smuggle.Spellings {
			for _, password := range []string{"", canarySecret} {
				canary := password
				world := &smuggle.Echo{Token: canaryToken, Place: place, Spoken: func(form map[string]string) string {
					if password == "" {
						canary = form["client_assertion"]
					}
					return spelling.Write(canary)
				}}
				form := connection.Form{
					Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, CertificateFile: file, CertificatePassword: secret.New(password),
				}
				s.form(fmt.Sprintf("certificate, %s, %s", place.Name, spelling.Name), doctorOf(world), form, func() string {
					if canary == "" {
						t.Errorf("%s: no assertion was sent", place.Name)
						return canarySecret
					}
					return canary
				})
			}
		}
	}
	s.done(3, len(smuggle.Spellings), 2)
}

// selfSigned writes a self-signed certificate with its key, and returns the file.
func selfSigned(t *testing.T) string {
	t.Helper()
	key, year := certtest.RSA(), time.Now().Year()
	text := certtest.PEM(certtest.SelfSigned("S2S", key, year, year+2)) + certtest.KeyPEM(key)
	return filepath.Join(certtest.Folder(t, map[string]string{"s2s.pem": text}), "s2s.pem")
}

// doctorOf returns a doctor that uses network and does not wait between tries.
func doctorOf(network http.RoundTripper) core.Doctor {
	return core.Doctor{Transport: transport.Options{
		Replay: network, Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}}
}

// sweepOutputs searches outputs. It searches equal lines once, because most lines are the
// same in each output.
type sweepOutputs struct {
	t       *testing.T
	seen    map[string]bool
	outputs int
	hits    int
}

// newSweep returns an empty sweep. Garbage is collected less often until the test ends,
// because the sweep creates much garbage and keeps little.
func newSweep(t *testing.T) *sweepOutputs {
	before := debug.SetGCPercent(400)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	return &sweepOutputs{t: t, seen: map[string]bool{}}
}

func (s *sweepOutputs) examine(name string, network http.RoundTripper, typed, canary string) {
	s.form(name, doctorOf(network), connection.Form{Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, Secret: secret.New(typed)}, func() string { return canary })
}

// form examines a form and searches for a canary, which may be known only after the
// examination.
func (s *sweepOutputs) form(name string, doctor core.Doctor, form connection.Form, known func() string) {
	var events strings.Builder
	examined := doctor.Examine(s.t.Context(), form, false, func(e exam.Event) { fmt.Fprintf(&events, "%+v\n", e) })
	canary := known()
	var text, junit, asJSON bytes.Buffer
	report.Text(&text, examined, report.Palette(true))
	report.JUnit(&junit, []exam.Report{examined})
	jsondoc.Write(&asJSON, examined)
	c, supported := card.Make(examined), support.Make(examined, support.Program{Name: "s2scheck"}, time.Now())
	for output, text := range map[string]string{
		"card": c.Text(nil) + c.Markdown(nil) + c.HTML(nil, "en"), "support report": supported.Markdown() + fmt.Sprintf("%+v", supported),
		"text": text.String(), "junit": junit.String(), "json": asJSON.String(),
		"tables": tablesOf(examined), "snapshots": snapshotsOf(examined),
		"exchanges": fmt.Sprintf("%+v", examined.Exchanges), "events": events.String(),
	} {
		s.look(name+" as "+output, text, canary)
	}
	// What follows from the exchanges alone is written once for equal exchanges.
	key := canary
	for _, x := range examined.Exchanges {
		key += fmt.Sprintln(x.URL, x.Status, x.Header, x.Body, x.Err)
	}
	if s.seen[key] {
		s.outputs += 1 + len(examined.Exchanges)
		return
	}
	s.seen[key] = true
	s.look(name+" as record", fmt.Sprintf("%s", record.Make(examined)), canary)
	for _, x := range examined.Exchanges {
		s.look(name+" as explanation", fmt.Sprintf("%+v", doctor.Explain(x.Body)), canary)
	}
}

func (s *sweepOutputs) look(where, text, canary string) {
	s.outputs++
	if part := smuggle.Plain(text, canary); part != "" {
		s.hit(where, part, text)
		return
	}
	for line := range strings.Lines(text) {
		key := canary + line
		if s.seen[key] {
			continue
		}
		s.seen[key] = true
		if part := smuggle.Leak(line, canary); part != "" {
			s.hit(where, part, line)
			return
		}
	}
}

func (s *sweepOutputs) hit(where, part, text string) {
	if s.hits++; s.hits <= 20 {
		s.t.Errorf("%s shows %q: %.300q", where, part, text)
	}
}

func (s *sweepOutputs) done(places, spellings, canaries int) {
	s.t.Logf("%d places × %d spellings × %d canaries, %d outputs, %d hits", places, spellings, canaries, s.outputs, s.hits)
}
