package federation

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// getTime bounds asking for one assertion, retries included.
const getTime = 15 * time.Second

// Get gets an assertion for an audience. It asks the pipeline's endpoint once, or reads
// the file; a busy endpoint is asked again, as the client does for any read.
func Get(ctx context.Context, c *transport.Client, from connection.Federation, audience string) Facts {
	ctx, cancel := context.WithTimeout(ctx, getTime)
	defer cancel()
	facts := Facts{Issuer: from.Issuer}
	switch from.Issuer {
	case connection.GitHub:
		facts.ask(ctx, c, from, gitHub(from, audience))
	case connection.AzureDevOps:
		facts.ask(ctx, c, from, devOps(from))
	case connection.TokenFile:
		facts.read(ctx, from)
	default:
		facts.Missing = text.F("Nothing where this runs issues a token: %s are not set.", strings.Join(from.Missing, ", "))
	}
	c.AddSecret(facts.Assertion)
	return facts
}

// question is how an endpoint is asked.
type question struct {
	method string
	// query is added to the endpoint's own.
	query url.Values
	// member is the member of the response that holds the assertion.
	member string
	header http.Header
}

// gitHub asks GitHub's endpoint.
//
// Source: docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token.
func gitHub(_ connection.Federation, audience string) question {
	return question{
		method: http.MethodGet, member: "value", query: url.Values{"audience": {audience}},
		header: http.Header{"Accept": {"application/json"}},
	}
}

// devOps asks Azure DevOps' endpoint, whose tokens have one audience.
//
// Source: learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create;
// the last header has it answer 401 instead of a redirect to a page (azidentity,
// AzurePipelinesCredential).
func devOps(from connection.Federation) question {
	return question{
		method: http.MethodPost, member: "oidcToken",
		query: url.Values{"api-version": {"7.1"}, "serviceConnectionId": {from.ServiceConnection}},
		header: http.Header{
			"Accept": {"application/json"}, "Content-Type": {"application/json"}, "X-Tfs-Fedauthredirect": {"Suppress"},
		},
	}
}

func (f *Facts) ask(ctx context.Context, c *transport.Client, from connection.Federation, q question) {
	c.AddSecret(from.RequestToken)
	if len(from.Missing) > 0 {
		f.Missing = text.F("The job was given no way to ask for a token: %s are not set.", strings.Join(from.Missing, ", "))
		return
	}
	address, ok := endpoint(from.URL)
	if !ok {
		f.Missing = text.F("The address of the pipeline's endpoint for tokens is not an https address. The request token was not sent there.")
		return
	}
	f.Host = address.Host
	query := address.Query()
	for name, values := range q.query {
		query[name] = values
	}
	address.RawQuery = query.Encode()
	assertion, answer, err := c.Secret(ctx, transport.Request{
		Method: q.method, URL: address.String(), Header: q.header, Small: true,
		Bearer: &transport.Bearer{Token: from.RequestToken, Host: address.Host},
	}, q.member)
	f.Response, f.Err = answer, transport.AsError(err)
	if err == nil && answer.Status == http.StatusOK {
		f.accept(assertion, text.F("The response of %s", address.Host))
	}
}

// endpoint reads the address of an endpoint; false for one that no request token
// may be sent to.
func endpoint(address string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" {
		return nil, false
	}
	u.Host = strings.ToLower(u.Host)
	return u, true
}
