package ui

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// tapped is the network of a sandbox. It records every secret in its messages.
type tapped struct {
	next http.RoundTripper
	// refuse returns the response to a request, given the administrator's token; nil
	// passes the request on.
	refuse func(r *http.Request, token string) *http.Response

	mu      sync.Mutex
	secrets map[string]string // by their kind
}

func (n *tapped) hear(name, secret string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(secret) >= smuggle.Piece {
		n.secrets[name+" "+secret[len(secret)-6:]] = secret
	}
}

func (n *tapped) RoundTrip(r *http.Request) (*http.Response, error) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	n.hear("token", signature(token))
	if r.Body != nil {
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
		form, _ := url.ParseQuery(string(sent))
		for _, name := range []string{"code", "code_verifier", "refresh_token", "client_secret", "client_assertion"} {
			n.hear(name, signature(form.Get(name)))
		}
	}
	if n.refuse != nil {
		if answer := n.refuse(r, token); answer != nil {
			answer.Request = r
			return answer, nil
		}
	}
	answer, err := n.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body = io.NopCloser(bytes.NewReader(body))
	var came map[string]any
	if json.Unmarshal(body, &came) == nil {
		for _, name := range []string{"access_token", "refresh_token", "id_token", "secretText"} {
			if secret, ok := came[name].(string); ok {
				n.hear(name, signature(secret))
			}
		}
	}
	return answer, err
}

// signature returns the secret part of a token: the window may show its claims.
func signature(token string) string { return token[strings.LastIndex(token, ".")+1:] }

// inSandbox opens the window in the sandbox with an empty tenant.
func inSandbox(t *testing.T, path guide.Path, accounts ...string) (*stage, *tapped) {
	t.Helper()
	box, err := core.OpenSandbox()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	way := box.Transport
	network := &tapped{secrets: map[string]string{}, next: &http.Transport{
		DialContext: way.Dial, TLSClientConfig: &tls.Config{RootCAs: way.Roots}, DisableKeepAlives: true,
	}}
	box.Transport.Replay = network
	s := newStage(t, Options{}, func(s *stage) {
		s.practice, s.scenarios, s.browse = box, session.Scenarios(), signsIn(t, accounts)
	})
	s.w.session.EnterSandbox("setup-empty")
	s.until("the sandbox", func() bool { return s.w.session.State().Sandbox.Active })
	s.w.session.ChoosePath(path)
	s.press("Set it up")
	return s, network
}

var (
	flowOfPage = regexp.MustCompile(`name="flow" value="([^"]+)"`)
	formOfPage = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
)

// signsIn returns a browser in which the accounts of the sandbox sign in, one after the
// other; without accounts the administrator signs in each time.
func signsIn(t *testing.T, accounts []string) func(context.Context, string) error {
	return func(_ context.Context, address string) error {
		account := "administrator"
		if len(accounts) > 0 {
			account, accounts = accounts[0], accounts[1:]
		}
		go func() {
			c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			answer, err := c.Get(address)
			if err != nil {
				t.Error(err)
				return
			}
			page, _ := io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			flow, form := flowOfPage.FindSubmatch(page), formOfPage.FindSubmatch(page)
			if flow == nil || form == nil {
				t.Errorf("no sign-in page: %s", page)
				return
			}
			to, err := answer.Request.URL.Parse(html.UnescapeString(string(form[1])))
			if err != nil {
				t.Error(err)
				return
			}
			answer, err = c.PostForm(to.String(), url.Values{"flow": {string(flow[1])}, "account": {account}})
			if err != nil {
				return
			}
			page, _ = io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			if flow, form = flowOfPage.FindSubmatch(page), formOfPage.FindSubmatch(page); flow == nil || form == nil {
				return // it was redirected back
			}
			if to, err = answer.Request.URL.Parse(html.UnescapeString(string(form[1]))); err != nil {
				t.Error(err)
				return
			}
			if answer, err = c.PostForm(to.String(), url.Values{"flow": {string(flow[1])}, "decision": {"accept"}}); err == nil {
				_ = answer.Body.Close()
			}
		}()
		return nil
	}
}

// wantSetup changes the choices, and waits until the plan is read.
func (s *stage) wantSetup(change func(*session.SetupWants)) {
	w := s.w.session.State().Setup.Wants
	change(&w)
	s.w.session.WantSetup(w)
	s.advance(session.DiscoverPause)
	s.until("the plan", func() bool { return !s.w.session.State().Setup.Reading })
}

