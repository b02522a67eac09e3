package admin_test

import (
	"context"
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const graph = "https://" + sandbox.GraphHost

// stage is a sandbox with a user at a browser.
type stage struct {
	testing.TB
	server *sandbox.Server
	// account is the account that signs in; "" for no sign-in.
	account string

	mu    sync.Mutex
	pages []string // addresses that were opened
	seen  string   // the text of the last page
}

func newStage(t testing.TB, signIn sandbox.SignIn) *stage {
	t.Helper()
	server, err := sandbox.Start(&sandbox.Tenant{SignIn: signIn})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return &stage{TB: t, server: server, account: "administrator"}
}

// options returns the options of a window on the sandbox.
func (s *stage) options(needs ...string) admin.Options {
	return admin.Options{
		Transport: s.server.Transport(), Cloud: s.server.Clouds()[0], TenantID: sandbox.TenantID, Needs: needs,
		Open: s.open, Authority: strings.TrimSuffix(s.server.PageURL("https://"+sandbox.LoginHost+"/"), "/"),
	}
}

// open plays a browser with a user.
func (s *stage) open(ctx context.Context, address string) error {
	s.mu.Lock()
	s.pages = append(s.pages, address)
	s.mu.Unlock()
	if s.account == "" {
		return nil
	}
	go s.browse(context.WithoutCancel(ctx), address)
	return nil
}

func (s *stage) opened() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.pages)
}

var (
	flowField = regexp.MustCompile(`name="flow" value="([^"]+)"`)
	formTo    = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
)

// browse signs in and accepts, and follows the redirects.
func (s *stage) browse(ctx context.Context, address string) {
	base, err := url.Parse(address)
	if err != nil {
		s.Error(err)
		return
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	page := s.fetch(ctx, client, http.MethodGet, address, nil)
	for _, answer := range []url.Values{{"account": {s.account}}, {"decision": {"accept"}}} {
		flow, form := flowField.FindStringSubmatch(page), formTo.FindStringSubmatch(page)
		if flow == nil || form == nil {
			break
		}
		answer.Set("flow", flow[1])
		page = s.fetch(ctx, client, http.MethodPost, base.Scheme+"://"+base.Host+html.UnescapeString(form[1]), answer)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = page
}

func (s *stage) fetch(ctx context.Context, c *http.Client, method, address string, form url.Values) string {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		s.Error(err)
		return ""
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := c.Do(r)
	if err != nil {
		return "" // the listener may have ended already
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

// until waits for a change that another goroutine makes.
func (s *stage) until(what string, done func() bool) {
	s.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			s.Errorf("never came: %s", what)
			return
		}
	}
}

// TestBrowserSignsIn guards that one visit to the page serves both resources, that a
// token is requested once, and that signing out ends its use.
func TestBrowserSignsIn(t *testing.T) {
	for name, c := range map[string]struct {
		client string // "" is the default for the needs
		needs  []string
		signIn sandbox.SignIn
		scopes string // of Microsoft Graph
	}{
		"look":            {"", []string{admin.ReadApplications}, sandbox.SignIn{}, "Application.Read.All Group.Read.All Organization.Read.All RoleManagement.Read.Directory"},
		"do":              {"", []string{admin.WriteApplications}, sandbox.SignIn{}, "Application.ReadWrite.All Organization.Read.All User.Read"},
		"do, classic":     {"", []string{admin.WriteApplications, admin.WriteGrants, admin.WriteUsers}, sandbox.SignIn{}, "Application.ReadWrite.All AuditLog.Read.All DelegatedPermissionGrant.ReadWrite.All Directory.AccessAsUser.All User.ReadWrite.All"},
		"own":             {sandbox.AdminClientID, []string{admin.ReadApplications}, sandbox.SignIn{}, "Application.Read.All"},
		"own, to consent": {sandbox.AdminClientID, []string{admin.WriteApplications, admin.WriteGrants}, sandbox.SignIn{NotConsented: true}, "Application.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All"},
		"terse scopes":    {"", []string{admin.WriteApplications}, sandbox.SignIn{Terse: true}, "Application.ReadWrite.All Organization.Read.All User.Read"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, c.signIn)
			o := s.options(c.needs...)
			if c.client != "" {
				o.Client, _ = admin.FindClient(c.client)
			}
			b := admin.NewBrowser(o)
			defer b.SignOut()
			for range 2 {
				for resource, scopes := range map[string]string{graph: c.scopes, sandbox.Environment: "user_impersonation"} {
					token, err := b.Token(t.Context(), resource)
					if err != nil {
						t.Fatal(resource, err)
					}
					claims, _ := entra.Peek(token.Value)
					want := []string{scopes, "admin@contoso.onmicrosoft.com", sandbox.TenantID, resource, b.Client().ID}
					if diff := cmp.Diff(want, []string{token.Scopes, token.Account, token.TenantID, claims.Audience, claims.AppID}); diff != "" {
						t.Errorf("%s: -want +got\n%s", resource, diff)
					}
				}
			}
			if pages := s.opened(); len(pages) != 1 {
				t.Errorf("%d pages were opened", len(pages))
			}
			b.SignOut()
			if token, err := b.Token(t.Context(), graph); err == nil || !token.Value.Empty() {
				t.Error("a token after the sign-out")
			}
		})
	}
}

