package entra

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// userCall is one call of MSAL on behalf of a user, and what came of it.
type userCall struct {
	scopes  []string
	sent    bool // the login host was asked
	refusal Refusal
}

type userCallKey struct{}

func (c *userCall) with(ctx context.Context, scopes []string) context.Context {
	c.scopes = scopes
	return context.WithValue(ctx, userCallKey{}, c)
}

// userLogin is the HTTP client of MSAL for a user. It keeps refusals, because the record
// shortens their claims challenge. It also writes the requested scopes into each token
// response: MSAL drops a token if the response spells one of them differently. What a
// token permits is decided by its claims.
type userLogin struct{ *transport.Login }

// Do implements MSAL's HTTP client.
func (l *userLogin) Do(req *http.Request) (*http.Response, error) {
	resp, err := l.Login.Do(req)
	call, ok := req.Context().Value(userCallKey{}).(*userCall)
	if !ok || req.Method != http.MethodPost {
		return resp, err
	}
	call.sent = true
	if err != nil {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body) // of a response that was read within its limits
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusOK {
		body = namingScopes(body, call.scopes)
	} else {
		call.refusal = readRefusal(resp.StatusCode, body)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return resp, nil
}

func readRefusal(status int, body []byte) Refusal {
	var raw struct {
		Error  string `json:"error"`
		Codes  []int  `json:"error_codes"`
		Claims string `json:"claims"`
	}
	r := Refusal{Status: status}
	if json.Unmarshal(body, &raw) != nil {
		return r
	}
	r.OAuth, r.Claims = raw.Error, raw.Claims
	if len(raw.Codes) > 0 {
		r.Code = raw.Codes[0]
	}
	return r
}

// namingScopes returns a token response with all requested scopes in its scope member.
func namingScopes(body []byte, scopes []string) []byte {
	var members map[string]json.RawMessage
	var named string
	if json.Unmarshal(body, &members) != nil || members["access_token"] == nil {
		return body
	}
	if raw, ok := members["scope"]; ok && json.Unmarshal(raw, &named) != nil {
		return body
	}
	have := strings.Fields(named)
	for _, scope := range scopes {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.EqualFold(h, scope) }) {
			have = append(have, scope)
		}
	}
	quoted, err := json.Marshal(strings.Join(have, " "))
	if err != nil {
		return body
	}
	members["scope"] = quoted
	complete, err := json.Marshal(members)
	if err != nil {
		return body
	}
	return complete
}
