//go:build unix

package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// atBrowser is the standard error of a run, and acts as the user: it opens the address,
// or enters the code, that the run prints.
type atBrowser struct {
	t       *testing.T
	account string
	// environment is the account that signs in as the environment's administrator; ""
	// means the same account.
	environment string

	mu   sync.Mutex
	text bytes.Buffer
	went []string // pages and codes that were printed before
}

var (
	printedPage = regexp.MustCompile(`(?m)^(http://localhost:\d+/\S+)$`)
	deviceAt    = regexp.MustCompile(`open (\S+) in a browser and enter the code (\w+)`)
	flowField   = regexp.MustCompile(`name="flow" value="([^"]+)"`)
	formTo      = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
)

func (b *atBrowser) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text.Write(p)
	for _, page := range printedPage.FindAllStringSubmatch(b.text.String(), -1) {
		b.visit(page[1], func(account string) { b.browse(page[1], account) })
	}
	for _, code := range deviceAt.FindAllStringSubmatch(b.text.String(), -1) {
		b.visit(code[2], func(account string) {
			b.fetch(http.MethodPost, code[1], url.Values{"code": {code[2]}, "account": {account}})
		})
	}
	return len(p), nil
}

// visit signs in the requested account, once for each page or code.
func (b *atBrowser) visit(what string, signIn func(account string)) {
	if slices.Contains(b.went, what) {
		return
	}
	account, before := b.account, b.text.String()
	before = before[:strings.Index(before, what)]
	if strings.LastIndex(before, "an administrator of the environment signs in") > strings.LastIndex(before, "an administrator of Entra signs in") {
		account = cmp.Or(b.environment, b.account)
	}
	b.went = append(b.went, what)
	go signIn(account)
}

func (b *atBrowser) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// browse chooses the account on the page, and follows the redirect.
func (b *atBrowser) browse(address, account string) {
	page := b.fetch(http.MethodGet, address, nil)
	flow, form := flowField.FindStringSubmatch(page), formTo.FindStringSubmatch(page)
	base, err := url.Parse(address)
	if err != nil || flow == nil || form == nil {
		b.t.Errorf("no sign-in page at %s: %s", address, page)
		return
	}
	b.fetch(http.MethodPost, "http://"+base.Host+html.UnescapeString(form[1]), url.Values{"flow": {flow[1]}, "account": {account}})
}

