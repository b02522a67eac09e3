package setup

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Refusal is a change that a service refused. Nothing was changed by it.
type Refusal struct {
	// Cause is the contract's word, or "".
	Cause catalog.Cause
	// Summary is a sentence with the service's code.
	Summary text.Text
	Status  int
	Code    string
}

// Error returns the summary in English.
func (e *Refusal) Error() string { return e.Summary.String() }

// Message returns the summary.
func (e *Refusal) Message() text.Text { return e.Summary }

// pauses are between the tries of a request that waits for Microsoft to have copied
// what an earlier one made: three minutes in all.
var pauses = []time.Duration{2, 4, 8, 16, 30, 30, 30, 30, 30}

// change sends one request that changes something, and returns the values that it made.
// A line is in the journal before. After a lost response the object is looked for
// before the request is sent again.
func (r *Run) change(ctx context.Context, s plan.Step, request plan.Request, values map[plan.Value]string) (map[plan.Value]string, error) {
	known := map[plan.Value]string{}
	if t := values[thumbprintValue]; t != "" && s.ID == plan.Credential {
		known[thumbprintValue] = t
	}
	if unit := unitOf(request.Body); unit != "" && s.ID == plan.Role {
		known[plan.BusinessUnitID] = unit // a lost role is looked for where it was made
	}
	for i := range request.Back {
		request.Back[i] = request.Back[i].Fill(values)
	}
	entry, err := r.Journal.sent(s.ID, request, known)
	if err != nil {
		return nil, err
	}
	number := entry.Number
	for try := 0; ; try++ {
		made, outcome, err := r.send(ctx, request, number)
		switch outcome {
		case accepted:
			maps.Copy(made, known)
			_, err := r.Journal.record(Entry{Number: number, State: stateDone, Values: made})
			return made, err
		case refusal:
			_, failed := r.Journal.record(Entry{Number: number, State: stateRefused})
			return nil, errors.Join(err, failed)
		case lost:
			made, found, err2 := r.look(ctx, s.ID, request, with(values, known))
			if err2 != nil {
				return nil, err2
			}
			if found {
				maps.Copy(made, known)
				_, err := r.Journal.record(Entry{Number: number, State: stateDone, Values: made})
				return made, err
			}
		}
		if try >= len(pauses) || ctx.Err() != nil {
			return nil, err
		}
		if err := r.pause(ctx, s, try); err != nil {
			return nil, err
		}
	}
}

// with returns values with others added.
func with(values, more map[plan.Value]string) map[plan.Value]string {
	all := map[plan.Value]string{}
	maps.Copy(all, values)
	maps.Copy(all, more)
	return all
}

// unitOf returns the business unit that a body binds, or "".
func unitOf(body json.RawMessage) string {
	var bound struct {
		Unit string `json:"businessunitid@odata.bind"`
	}
	if json.Unmarshal(body, &bound) != nil {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(bound.Unit, "/businessunits("), ")")
}

// outcome is the result of a change by its response.
type outcome int

const (
	accepted outcome = iota
	refusal          // it is not done, and will not be
	later            // it is not done, and may be in a while
	lost             // it may be done
)

// send sends a change once.
func (r *Run) send(ctx context.Context, request plan.Request, number int) (map[plan.Value]string, outcome, error) {
	out, err := r.request(ctx, request)
	if err != nil {
		return nil, refusal, err
	}
	member := ""
	if strings.HasSuffix(request.URL, "/addPassword") {
		member = "secretText"
	}
	value, answer, err := r.Client.Once(ctx, out, member)
	if err != nil {
		return nil, lost, err
	}
	result, err := judge(request, answer)
	if result != accepted {
		return nil, result, err
	}
	if member != "" {
		if value.Empty() {
			return nil, lost, serviceError(request.URL, answer)
		}
		if err := r.Keeper.Secret(value); err != nil {
			// The next one could not be kept either: this one is removed again.
			return nil, refusal, errors.Join(err, r.dropPasswords(ctx, request))
		}
	}
	return madeBy(request, answer), accepted, nil
}

// judge reads a response to a change. Codes and statuses decide.
func judge(request plan.Request, answer transport.Response) (outcome, error) {
	code := codeOf(answer.Body)
	switch status := answer.Status; {
	case status >= 200 && status < 300:
		return accepted, nil
	case status == http.StatusNotFound && request.Method == http.MethodDelete:
		return accepted, nil // it is gone already
	case code == duplicateRecord && strings.HasSuffix(request.URL, "/$ref"):
		return accepted, nil // the association is there already: its response was lost
	case status >= 500:
		return lost, serviceError(request.URL, answer)
	case status == http.StatusTooManyRequests, status == http.StatusRequestTimeout:
		return later, serviceError(request.URL, answer)
	case replicating(status, code, answer.Body):
		return later, serviceError(request.URL, answer)
	default:
		return refusal, refusalOf(request, answer, code)
	}
}

// duplicateRecord is Dataverse's code for a row, or an association, that is there
// already.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors.
const duplicateRecord = "0x80040237"

// replicating reports whether a refusal is only that an earlier change has not been
// copied everywhere.
//
// Source: learn.microsoft.com/graph/errors; recorded answers of Graph;
// learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
// (UserDirectoryObjectIdNotFoundInAAD, ADResourceNotFound).
func replicating(status int, code string, body []byte) bool {
	switch {
	case status == http.StatusNotFound && code == "Request_ResourceNotFound":
		return true
	case status == http.StatusBadRequest && strings.Contains(string(body), `"NoBackingApplicationObject"`):
		return true
	case code == "0x80041d28", code == "0x80041d68": // Dataverse does not find the service principal
		return true
	}
	return false
}

// refusalOf names a refusal.
func refusalOf(request plan.Request, answer transport.Response, code string) *Refusal {
	host := serviceError(request.URL, answer).Host
	e := &Refusal{Status: answer.Status, Code: code, Summary: text.F("%s refused the change with HTTP %d, %s.", host, answer.Status, orNone(code))}
	switch {
	case code == lifetimeRefused, code == "CredentialTypeNotAllowedAsPerAppPolicy":
		e.Cause = catalog.PolicyCredentialRestricted
		e.Summary = text.F("A policy of the tenant does not allow this credential (%s). Use a certificate, or a shorter lifetime.", code)
	case answer.Status == http.StatusForbidden, answer.Status == http.StatusUnauthorized:
		e.Cause = catalog.AdminNoRights
		e.Summary = text.F("The signed-in administrator may not do this: %s refused it with HTTP %d, %s.", host, answer.Status, orNone(code))
	}
	return e
}

func orNone(code string) string {
	if code == "" {
		return "-"
	}
	return code
}

var lastGUID = lazyregexp.New(`\(([0-9a-fA-F-]{36})\)$`)

// madeBy returns the values that a response brings: from its body, or from the header
// that Dataverse has instead.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/create-entity-web-api.
func madeBy(request plan.Request, answer transport.Response) map[plan.Value]string {
	made := map[plan.Value]string{}
	var raw map[string]any
	_ = json.Unmarshal(answer.Body, &raw)
	for _, m := range request.Makes {
		if id, ok := raw[m.Field].(string); ok {
			made[m.Value] = id
		}
	}
	if found := lastGUID.FindStringSubmatch(answer.Header.Get("OData-EntityId")); found != nil && len(request.Makes) == 1 {
		made[request.Makes[0].Value] = found[1]
	}
	return made
}
