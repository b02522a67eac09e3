package sandbox

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestPagesRefuseForgedForms guards that a form from another site, an invented
// flow, and a repeated response change nothing.
func TestPagesRefuseForgedForms(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Application.NotConsented = true })
	c := client(t, s)
	path, q := ask(v1Authorize)
	base := "https://" + LoginHost + "/" + TenantID
	open := func() string {
		r := get(t, c, base+path+"?"+q.Encode())
		r = post(t, c, base+"/sandbox/sign-in", url.Values{"flow": {match(t, flowField, r.Body)}, "account": {"application-user"}})
		return match(t, flowField, r.Body)
	}
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	with := func(name, value string) http.Header {
		h := form.Clone()
		h.Set(name, value)
		return h
	}
	for name, test := range map[string]struct {
		flow   string
		header http.Header
	}{
		"another site":       {open(), with("Sec-Fetch-Site", "cross-site")},
		"another origin":     {open(), with("Origin", "https://evil.example")},
		"no flow":            {"", form},
		"a made-up flow":     {randomText(), form},
		"not a form":         {open(), http.Header{"Content-Type": {"text/plain"}}},
		"the flow of step 1": {match(t, flowField, get(t, c, base+path+"?"+q.Encode()).Body), form},
	} {
		r := send(t, c, http.MethodPost, base+"/sandbox/consent", url.Values{"flow": {test.flow}, "decision": {"accept"}}.Encode(), test.header)
		if r.Status != http.StatusBadRequest {
			t.Errorf("%s: status %d", name, r.Status)
		}
	}
	flow := open()
	accept := url.Values{"flow": {flow}, "decision": {"accept"}}
	diff(t, http.StatusFound, post(t, c, base+"/sandbox/consent", accept).Status)
	diff(t, http.StatusBadRequest, post(t, c, base+"/sandbox/consent", accept).Status)
}

func TestPageHeaders(t *testing.T) {
	s := start(t, nil)
	path, q := ask(v1Authorize)
	for _, address := range []string{"/" + TenantID + path + "?" + q.Encode(), "/" + TenantID + path, "/nothing"} {
		r := get(t, plainClient(t), s.PageURL("https://"+LoginHost+address))
		csp := r.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: no %s in %q", address, want, csp)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(r.Body, "<script") {
			t.Errorf("%s: something may run", address)
		}
		if !strings.Contains(r.Body, "Sandbox: not Microsoft, on this computer only") {
			t.Errorf("%s: does not say that it is the sandbox", address)
		}
		diff(t, []string{"nosniff", "no-referrer", "no-store"},
			[]string{r.Header.Get("X-Content-Type-Options"), r.Header.Get("Referrer-Policy"), r.Header.Get("Cache-Control")})
	}
}

// TestPlainListener guards that the browser's listener serves only the pages, and only
// under this computer's names (DNS rebinding).
func TestPlainListener(t *testing.T) {
	s := start(t, nil)
	plain := plainClient(t)
	path, q := ask(v1Authorize)
	page := s.PageURL("https://" + LoginHost + "/" + TenantID + path + "?" + q.Encode())
	back := walk(t, plain, strings.TrimSuffix(s.PageURL("https://"+LoginHost), "/"), path, q, "administrator", "accept")
	if back.Get("code") == "" {
		t.Error(back)
	}
	for name, test := range map[string]struct {
		method, address, host string
		want                  int
	}{
		"page":           {http.MethodGet, page, "", http.StatusOK},
		"other host":     {http.MethodGet, page, "evil.example:" + s.pagePort, http.StatusMisdirectedRequest},
		"other port":     {http.MethodGet, page, "localhost:1", http.StatusMisdirectedRequest},
		"token endpoint": {http.MethodPost, s.PageURL(tokenURL), "", http.StatusNotFound},
		"put":            {http.MethodPut, page, "", http.StatusMethodNotAllowed},
	} {
		req, _ := http.NewRequest(test.method, test.address, nil)
		req.Host = test.host
		resp, err := plain.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != test.want {
			t.Errorf("%s: status %d, want %d", name, resp.StatusCode, test.want)
		}
	}
}

func TestPageURL(t *testing.T) {
	s := start(t, nil)
	base := "http://localhost:" + s.pagePort
	for in, want := range map[string]string{
		"https://" + LoginHost:                      base,
		"https://" + LoginHost + "/x?y=z":           base + "/x?y=z",
		"https://" + LoginHost + ".evil.example/":   "https://" + LoginHost + ".evil.example/",
		"https://login.microsoftonline.com/common/": "https://login.microsoftonline.com/common/",
	} {
		diff(t, want, s.PageURL(in))
	}
}

func TestFormPost(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	path, q := ask(v2Authorize, "response_mode", "form_post", "state", `a"b`)
	r := get(t, c, "https://"+LoginHost+"/"+TenantID+path+"?"+q.Encode())
	r = post(t, c, "https://"+LoginHost+match(t, formTo, r.Body), url.Values{"flow": {match(t, flowField, r.Body)}, "account": {"employee"}})
	diff(t, "http://localhost:8765/", match(t, formTo, r.Body))
	if !strings.Contains(r.Body, `name="state" value="a&#34;b"`) || !strings.Contains(r.Body, `name="code"`) {
		t.Error(r.Body)
	}
}

// FuzzRedirect guards that an address counts as the registered address only with the same
// scheme, host and path, and without user and fragment.
func FuzzRedirect(f *testing.F) {
	for _, seed := range []string{"http://localhost", "http://localhost:1/", "http://localhost@evil.example/", "http://localhost.evil.example", "http://localhost#x", "HTTP://LOCALHOST", "http://[::1]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, asked string) {
		for _, registered := range []string{"http://localhost", "https://app.contoso.example/signin"} {
			if !sameRedirect(registered, asked) {
				continue
			}
			u, err := url.Parse(asked)
			if err != nil {
				t.Fatal(err)
			}
			want, _ := url.Parse(registered)
			if u.Scheme != want.Scheme || u.Hostname() != want.Hostname() || u.User != nil || u.Fragment != "" ||
				strings.Trim(u.Path, "/") != strings.Trim(want.Path, "/") {
				t.Errorf("%q counts as %q", asked, registered)
			}
		}
	})
}

func TestTypedName(t *testing.T) {
	s := start(t, nil)
	c := client(t, s)
	path, q := ask(v1Authorize, "login_hint", `"><script>alert(1)</script>`)
	r := get(t, c, "https://"+LoginHost+"/"+TenantID+path+"?"+q.Encode())
	if strings.Contains(r.Body, "<script") {
		t.Error("what came in the address is markup in the page")
	}
	to := "https://" + LoginHost + match(t, formTo, r.Body)
	r = post(t, c, to, url.Values{"flow": {match(t, flowField, r.Body)}, "name": {"<b>nobody</b>@contoso.onmicrosoft.com"}})
	if strings.Contains(r.Body, "<b>") {
		t.Error("what was typed is markup in the page")
	}
	diff(t, "AADSTS50034", match(t, errorCode, r.Body))
	r = post(t, c, to, url.Values{"flow": {match(t, flowField, r.Body)}, "name": {" Megan@Contoso.onmicrosoft.com "}})
	diff(t, http.StatusFound, r.Status)
}
