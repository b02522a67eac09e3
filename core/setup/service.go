// Package setup reads and does a set-up plan as a signed-in administrator.
//
// Reading changes nothing. A token goes to the host of its own resource only:
// Microsoft Graph of the environment's cloud, and the environment itself.
package setup

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Session is an administrator at work on one connection.
type Session struct {
	Client *transport.Client
	Admin  admin.Administrator
	Target plan.Target
}

// ServiceError is a response that is neither what was asked for nor a refusal that a
// plan can name.
type ServiceError struct {
	Host   string
	Status int
	// Code is the service's own, such as Authorization_RequestDenied or 0x80040220; it
	// may be empty.
	Code string
}

// Error names the service, the status and the code.
func (e *ServiceError) Error() string { return e.Message().String() }

// Message returns the sentence of [ServiceError.Error].
func (e *ServiceError) Message() text.Text {
	if e.Code == "" {
		return text.F("%s answered with HTTP %d.", e.Host, e.Status)
	}
	return text.F("%s answered with HTTP %d, %s.", e.Host, e.Status, e.Code)
}

// request returns a request with the token of its host's resource.
func (s *Session) request(ctx context.Context, r plan.Request) (transport.Request, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return transport.Request{}, err
	}
	resource := "https://" + u.Host
	token, err := s.Admin.Token(ctx, resource)
	if err != nil {
		return transport.Request{}, err
	}
	header := http.Header{"Accept": {"application/json"}, "Client-Request-Id": {uuid.NewString()}}
	if resource == s.Target.Environment {
		header.Set("OData-Version", "4.0")
		header.Set("OData-MaxVersion", "4.0")
		header.Set("X-Ms-Client-Request-Id", header.Get("Client-Request-Id"))
		if r.Method == http.MethodPatch {
			// Without it, PATCH of a row that is gone makes one.
			//
			// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/update-delete-entities-using-web-api#upsert-a-table-row.
			header.Set("If-Match", "*")
		}
	}
	if r.Body != nil {
		header.Set("Content-Type", "application/json")
	}
	return transport.Request{
		Method: r.Method, URL: r.URL, Header: header, Body: r.Body,
		Bearer: &transport.Bearer{Token: token.Value, Host: u.Hostname()},
	}, nil
}

// get reads an object into v. It returns the status of a response that is a refusal:
// 401, 403 or 404; another one is a *ServiceError. One that is about the sign-in, and
// not about the object, is an *admin.Error.
func (s *Session) get(ctx context.Context, address string, v any) (status int, err error) {
	r, err := s.request(ctx, plan.Request{Method: http.MethodGet, URL: address})
	if err != nil {
		return 0, err
	}
	answer, err := s.Client.Do(ctx, r)
	if err != nil {
		return 0, err
	}
	switch answer.Status {
	case http.StatusOK:
		if err := json.Unmarshal(answer.Body, v); err != nil {
			return 0, serviceError(address, answer)
		}
		return answer.Status, nil
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		if refused, known := admin.Refused(codeOf(answer.Body)); known {
			return 0, refused
		}
		return answer.Status, nil
	}
	return 0, serviceError(address, answer)
}

// serviceError describes a response by its status and the code in its body.
func serviceError(address string, answer transport.Response) *ServiceError {
	host := strings.TrimPrefix(address, "https://")
	host, _, _ = strings.Cut(host, "/")
	return &ServiceError{Host: host, Status: answer.Status, Code: codeOf(answer.Body)}
}

// codeOf returns the code of an OData error, "" for another body.
func codeOf(body []byte) string {
	var e struct {
		Error struct {
			Code string `json:"code"`
		} `json:"error"`
	}
	if json.Unmarshal(body, &e) != nil || len(e.Error.Code) > 80 || strings.ContainsAny(e.Error.Code, " \r\n\t") {
		return ""
	}
	return e.Error.Code
}

// lookup reads one object into a lookup: 404 means that it is not there, 401 and 403 that
// the administrator may not read it.
func lookup[R, T any](ctx context.Context, s *Session, address string, row func(R) T) (plan.Lookup[T], error) {
	var raw R
	status, err := s.get(ctx, address, &raw)
	if err != nil || status != http.StatusOK {
		return refused[T](status), err
	}
	return plan.Found(row(raw)), nil
}

// list reads a collection into a lookup. More than one page is more than a set-up can
// have of anything, and an error.
func list[R, T any](ctx context.Context, s *Session, address string, row func(R) T) (plan.Lookup[T], error) {
	var raw struct {
		Value []R    `json:"value"`
		Next  string `json:"@odata.nextLink"`
	}
	status, err := s.get(ctx, address, &raw)
	if err != nil || status != http.StatusOK {
		return refused[T](status), err
	}
	if raw.Next != "" {
		return plan.Lookup[T]{}, text.Error(text.F("%s has more than a page of what one set-up can have.", strings.SplitN(strings.TrimPrefix(address, "https://"), "/", 2)[0]))
	}
	found := plan.Found[T]()
	for _, r := range raw.Value {
		found.Rows = append(found.Rows, row(r))
	}
	return found, nil
}

func refused[T any](status int) plan.Lookup[T] {
	switch status {
	case http.StatusNotFound:
		return plan.Found[T]()
	case http.StatusUnauthorized, http.StatusForbidden:
		return plan.Lookup[T]{Denied: true}
	}
	return plan.Lookup[T]{}
}
