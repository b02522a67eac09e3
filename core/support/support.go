// Package support writes what a reader needs who has not seen the examination: for a
// ticket, at Microsoft or here.
//
// It promises that every field is on a list and has the shape that the list names: IDs,
// codes, times, hosts, statuses. No text of a service, no name and no secret is in it.
package support

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Report is the support report, as its JSON has it.
type Report struct {
	Version int `json:"version"`
	// Made is when it was written, Started when the examination began.
	Made       time.Time       `json:"made"`
	Started    time.Time       `json:"started"`
	DurationMS int64           `json:"durationMs"`
	Program    Program         `json:"program"`
	Connection exam.Subject    `json:"connection"`
	Healthy    bool            `json:"healthy"`
	Complete   bool            `json:"complete"`
	RootCause  catalog.Cause   `json:"rootCause"`
	Warnings   []catalog.Cause `json:"warnings"`
	Identity   *Identity       `json:"identity"`
	Checks     []Check         `json:"checks"`
	Requests   []Request       `json:"requests"`
}

// Program is what made the report, and where it ran.
type Program struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
	// Proxy is the host of the proxy that the environment names, or "".
	Proxy string `json:"proxy"`
}

// Identity is the answer of WhoAmI, without names.
type Identity struct {
	UserID         string `json:"userId"`
	BusinessUnitID string `json:"businessUnitId"`
	OrganizationID string `json:"organizationId"`
}

// Check is a check's outcome.
type Check struct {
	ID           exam.CheckID    `json:"id"`
	Status       exam.Status     `json:"status"`
	Cause        catalog.Cause   `json:"cause"`
	Alternatives []catalog.Cause `json:"alternatives"`
	HTTPStatus   int             `json:"httpStatus"`
	Code         string          `json:"code"`
	Error        string          `json:"error"`
	IDs          IDs             `json:"ids"`
	Timestamp    string          `json:"timestamp"`
}

// IDs are those by which a service finds a request in its logs, or "".
type IDs struct {
	Request     string `json:"request"`
	Correlation string `json:"correlation"`
	Trace       string `json:"trace"`
}

// Request is a request and what came of it.
type Request struct {
	Number int    `json:"number"`
	Check  string `json:"check"`
	Method string `json:"method"`
	Host   string `json:"host"`
	Path   string `json:"path"`
	// Status is 0 where no response came; Failure is then its kind, such as "dns".
	Status     int       `json:"status"`
	Failure    string    `json:"failure"`
	Protocol   string    `json:"protocol"`
	Started    time.Time `json:"started"`
	DurationMS int64     `json:"durationMs"`
	// ConnectMS is the part spent on DNS, TCP, proxy and TLS; 0 on a reused connection.
	ConnectMS int64 `json:"connectMs"`
	// ServerTime is the Date of the response, "" without one.
	ServerTime string `json:"serverTime"`
	RetryAfter string `json:"retryAfter"`
	IDs        IDs    `json:"ids"`
}

// Make returns the report of an examination.
func Make(r exam.Report, program Program, now time.Time) Report {
	s := Report{
		Version: 1, Made: now.UTC().Truncate(time.Second), Started: r.Started.UTC().Truncate(time.Millisecond), DurationMS: r.DurationMS,
		Program: program, Connection: subject(r.Connection), Healthy: r.Healthy, Complete: r.Complete, RootCause: r.RootCause,
		Warnings: append([]catalog.Cause{}, r.Warnings...), Checks: []Check{}, Requests: []Request{},
	}
	if who := r.WhoAmI; who != nil {
		s.Identity = &Identity{id(who.UserID), id(who.BusinessUnitID), id(who.OrganizationID)}
	}
	for _, c := range r.Checks {
		e := c.Evidence
		s.Checks = append(s.Checks, Check{
			ID: c.ID, Status: c.Status, Cause: c.Cause, Alternatives: append([]catalog.Cause{}, c.Alternatives...), HTTPStatus: e.HTTPStatus,
			Code: shaped(code, e.Code), Error: shaped(oauth, e.Error), IDs: IDs{id(e.RequestID), id(e.CorrelationID), id(e.TraceID)},
			Timestamp: stamp(e.Timestamp),
		})
	}
	for _, x := range r.Exchanges {
		s.Requests = append(s.Requests, request(x))
	}
	return s
}

// subject drops what is no address, ID or domain.
func subject(s exam.Subject) exam.Subject {
	if u, err := url.Parse(s.Environment); err != nil || !host.MatchString(u.Host) {
		s.Environment = ""
	}
	if id(s.TenantID) == "" {
		s.TenantID = shaped(host, s.TenantID)
	}
	s.ClientID = id(s.ClientID)
	return s
}

func request(x transport.Exchange) Request {
	r := Request{
		Number: x.Number, Check: x.Check, Method: x.Method, Status: x.Status, Protocol: shaped(protocol, x.Proto),
		Started: x.Start.UTC().Truncate(time.Millisecond), DurationMS: x.Duration.Milliseconds(), ConnectMS: x.Connect.Milliseconds(),
		IDs: IDs{
			first(x.Header, "X-Ms-Request-Id", "Request-Id", "X-Ms-Service-Request-Id", "Req_id"),
			first(x.Header, "Client-Request-Id", "X-Ms-Correlation-Request-Id", "X-Ms-Correlation-Id"),
			first(x.Header, "X-Ms-Trace-Id"),
		},
	}
	if u, err := url.Parse(x.URL); err == nil {
		r.Host, r.Path = shaped(host, u.Hostname()), shaped(path, u.Path)
	}
	if x.Err != nil {
		r.Failure = string(x.Err.Kind)
	}
	if date, err := http.ParseTime(x.Header.Get("Date")); err == nil {
		r.ServerTime = date.UTC().Format(time.RFC3339)
	}
	if _, err := strconv.ParseUint(x.Header.Get("Retry-After"), 10, 31); err == nil {
		r.RetryAfter = x.Header.Get("Retry-After")
	}
	return r
}

// first returns the first of some headers that holds a GUID.
func first(h http.Header, names ...string) string {
	for _, name := range names {
		if found := id(h.Get(name)); found != "" {
			return found
		}
	}
	return ""
}

// The shapes of the fields.
var (
	code     = lazyregexp.New(`^(AADSTS[0-9]{1,10}|0x[0-9A-Fa-f]{8}|[A-Z][A-Za-z]{2,40}(_[A-Za-z]{2,40})*)$`)
	oauth    = lazyregexp.New(`^[a-z_]{3,40}(/[a-z_]{3,40})?$`)
	host     = lazyregexp.New(`^[a-z0-9]([a-z0-9.-]{0,252}[a-z0-9])?$`)
	path     = lazyregexp.New(`^[A-Za-z0-9/._~()$,=-]{0,200}$`)
	protocol = lazyregexp.New(`^HTTP/[0-9]\.[0-9]$`)
)

// shaped returns a value that has a shape, "" for another one.
func shaped(shape *lazyregexp.Pattern, value string) string {
	if shape.MatchString(value) {
		return value
	}
	return ""
}

// id returns a GUID in lower case, "" for anything else.
func id(value string) string {
	if found, ok := guid.Parse(value); ok {
		return found
	}
	return ""
}

// stamp returns a time as services write it, "" for anything else.
func stamp(value string) string {
	for _, layout := range []string{"2006-01-02 15:04:05Z", time.RFC3339, http.TimeFormat} {
		if t, err := time.Parse(layout, strings.TrimSpace(value)); err == nil {
			return t.UTC().Format(time.RFC3339)
		}
	}
	return ""
}