// TestSetupInTheSandbox does everything in the window, from an empty tenant to WhoAmI and
// back, on the modern and the classic path. No secret is shown or in the journal.
func TestSetupInTheSandbox(t *testing.T) {
	race.Skip(t, "a whole tenant; core tests the same under the detector")
	for _, c := range []struct {
		path   guide.Path
		choose func(*session.SetupWants)
		done   string // of the guide's steps
	}{
		{guide.Modern, func(w *session.SetupWants) { w.RoleName, w.Secret = "Basic User", true }, "5 of 5 done"},
		{guide.Classic, func(w *session.SetupWants) { w.Role = session.RoleClone }, "8 of 8 done"},
	} {
		t.Run(string(c.path), func(t *testing.T) {
			s, network := inSandbox(t, c.path)
			w := newWatch(s)
			s.press("Sign in with the browser")
			s.until("the plan", func() bool { return s.setupPhase() == session.SetupPlanned })
			s.wantSetup(c.choose)
			w.openOver()
			s.press("Make these changes")
			s.until("the end", func() bool { return !s.setupPhase().UnderWay() })
			st := s.w.session.State()
			if st.Setup.Phase != session.SetupDone || st.Setup.Report == nil || st.Setup.Report.WhoAmI == nil {
				t.Fatalf("it ends as %s:\n%s", st.Setup.Phase, s.over())
			}
			w.openOver()
			s.press("Close")
			s.until("the guide", func() bool { return strings.Contains(s.outline(), c.done) })
			if check, _ := s.examination().Report.Check(exam.CheckCredentialExpiry); !strings.Contains(check.Summary.String(), "lasts until") {
				t.Errorf("the end of the credential is not known: %s", check.Summary)
			}
			s.lists().Choose(showChecks)
			w.openAll()
			w.copyAll()
			w.canaries = network.all()
			w.look("after the set-up")
			w.lookAtFiles(t, st.Setup.Plan.Journal)

			s.w.session.OpenSetup()
			s.settle()
			if !strings.Contains(s.over(), "A set-up of this connection was begun before") {
				t.Errorf("the earlier set-up is not named:\n%s", s.over())
			}
			s.press("Sign in with the browser")
			s.until("the plan", func() bool { return s.setupPhase() == session.SetupPlanned })
			s.press("Take it back…")
			s.press("Take it back")
			s.until("the end", func() bool { return !s.setupPhase().UnderWay() })
			if s.setupPhase() != session.SetupUndone || s.field("Application (client) ID").Entry.Text != "" {
				t.Errorf("it ends as %s:\n%s", s.setupPhase(), s.over())
			}
			w.canaries = network.all()
			w.look("taken back")
			t.Logf("%d secrets, %d different texts, %d found", len(w.canaries), len(w.seen), w.found)
			if len(w.canaries) < 8 {
				t.Errorf("%d secrets only: the ear is deaf", len(w.canaries))
			}
		})
	}
}

// TestSetupOfTwoInTheSandbox divides the work between an administrator without rights in
// the environment and another who may register no application.
func TestSetupOfTwoInTheSandbox(t *testing.T) {
	race.Skip(t, "a whole tenant; core tests the same under the detector")
	s, _ := inSandbox(t, guide.Modern, "entra-administrator", "dataverse-administrator", "entra-administrator")
	s.press("Sign in with the browser")
	s.until("the plan of one half", func() bool { return s.setupPhase() == session.SetupPlanned })
	if got := s.over(); !s.w.session.State().Setup.LacksRights() || !strings.Contains(got, "0x80072560") {
		t.Fatalf("it shows\n%s", got)
	}
	s.press("Two administrators sign in")
	s.until("the plan", func() bool { return !s.setupPhase().UnderWay() })
	if got := s.w.session.State().Setup.Account; got != "isaiah@contoso.onmicrosoft.com, lidia@contoso.onmicrosoft.com" {
		t.Fatalf("signed in: %q\n%s", got, s.over())
	}
	s.wantSetup(func(w *session.SetupWants) { w.RoleName = "Basic User" })
	s.press("Make these changes")
	s.until("the end", func() bool { return !s.setupPhase().UnderWay() })
	if r := s.w.session.State().Setup.Report; r == nil || r.WhoAmI == nil {
		t.Errorf("no WhoAmI:\n%s", s.over())
	}
}