func (b *atBrowser) fetch(method, address string, form url.Values) string {
	r, err := http.NewRequestWithContext(context.Background(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Error(err)
		return ""
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second}
	resp, err := c.Do(r)
	if err != nil {
		b.t.Error(err)
		return ""
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return string(body)
}

// withoutBrowser removes all programs that open a page from PATH.
func withoutBrowser(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"xdg-open", "open", "x-www-browser", "www-browser"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nexit 1\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

// TestPlanSignsIn guards that plan signs in with the browser by default, prints the
// address if no browser can be opened, uses a device code only if the user chose it, and
// names the sign-in. Standard output contains nothing about the sign-in.
func TestPlanSignsIn(t *testing.T) {
	withoutBrowser(t)
	const own = "6b3f1d84-9e02-4c57-8a1d-f27c05b9e463"
	look := "“Dynamics 365 Example Client Application”, a program of Microsoft's (51f81489-12ee-4a9e-aaae-a2591f45987d)"
	for name, c := range map[string]struct {
		args, env []string
		account   string
		told      []string
	}{
		"default":      {nil, nil, "administrator", []string{look, "no browser could be opened"}},
		"classic":      {[]string{"--path", "classic"}, nil, "administrator", []string{"“Microsoft Azure CLI”"}},
		"own, by flag": {[]string{"--admin-client-id", own}, nil, "administrator", []string{"by the name of your own application (" + own + ")"}},
		"own, by env":  {nil, []string{"S2S_ADMIN_CLIENT_ID", own}, "administrator", []string{own}},
		"device":       {[]string{"--admin", "device"}, nil, "administrator", []string{look, "Attackers misuse device codes", "enter the code"}},
	} {
		t.Run(name, func(t *testing.T) {
			out, stderr := &bytes.Buffer{}, &atBrowser{t: t, account: c.account}
			p := program{in: strings.NewReader(""), out: out, err: stderr, getenv: func(name string) string {
				if len(c.env) == 2 && name == c.env[0] {
					return c.env[1]
				}
				return ""
			}}
			status := p.run(t.Context(), append([]string{"plan", "--sandbox", "--format", "json"}, c.args...))
			var got plan.Plan
			if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got.Steps) != 8 {
				t.Fatalf("status %d: %v\n%s\n%s", status, err, out, stderr)
			}
			for _, part := range c.told {
				if !strings.Contains(stderr.String(), part) {
					t.Errorf("standard error lacks %s:\n%s", part, stderr)
				}
			}
			for _, step := range got.Steps {
				if step.Cause == "admin.no-sign-in" {
					t.Errorf("not signed in: %s", step.Reason)
				}
			}
		})
	}
}

// TestPlanAppliesInTheSandbox goes from an empty tenant to WhoAmI with one command: as an
// administrator with all rights, who signs in once, or as two administrators, who have
// half of the rights each. As only one of these two it stops before any change.
func TestPlanAppliesInTheSandbox(t *testing.T) {
	withoutBrowser(t)
	for name, c := range map[string]struct {
		account string
		args    []string
		status  int
		steps   map[plan.ID]plan.Status
	}{
		"everything":              {"administrator", nil, exitHealthy, map[plan.ID]plan.Status{plan.Application: plan.Applied, plan.Credential: plan.Applied, plan.Role: plan.Applied, plan.Proof: plan.Applied}},
		"nothing kept":            {"administrator", nil, exitHealthy, map[plan.ID]plan.Status{plan.Application: plan.Applied, plan.Credential: plan.Applied, plan.Role: plan.Applied, plan.Proof: plan.Applied}},
		"Entra alone":             {"entra-administrator", nil, exitBroken, map[plan.ID]plan.Status{plan.Application: plan.Todo, plan.Credential: plan.Todo, plan.ApplicationUser: plan.Blocked, plan.Role: plan.Blocked}},
		"two people, one browser": {"entra-administrator", []string{"--environment-admin", "browser"}, exitHealthy, map[plan.ID]plan.Status{plan.Application: plan.Applied, plan.ApplicationUser: plan.Applied, plan.Role: plan.Applied, plan.Proof: plan.Applied}},
		"two people, one device":  {"entra-administrator", []string{"--environment-admin", "device"}, exitHealthy, map[plan.ID]plan.Status{plan.Application: plan.Applied, plan.ApplicationUser: plan.Applied, plan.Role: plan.Applied, plan.Proof: plan.Applied}},
		"half of it":              {"entra-administrator", []string{"--steps", "application,credential,service-principal"}, exitHealthy, map[plan.ID]plan.Status{plan.Application: plan.Applied, plan.Credential: plan.Applied, plan.ApplicationUser: plan.Optional}},
	} {
		t.Run(name, func(t *testing.T) {
			out, stderr := &bytes.Buffer{}, &atBrowser{t: t, account: c.account, environment: "dataverse-administrator"}
			file := filepath.Join(t.TempDir(), "s2s.pem")
			p := program{in: strings.NewReader(""), out: out, err: stderr, getenv: func(string) string { return "" }}
			args := []string{"plan", "--sandbox", "--scenario", "setup-empty", "--role", "Basic User", "--format", "json", "--apply"}
			if name != "nothing kept" {
				args = append(args, "--certificate-out", file)
			}
			status := p.run(t.Context(), append(args, c.args...))
			var got plan.Plan
			if err := json.Unmarshal(out.Bytes(), &got); err != nil || status != c.status {
				t.Fatalf("status %d: %v\n%s\n%s", status, err, out, stderr)
			}
			for id, want := range c.steps {
				if step := got.Step(id); step.Status != want {
					t.Errorf("%s is %s: %s", id, step.Status, step.Reason)
				}
			}
			if !strings.Contains(stderr.String(), "“Power Platform CLI - pac”") {
				t.Errorf("another client signed in:\n%s", stderr)
			}
			if key, err := os.ReadFile(file); err == nil && strings.Contains(out.String()+stderr.String(), string(key[len(key)-200:len(key)-100])) {
				t.Error("the private key is in the output")
			}
		})
	}
}
