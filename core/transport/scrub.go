package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// AddSecret makes every later record show v as [secret.Redacted], in all the
// spellings in which a service might echo it.
func (c *Client) AddSecret(v secret.Value) { c.secrets.Add(v) }

// Redact removes every hidden secret, in any spelling, and every token from text.
func (c *Client) Redact(text string) string { return c.secrets.Text(text) }

// credentials are the members of a request for a token that hold a secret: RFC
// 6749 sections 2.3.1, 4.1.3 and 6, RFC 7521 section 4.2, RFC 7636 section 4.5, RFC
// 8628 section 3.4.
var credentials = []string{"client_secret", "client_assertion", "assertion", "code", "code_verifier", "refresh_token", "device_code", "password"}

// addFormSecrets redacts the credentials of a token request, from any source: the login
// host may echo them, and MSAL creates assertions itself.
func (c *Client) addFormSecrets(req *http.Request) error {
	if req.Body == nil {
		return nil
	}
	raw, err := io.ReadAll(req.Body)
	_ = req.Body.Close()
	if err != nil {
		return err
	}
	req.Body = io.NopCloser(bytes.NewReader(raw))
	form, _ := url.ParseQuery(string(raw)) // what can be parsed counts
	for _, name := range credentials {
		for _, value := range form[name] {
			c.AddSecret(secret.New(value))
		}
	}
	return nil
}

// addProxySecret hides the password of a proxy.
func (c *Client) addProxySecret(proxy *url.URL) {
	if proxy == nil || proxy.User == nil {
		return
	}
	if password, ok := proxy.User.Password(); ok {
		c.AddSecret(secret.New(password))
	}
}

type takenKey struct{}

// takenSecret is the secret that a request is sent for.
type takenSecret struct {
	member string
	value  secret.Value
}

// take redacts the secret that the request was sent for, if there is one.
func (c *Client) take(ctx context.Context, body []byte) {
	taken, ok := ctx.Value(takenKey{}).(*takenSecret)
	if !ok {
		return
	}
	var members map[string]json.RawMessage
	var value string
	if json.Unmarshal(body, &members) != nil || json.Unmarshal(members[taken.member], &value) != nil {
		return
	}
	taken.value = secret.New(value)
	c.AddSecret(taken.value)
}
