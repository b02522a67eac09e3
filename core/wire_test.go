package core_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// record is a line of testdata/wire/index.json: a message as a service sent it.
type record struct {
	File, Kind, Service, Note string
	// ExpectedCause is null, a cause, or a list of acceptable causes; "" in a list is no
	// failure.
	ExpectedCause json.RawMessage
}

// accepts returns the acceptable causes; "" is no failure.
func (r record) accepts() []catalog.Cause {
	var one catalog.Cause
	var list []catalog.Cause
	switch {
	case json.Unmarshal(r.ExpectedCause, &one) == nil && one != "":
		return []catalog.Cause{one}
	case json.Unmarshal(r.ExpectedCause, &list) == nil && list != nil:
		return list
	}
	return []catalog.Cause{""}
}

func (r record) message(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "wire", r.File))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(raw), "\r\n", "\n")
}

func records(t *testing.T) []record {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "wire", "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []record
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := strings.TrimSuffix(strings.TrimSpace(lines.Text()), ",")
		if !strings.HasPrefix(line, "{") {
			continue
		}
		var r record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		all = append(all, r)
	}
	return all
}

// place is a request of the examination, and the check that judges its response.
type place struct {
	check exam.CheckID
	takes func(*http.Request) bool
	// tenant is true if the form contains the tenant, so that its document is requested.
	tenant bool
}

var places = map[string]place{
	"environment": {check: "environment", takes: func(r *http.Request) bool {
		return r.Host == sandbox.EnvironmentHost && r.Header.Get("Authorization") == ""
	}},
	"tenant": {check: "tenant", tenant: true, takes: func(r *http.Request) bool {
		return r.Host == sandbox.LoginHost && strings.Contains(r.URL.Path, ".well-known")
	}},
	"token": {check: "token", takes: func(r *http.Request) bool {
		return r.Host == sandbox.LoginHost && r.Method == http.MethodPost
	}},
	"whoami":       {check: "whoami", takes: withToken("/api/data/v9.2/WhoAmI")},
	"soap":         {check: "whoami-soap", takes: withToken("/XRMServices/")},
	"user":         {check: "appuser", takes: withToken("/api/data/v9.2/systemusers")},
	"organization": {check: "whoami", takes: withToken("/api/data/v9.2/organizations")},
}

func withToken(path string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		return r.Header.Get("Authorization") != "" && strings.HasPrefix(r.URL.Path, path)
	}
}

// comesAt lists the places where a kind of message can occur. A kind outside this list is
// read by the catalogue only, because it is no response to a request of the examination.
var comesAt = map[string][]string{
	"dataverse-challenge": {"environment"},
	"other-challenge":     {"environment"},
	"dataverse-401-token": {"whoami", "soap"},
	"dataverse-403":       {"environment", "whoami", "soap"},
	"dataverse-400":       {"whoami", "soap"},
	"dataverse-4xx":       {"environment", "whoami", "soap"},
	"dataverse-429":       {"environment", "whoami", "soap"},
	"dataverse-whoami":    {"whoami"},
	"dataverse-200":       {"organization"},
	"soap-whoami":         {"soap"},
	"soap-fault":          {"soap"},
	"systemuser-row":      {"user"},
	"role-row":            {"user"},
	"entra-openid":        {"tenant"},
	"entra-openid-error":  {"tenant"},
	"entra-token":         {"token"},
	"entra-token-error":   {"token"},
	"entra-page":          {"token", "tenant"},
	"gateway":             {"environment", "tenant", "token", "whoami", "soap"},
	"proxy":               {"environment", "tenant", "token", "whoami", "soap"},
}

// elsewhere are messages with a more exact cause at their place than alone: the cause of
// the examination there, and the reason.
var elsewhere = map[string]struct {
	cause  catalog.Cause
	reason string
}{
	"entra-400-70016-2021.http token":  {"consent.timed-out", "a device code's pending state is no answer to client credentials"},
	"httpsys-400-hostname.http tenant": {catalog.Unknown, "no environment was asked for: the login host itself is not there"},
	"httpsys-404.http tenant":          {catalog.Unknown, "as above"},
}

// TestReplay passes every recorded message through the product's reading and judging, at
// each place where it can occur.
func TestReplay(t *testing.T) {
	files, runs := 0, 0
	for _, r := range race.Sample(records(t), 5) {
		files++
		for _, at := range comesAt[r.Kind] {
			runs++
			t.Run(r.File+" "+at, func(t *testing.T) {
				t.Parallel()
				want := r.accepts()
				if special, ok := elsewhere[r.File+" "+at]; ok {
					want = []catalog.Cause{special.cause}
				}
				result := replayAt(t, places[at], adapted(r.message(t)))
				got := result.Cause
				if result.Status == exam.Pass || result.Status == exam.Warn && slices.Contains(want, "") {
					got = ""
				}
				if !slices.Contains(want, got) {
					t.Errorf("got %s %q, want one of %q\n%s\n%s", result.Status, got, want, result.Summary, r.Note)
				}
			})
		}
	}
	t.Logf("%d messages, %d replays", files, runs)
}

