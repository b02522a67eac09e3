// Package replay examines a record: the recorded responses take the place of the
// network, and the examination runs as it does for a user.
//
// It promises that nothing is sent, and that the clock of the examination is the
// one of the record.
package replay

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// errNoExamination is for a folder of single messages.
var errNoExamination = errors.New("the record has no examination: there is nothing to repeat")

// Run repeats the examination of a record. Files that its form needs are written
// to folder; clouds are the table to use.
func Run(ctx context.Context, r record.Record, clouds []cloud.Cloud, folder string) (exam.Report, error) {
	e := r.Examination
	if e == nil {
		return exam.Report{}, errNoExamination
	}
	form, err := formOf(r, clouds, folder)
	if err != nil {
		return exam.Report{}, err
	}
	answers, err := newAnswers(r)
	if err != nil {
		return exam.Report{}, err
	}
	began := time.Now()
	return exam.Run(ctx, form, exam.Options{
		Clouds: clouds, IdentitySource: entra.IdentitySource(e.Credential.Source),
		Now: func() time.Time { return e.Started.Add(time.Since(began)) },
		Transport: transport.Options{
			Replay: answers,
			Wait:   func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		},
	}), nil
}

// answers is an [http.RoundTripper] that answers from a record. Requests are told
// apart by method, host, path and whether they carry a token; several alike are
// answered in the recorded order, and the last one for as long as it is asked. Where
// this computer would ask for a managed identity need not be where the recording one
// did: every such request gets the last response to one.
type answers struct {
	mu    sync.Mutex
	queue map[string][]answer
}

type answer struct {
	message record.Message
	failure *record.Failure
}

func newAnswers(r record.Record) (*answers, error) {
	a := &answers{queue: map[string][]answer{}}
	for _, line := range r.Lines {
		if line.Request == nil {
			continue
		}
		next := answer{failure: line.Failure}
		if line.File != "" {
			m, err := record.ParseMessage(r.Files[line.File])
			if err != nil {
				return nil, err
			}
			m.Body = withTokens(m.Body, *r.Examination)
			next.message = m
		}
		k := key(line.Request.Method, line.Request.URL, line.Request.Authorized)
		if k == identityKey {
			a.queue[k] = nil
		}
		a.queue[k] = append(a.queue[k], next)
	}
	return a, nil
}

// identityKey is the key of requests for a managed identity: no others go over http.
const identityKey = "managed identity"

func key(method, address string, authorized bool) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if u.Scheme == "http" {
		return identityKey
	}
	who := " "
	if authorized {
		who = " with a token "
	}
	return method + who + strings.ToLower(u.Host+strings.TrimSuffix(u.EscapedPath(), "/"))
}

// RoundTrip implements [http.RoundTripper].
func (a *answers) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	k := key(req.Method, req.URL.String(), req.Header.Get("Authorization") != "")
	a.mu.Lock()
	defer a.mu.Unlock()
	queue := a.queue[k]
	if len(queue) == 0 {
		return nil, &transport.Error{Kind: transport.Broken, Host: req.URL.Hostname(), Detail: text.F("the record holds no answer to this request")}
	}
	next := queue[0]
	if len(queue) > 1 {
		a.queue[k] = queue[1:]
	}
	if next.failure != nil {
		return nil, failure(*next.failure, req.URL.Hostname())
	}
	m := next.message
	return &http.Response{
		StatusCode: m.Status, Status: http.StatusText(m.Status), Proto: m.Proto, ProtoMajor: 1, ProtoMinor: 1,
		Header: m.Header.Clone(), Body: io.NopCloser(bytes.NewReader(m.Body)), ContentLength: int64(len(m.Body)), Request: req,
	}, nil
}

func failure(f record.Failure, host string) *transport.Error {
	made := &transport.Error{Kind: transport.Kind(f.Kind), Host: host, Detail: text.Raw(f.Detail)}
	if f.NoSuchHost {
		made.Err = &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return made
}

// withTokens puts tokens with the recorded claims in place of those that were removed.
func withTokens(body []byte, e record.Examination) []byte {
	for member, claims := range map[string]map[string]any{
		"access_token": e.Claims, "value": e.Credential.Assertion, "oidcToken": e.Credential.Assertion,
	} {
		if len(claims) > 0 {
			body = bytes.ReplaceAll(body, []byte(`"`+member+`":"`+secret.Redacted+`"`), []byte(`"`+member+`":"`+unsigned(claims)+`"`))
		}
	}
	return body
}

// unsigned returns a token with the claims: nothing here verifies it.
func unsigned(claims map[string]any) string {
	payload, err := json.Marshal(claims)
	if err != nil {
		return secret.Redacted
	}
	enc := base64.RawURLEncoding
	return enc.EncodeToString([]byte(`{"alg":"none"}`)) + "." + enc.EncodeToString(payload) + "." + enc.EncodeToString([]byte("replayed"))
}