// TestBlockedSignIns guards that each refusal, at any step, leads to ways that can work,
// and that the script is always the last of them.
func TestBlockedSignIns(t *testing.T) {
	for code, want := range map[int][]admin.Way{
		65002:  {admin.ByAnotherClient, admin.ByOwnClient, admin.ByAzureCLI, admin.ByScript},
		700016: {admin.ByOwnClient, admin.ByAnotherClient, admin.ByAzureCLI, admin.ByScript},
		50105:  {admin.ByOwnClient, admin.ByAnotherClient, admin.ByAzureCLI, admin.ByScript},
		65001:  {admin.ByConsent, admin.ByAnotherClient, admin.ByAzureCLI, admin.ByScript},
		90094:  {admin.ByConsent, admin.ByAnotherUser, admin.ByAzureCLI, admin.ByScript},
		53003:  {admin.ByAzureCLI, admin.ByScript},
		530084: {admin.ByAzureCLI, admin.ByScript},
		53000:  {admin.ByAzureCLI, admin.ByScript},
		50097:  {admin.ByAzureCLI, admin.ByBrowser, admin.ByScript},
		50076:  {admin.ByBrowser, admin.ByAzureCLI, admin.ByScript},
	} {
		for _, at := range []sandbox.SignInStep{sandbox.AtPage, sandbox.AtRedirect, sandbox.AtCode, sandbox.AtRefresh, sandbox.AtDevice} {
			t.Run(strings.TrimSpace(strconv.Itoa(code)+" "+string(at)), func(t *testing.T) {
				s := newStage(t, sandbox.SignIn{Refuse: code, At: at, Dataverse: at == sandbox.AtRefresh})
				err := s.blocked(t, at)
				var refused *admin.Error
				// If claims or consent can end the refusal, the user is asked for them at
				// once.
				if met := code == 50076 && (at == sandbox.AtCode || at == sandbox.AtRefresh) || code == 65001 && at == sandbox.AtRefresh; met {
					if err != nil {
						t.Fatalf("the user was not asked again: %v", err)
					}
					if pages := s.opened(); len(pages) != 2 {
						t.Errorf("%d pages", len(pages))
					}
					return
				}
				if !errors.As(err, &refused) || refused.Cause != catalog.AdminNoSignIn || refused.Code != "AADSTS"+strconv.Itoa(code) || refused.Summary.Empty() {
					t.Fatalf("got %v", err)
				}
				if diff := cmp.Diff(want, refused.Next); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
			})
		}
	}
}

// blocked signs in until the refusal, and returns it.
func (s *stage) blocked(t *testing.T, at sandbox.SignInStep) error {
	o := s.options(admin.WriteApplications)
	var a admin.Administrator
	b := admin.NewBrowser(o)
	a = b
	if at == sandbox.AtDevice {
		o.Show = s.enter
		a = admin.NewDevice(o)
	}
	defer a.SignOut()
	if at == sandbox.AtPage { // no redirect: the user pastes the text of the page
		go func() {
			s.until("the page's refusal", func() bool {
				s.mu.Lock()
				seen := s.seen
				s.mu.Unlock()
				return strings.Contains(seen, "AADSTS") && b.Paste(seen)
			})
		}()
	}
	_, err := a.Token(t.Context(), graph)
	if err == nil && at == sandbox.AtRefresh {
		_, err = a.Token(t.Context(), sandbox.Environment)
	}
	return err
}

// enter enters a device code on its page.
func (s *stage) enter(code entra.DeviceCode) {
	go s.fetch(context.Background(), &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, http.MethodPost,
		code.URL, url.Values{"code": {code.UserCode}, "account": {s.account}})
}

