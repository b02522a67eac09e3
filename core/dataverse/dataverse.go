// Package dataverse asks an environment: who it belongs to, whom it takes the
// application for, and what it knows about the application user.
//
// It gathers and does not judge: every function returns what was seen. It reads
// only, and a token goes to the environment's own host alone.
package dataverse

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// webAPI is the path of the Web API; v9.2 is the current version of every
// online environment.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors.
const webAPI = "/api/data/v9.2/"

// Environment is where to ask, and as whom.
type Environment struct {
	// URL is scheme and host: "https://contoso.crm4.dynamics.com".
	URL string
	// Bearer is nil for asking without a token.
	Bearer *transport.Bearer
}

// Reading is one response, or why there was no response.
type Reading struct {
	Response transport.Response
	// Err is nil when an answer came, regardless of its status.
	Err *transport.Error
	// Tried is false for the zero value: nothing was asked.
	Tried bool
}

// OK reports whether the service did what it was asked.
func (r Reading) OK() bool { return r.Tried && r.Err == nil && r.Response.Status == http.StatusOK }

// get asks for what is one small object.
func (e Environment) get(ctx context.Context, c *transport.Client, path string) Reading {
	return e.read(ctx, c, path, true)
}

// list asks for rows, of which there may be many.
func (e Environment) list(ctx context.Context, c *transport.Client, path string) Reading {
	return e.read(ctx, c, path, false)
}

func (e Environment) read(ctx context.Context, c *transport.Client, path string, small bool) Reading {
	return e.ask(ctx, c, transport.Request{
		Method: http.MethodGet, URL: e.URL + webAPI + path, Small: small,
		Header: http.Header{
			"Accept":           {"application/json"},
			"OData-Version":    {"4.0"},
			"OData-MaxVersion": {"4.0"},
			// The annotations name the error symbolically, for free.
			"Prefer": {`odata.include-annotations="*"`},
		},
	})
}

func (e Environment) ask(ctx context.Context, c *transport.Client, r transport.Request) Reading {
	r.Bearer = e.Bearer
	// Quoted to Microsoft's support, it finds the request in their logs.
	r.Header.Set("X-Ms-Client-Request-Id", uuid.NewString())
	answer, err := c.Do(ctx, r)
	return Reading{Response: answer, Err: transport.AsError(err), Tried: true}
}
