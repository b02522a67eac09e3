package admin_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

// canaries collects every secret of a sign-in from the sandbox's requests and responses.
type canaries struct {
	mu   sync.Mutex
	seen map[string][]string // by kind
}

func (c *canaries) add(kind, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if value != "" && !slices.Contains(c.seen[kind], value) {
		c.seen[kind] = append(c.seen[kind], value)
	}
}

// watch is a middleware that reads requests and responses.
func (c *canaries) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		form, _ := url.ParseQuery(string(body))
		for _, name := range []string{"code", "code_verifier", "refresh_token", "device_code"} {
			if r.URL.Path != "/device" {
				c.add(name, form.Get(name))
			}
		}
		out := &taped{ResponseWriter: w}
		next.ServeHTTP(out, r)
		var answer map[string]any
		if json.Unmarshal(out.body.Bytes(), &answer) == nil {
			for _, name := range []string{"access_token", "refresh_token", "id_token", "device_code"} {
				text, _ := answer[name].(string)
				c.add(name, text)
			}
		}
	})
}

type taped struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (t *taped) Write(p []byte) (int, error) {
	t.body.Write(p)
	return t.ResponseWriter.Write(p)
}

// TestAdministratorIsSilent guards that no record, error or output contains a token,
// refresh token, code, verifier or device code of an administrator, also if the login
// host echoes it.
func TestAdministratorIsSilent(t *testing.T) {
	outputs := 0
	for _, signIn := range []sandbox.SignIn{
		{},
		{Terse: true},
		{Foreign: true},
		{OtherNonce: true},
		{Refuse: 50076, At: sandbox.AtCode},
		{Refuse: 53003, At: sandbox.AtCode},
		{Refuse: 65002, At: sandbox.AtRefresh, Dataverse: true},
		{Refuse: 53003, At: sandbox.AtDevice},
	} {
		for _, device := range []bool{false, true} {
			s := newStage(t, signIn)
			c := &canaries{seen: map[string][]string{}}
			s.server.Use(func(next http.Handler) http.Handler { return c.watch(echoing(next)) })
			o := s.options(admin.WriteApplications)
			var shown []string
			o.Show = func(code entra.DeviceCode) {
				shown = append(shown, fmt.Sprintf("%v %+v", code.URL, code.Expires))
				s.enter(code)
			}
			var a interface {
				admin.Administrator
				Exchanges() string
			} = admin.NewBrowser(o)
			if device {
				a = admin.NewDevice(o)
			}
			texts := shown
			for _, resource := range []string{graph, sandbox.Environment} {
				token, err := a.Token(t.Context(), resource)
				texts = append(texts, fmt.Sprintf("%v %+v %#v", token, token, token), fmt.Sprintf("%v %+v %#v", err, err, err), fmt.Sprintf("%v %+v %#v", a, a, a))
				if quoted, err := json.Marshal(token); err == nil {
					texts = append(texts, string(quoted))
				}
			}
			texts = append(texts, a.Exchanges())
			a.SignOut()
			if len(c.seen["access_token"]) == 0 && signIn.Refuse == 0 || !device && len(c.seen["code_verifier"]) == 0 || device && len(c.seen["device_code"]) == 0 {
				t.Fatalf("%+v: the sign-in was not watched: %v", signIn, c.seen)
			}
			outputs += len(texts)
			for kind, values := range c.seen {
				for _, value := range values {
					for _, text := range texts {
						if strings.Contains(text, value) || strings.Contains(text, value[len(value)/2:]) {
							t.Errorf("%+v: a %s is in %.200s", signIn, kind, text)
						}
					}
				}
			}
		}
	}
	t.Logf("%d outputs", outputs)
}

// echoing adds the values of the request to refusals.
func echoing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		w.Header().Set("X-Echo", string(body))
		next.ServeHTTP(w, r)
	})
}