// TestWrongAnswers guards that a token of another tenant, a response of another attempt
// and an account of another tenant are no sign-in.
func TestWrongAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		signIn  sandbox.SignIn
		account string
		cause   catalog.Cause
	}{
		"a token of another tenant":    {sandbox.SignIn{Foreign: true}, "administrator", catalog.AdminWrongTenant},
		"an answer of another attempt": {sandbox.SignIn{OtherNonce: true}, "administrator", catalog.AdminNoSignIn},
		"an account of another tenant": {sandbox.SignIn{}, "foreign", catalog.AdminWrongTenant},
		"a page that nobody finishes":  {sandbox.SignIn{}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, c.signIn)
			s.account = c.account
			b := admin.NewBrowser(s.options(admin.ReadApplications))
			defer b.SignOut()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.account == "" {
				go func() { s.until("the page", func() bool { return len(s.opened()) > 0 }); cancel() }()
			}
			if c.account == "foreign" {
				go s.until("the page's refusal", func() bool {
					s.mu.Lock()
					seen := s.seen
					s.mu.Unlock()
					return strings.Contains(seen, "AADSTS50020") && b.Paste(seen)
				})
			}
			token, err := b.Token(ctx, graph)
			var refused *admin.Error
			switch {
			case !token.Value.Empty():
				t.Error("a token came")
			case c.cause == "" && !errors.Is(err, context.Canceled):
				t.Errorf("got %v", err)
			case c.cause != "" && (!errors.As(err, &refused) || refused.Cause != c.cause || len(refused.Next) == 0):
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestDeviceSignsIn guards that a device code serves both resources.
func TestDeviceSignsIn(t *testing.T) {
	s := newStage(t, sandbox.SignIn{})
	o := s.options(admin.WriteApplications)
	shown := 0
	o.Show = func(c entra.DeviceCode) {
		if shown++; len(c.UserCode) != 9 || c.URL == "" || time.Until(c.Expires) < 14*time.Minute {
			t.Errorf("%+v", c)
		}
		s.enter(c)
	}
	d := admin.NewDevice(o)
	defer d.SignOut()
	for _, resource := range []string{graph, sandbox.Environment, graph} {
		if token, err := d.Token(t.Context(), resource); err != nil || token.Account != "admin@contoso.onmicrosoft.com" {
			t.Fatal(token, err)
		}
	}
	if shown != 1 {
		t.Errorf("%d codes", shown)
	}
}

// TestSignOutEndsTheWait guards that no wait for a page continues after the administrator
// has signed out.
func TestSignOutEndsTheWait(t *testing.T) {
	s := newStage(t, sandbox.SignIn{})
	s.account = ""
	b := admin.NewBrowser(s.options(admin.ReadApplications))
	go func() {
		s.until("the page", func() bool { return len(s.opened()) > 0 })
		b.SignOut()
	}()
	var refused *admin.Error
	if _, err := b.Token(t.Context(), graph); !errors.As(err, &refused) {
		t.Errorf("got %v", err)
	}
	if _, err := b.Token(t.Context(), graph); !errors.As(err, &refused) {
		t.Errorf("got %v", err)
	}
}

// TestHalves guards that two administrators sign in, each for their half.
func TestHalves(t *testing.T) {
	s := newStage(t, sandbox.SignIn{})
	entraOne := admin.NewBrowser(s.options(admin.WriteApplications))
	other := newStage(t, sandbox.SignIn{})
	other.server, other.account = s.server, "employee"
	both := &admin.Halves{Environment: sandbox.Environment, Entra: entraOne, Dataverse: admin.NewBrowser(other.options(admin.WriteApplications))}
	defer both.SignOut()
	for resource, want := range map[string]string{graph: "admin@contoso.onmicrosoft.com", sandbox.Environment: "megan@contoso.onmicrosoft.com"} {
		if token, err := both.Token(t.Context(), resource); err != nil || token.Account != want {
			t.Error(resource, token.Account, err)
		}
	}
}

// TestNoNetwork guards that a host that cannot be reached is a failure of the network.
func TestNoNetwork(t *testing.T) {
	s := newStage(t, sandbox.SignIn{})
	s.server.Configure(func(t *sandbox.Tenant) { t.Login.Refused = true })
	b := admin.NewBrowser(s.options(admin.ReadApplications))
	defer b.SignOut()
	var failure *transport.Error
	if _, err := b.Token(t.Context(), graph); !errors.As(err, &failure) {
		t.Errorf("got %v", err)
	}
}
