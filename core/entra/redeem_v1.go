package entra

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// redeemV1 exchanges the code of a v1 authorize page at the v1 token endpoint of
// the pinned login host. MSAL knows the v2 endpoint only. It is sent once: a code
// is used up by the first attempt.
//
// Source: learn.microsoft.com/previous-versions/azure/active-directory/azuread-dev/v1-protocols-oauth-code.
func redeemV1(ctx context.Context, login *transport.Login, app Application, code, redirectURI, resource string) ConsentFacts {
	endpoint := "https://" + app.Login + "/" + app.TenantID + "/oauth2/token"
	form := url.Values{
		"grant_type": {"authorization_code"}, "client_id": {app.ClientID}, "code": {code},
		"redirect_uri": {redirectURI}, "resource": {resource},
	}
	if err := app.authenticate(form, endpoint); err != nil {
		return ConsentFacts{}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return ConsentFacts{}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	resp, err := login.Do(req)
	answer, lastErr := login.Last()
	facts := ConsentFacts{Response: answer, Err: transport.AsError(lastErr)}
	if err != nil {
		return facts
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode == http.StatusOK {
		facts.takeTokens(body)
	}
	return facts
}

// takeTokens reads who signed in from the ID token, or else the access token.
func (f *ConsentFacts) takeTokens(body []byte) {
	var tokens struct {
		ID     string `json:"id_token"`
		Access string `json:"access_token"`
	}
	if json.Unmarshal(body, &tokens) != nil {
		return
	}
	for _, token := range []string{tokens.ID, tokens.Access} {
		if claims, ok := Peek(secret.New(token)); ok && claims.User != "" {
			f.SignInName, f.Name, f.ObjectID, f.TenantID = claims.User, claims.Name, claims.ObjectID, claims.TenantID
			return
		}
	}
}

// authenticate adds the client's credential to a token request (RFC 6749 section
// 2.3.1, RFC 7523 section 2.2).
func (app Application) authenticate(form url.Values, audience string) error {
	if assertion, err := app.assertionFor(audience); err != nil || !assertion.Empty() {
		if err != nil {
			return err
		}
		form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
		assertion.Use(func(plain string) { form.Set("client_assertion", plain) })
		return nil
	}
	app.Credential.Secret.Use(func(plain string) { form.Set("client_secret", plain) })
	return nil
}