// TestSetupByDeviceCodeInTheSandbox makes the administrator type a code, only after the
// user chose this among the other ways, with the warning visible.
func TestSetupByDeviceCodeInTheSandbox(t *testing.T) {
	race.Skip(t, "a whole tenant; core tests the same under the detector")
	s, _ := inSandbox(t, guide.Modern)
	s.foldOver("Other ways to sign in").SetOpen(true)
	if got := s.over(); !strings.Contains(got, "Attackers misuse device codes") {
		t.Errorf("there is no warning before a code is asked for:\n%s", got)
	}
	s.press("Sign in with a device code")
	s.until("the code", func() bool { return s.setupPhase() == session.SetupCode })
	u := s.w.session.State().Setup
	if got := s.over(); !strings.Contains(got, u.Code) || !strings.Contains(got, u.CodePage) {
		t.Errorf("the code %q or its page %q is not shown:\n%s", u.Code, u.CodePage, got)
	}
	if s.press("Copy the device code"); strings.Join(s.copied, " ") != u.Code {
		t.Errorf("copied %q, want %q", s.copied, u.Code)
	}
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := c.PostForm(u.CodePage, url.Values{"code": {u.Code}, "account": {"administrator"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	s.until("the plan", func() bool { return !s.setupPhase().UnderWay() })
	if u := s.w.session.State().Setup; u.Phase != session.SetupPlanned || u.Account == "" {
		t.Errorf("it ends as %s:\n%s", u.Phase, s.over())
	}
}

// TestNoAdministratorEchoInTheWindow guards that the administrator's token, which the
// environment echoes in a refusal, appears neither in the window nor in the journal.
func TestNoAdministratorEchoInTheWindow(t *testing.T) {
	race.Skip(t, "a whole tenant; core tests the same under the detector")
	s, network := inSandbox(t, guide.Modern)
	var echoed string
	network.refuse = func(r *http.Request, token string) *http.Response {
		if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/systemusers") {
			return nil
		}
		var b strings.Builder
		for _, spelling := range smuggle.Spellings[:6] { // more would be too long for a refusal to be read
			b.WriteString(" " + spelling.Write(token))
		}
		echoed = token
		body, _ := json.Marshal(map[string]any{"error": map[string]string{"code": "0x80040220", "message": "Refused:" + b.String()}})
		return &http.Response{StatusCode: http.StatusForbidden, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(body))}
	}
	w := newWatch(s)
	s.press("Sign in with the browser")
	s.until("the plan", func() bool { return s.setupPhase() == session.SetupPlanned })
	s.wantSetup(func(w *session.SetupWants) { w.RoleName = "Basic User" })
	s.press("Make these changes")
	s.until("the end", func() bool { return !s.setupPhase().UnderWay() })
	u := s.w.session.State().Setup
	if u.Failure == nil || u.Failure.Step != plan.ApplicationUser || echoed == "" {
		t.Fatalf("it ends as %s, %+v", u.Phase, u.Failure)
	}
	w.openOver()
	w.canaries = append(network.all(), echoed)
	w.look("refused")
	w.lookAtFiles(t, u.Plan.Journal)
}

// all returns the secrets so far.
func (n *tapped) all() (list []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, secret := range n.secrets {
		list = append(list, secret)
	}
	return list
}

// openOver opens all closed rows in the dialog over the window.
func (w *watch) openOver() {
	for _, o := range visible(w.s.w.win.Canvas().Overlays().Top()) {
		if f, ok := o.CanvasObject.(*kit.Disclosure); ok {
			f.SetOpen(true)
			w.s.copied = append(w.s.copied, f.Name)
			if f.Copy != nil {
				w.s.copied = append(w.s.copied, f.Copy())
			}
		}
	}
	w.s.settle()
}

// lookAtFiles searches the folder of the journal. Certificate files hold keys, which are
// never sent.
func (w *watch) lookAtFiles(t *testing.T, journal string) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(filepath.Dir(journal), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		seen += len(content)
		for _, canary := range w.canaries {
			if part := smuggle.Leak(string(content), canary); part != "" {
				t.Errorf("%q is in %s", part, path)
			}
		}
		return err
	})
	if err != nil || seen < 500 {
		t.Errorf("%d bytes in the folder of the journal %q: %v", seen, journal, err)
	}
}