// replayAt examines the healthy sandbox with one response replaced.
func replayAt(t *testing.T, at place, message string) exam.Result {
	t.Helper()
	s := open(t)
	form, err := s.Play("")
	if err != nil {
		t.Fatal(err)
	}
	if at.tenant {
		form.Tenant = sandbox.TenantID
	}
	d := s.Doctor
	d.Transport = replay(t, s, at.takes, framed(message))
	report := d.Examine(t.Context(), form, false, nil)
	result, ok := report.Check(at.check)
	if !ok {
		t.Fatalf("there is no check %s", at.check)
	}
	return result
}

var (
	recordedHost  = regexp.MustCompile(`\bcontoso(?:\.api)?\.crm\d*\.(?:dynamics\.com|microsoftdynamics\.us)`)
	recordedLogin = regexp.MustCompile(`\blogin\.(?:microsoftonline\.com|windows\.net)`)
	recordedGov   = regexp.MustCompile(`\blogin\.microsoftonline\.us`)
)

// adapted replaces the recorded names with the sandbox's names.
func adapted(message string) string {
	message = strings.ReplaceAll(message, "7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f", sandbox.TenantID)
	if strings.Contains(message, "microsoftdynamics.us") {
		message = recordedGov.ReplaceAllString(message, sandbox.LoginHost)
	}
	message = recordedHost.ReplaceAllString(message, sandbox.EnvironmentHost)
	message = recordedLogin.ReplaceAllString(message, sandbox.LoginHost)
	message = recordedGov.ReplaceAllString(message, sandbox.GovLoginHost)
	for name, id := range map[string]string{"UserId": sandbox.UserID, "BusinessUnitId": sandbox.BusinessUnitID, "OrganizationId": sandbox.OrganizationID} {
		value := regexp.MustCompile(`(?s)(>` + name + `</[a-z]+:key>\s*<[^>]*>)[0-9a-f-]{36}`)
		message = value.ReplaceAllString(message, "${1}"+id)
	}
	return message
}

// TestReadRecorded reads every recorded message with the catalogue only.
func TestReadRecorded(t *testing.T) {
	services := map[string]catalog.Service{"dataverse": catalog.Dataverse, "entra": catalog.Entra, "graph": catalog.Graph, "bap": catalog.BAP}
	for _, r := range records(t) {
		if r.Kind == "redirect-consent" || r.File == "entra-400-70016-2021.http" {
			continue // core/consent reads it; pending is no failure
		}
		t.Run(r.File, func(t *testing.T) {
			resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(framed(r.message(t)))), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			var body bytes.Buffer
			if _, err := body.ReadFrom(resp.Body); err != nil {
				t.Fatal(err)
			}
			service := services[r.Service]
			if service == "" {
				service = catalog.Dataverse
			}
			signs, _ := catalog.Read(service, resp.StatusCode, resp.Header, body.Bytes())
			got := catalog.Recognise(signs)
			want := r.accepts()
			// A first challenge and another product's refusal carry no mark.
			if strings.Contains(r.Kind, "challenge") || r.Kind == "dataverse-401-token" {
				want = append(want, catalog.Unknown, "")
			}
			if !slices.Contains(want, got.Cause) {
				t.Errorf("got %q by %q, want one of %q (origin %q)\n%s", got.Cause, got.By, want, signs.Origin, r.Note)
			}
		})
	}
}

// TestReadRecordedRedirects reads the recorded consent redirects without their attempt.
func TestReadRecordedRedirects(t *testing.T) {
	for _, r := range records(t) {
		if r.Kind != "redirect-consent" {
			continue
		}
		t.Run(r.File, func(t *testing.T) {
			_, location, ok := strings.Cut(r.message(t), "Location: ")
			if !ok {
				t.Fatal("no Location")
			}
			location, _, _ = strings.Cut(location, "\n")
			out := consent.Read(location, consent.Attempt{})
			got := out.Cause
			if out.Ending == consent.Consented {
				got = ""
			}
			if !slices.Contains(r.accepts(), got) {
				t.Errorf("got %s %q, want one of %q\n%s", out.Ending, got, r.accepts(), r.Note)
			}
			if strings.HasPrefix(r.File, "redir-v2-cancel") && !slices.Contains(out.Alternatives, "consent.needs-admin") {
				t.Errorf("alternatives %q: Cancel and a request for approval look alike", out.Alternatives)
			}
		})
	}
}
