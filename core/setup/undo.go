package setup

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// Undo takes back what the journal made, last first. It may be repeated; what is gone
// already counts as taken back. Changes that cannot be taken back stay. The error
// joins a *[StepError] for each change that is still there.
func (r *Run) Undo(ctx context.Context) error {
	if err := r.recover(ctx); err != nil {
		return err
	}
	var failed []error
	for _, e := range slices.Backward(slices.Clone(r.Journal.Entries)) {
		if e.State != stateDone || len(e.Undo) == 0 {
			continue
		}
		if err := r.takeBack(ctx, e); err != nil {
			failed = append(failed, &StepError{e.Step, err})
			continue
		}
		if _, err := r.Journal.record(Entry{Number: e.Number, State: stateUndone}); err != nil {
			return err
		}
	}
	return errors.Join(failed...)
}

func (r *Run) takeBack(ctx context.Context, e Entry) error {
	values := r.Journal.Values()
	for v, id := range e.Values {
		values[v] = id
	}
	for _, request := range e.Undo {
		request = request.Fill(values)
		if thumbprint := e.Values[thumbprintValue]; thumbprint != "" && request.Method == http.MethodPatch {
			var err error
			if request, err = r.withoutKey(ctx, request, thumbprint); err != nil {
				return err
			}
		}
		if err := r.back(ctx, request); err != nil {
			return err
		}
	}
	return nil
}

// back sends one request that takes something back. What is not there needs nothing.
func (r *Run) back(ctx context.Context, request plan.Request) error {
	for try := 0; ; try++ {
		out, err := r.request(ctx, request)
		if err != nil {
			return err
		}
		_, answer, err := r.Client.Once(ctx, out, "")
		switch {
		case err == nil && (answer.Status < 300 || answer.Status == http.StatusNotFound):
			return nil
		case err == nil && answer.Status < 500 && answer.Status != http.StatusTooManyRequests:
			return refusalOf(request, answer, codeOf(answer.Body))
		case err == nil:
			err = serviceError(request.URL, answer)
		}
		// Every one of these requests may be sent twice.
		if try == 3 {
			return err
		}
		if err := r.wait(ctx, pauses[try]*1e9); err != nil {
			return err
		}
	}
}

// withoutKey returns the request that leaves every certificate of the registration but
// ours: others may have been added since.
func (r *Run) withoutKey(ctx context.Context, request plan.Request, ours string) (plan.Request, error) {
	var raw rawApplication
	status, err := r.get(ctx, request.URL+"?$select=id,appId,displayName,passwordCredentials,keyCredentials", &raw)
	if err != nil || status == http.StatusNotFound {
		return request, err
	}
	kept := []json.RawMessage{}
	for _, key := range raw.Keys {
		var k rawKey
		if json.Unmarshal(key, &k) == nil && strings.EqualFold(thumbprint(k.Thumbprint), ours) {
			continue
		}
		kept = append(kept, key)
	}
	request.Body, err = json.Marshal(map[string]any{"keyCredentials": kept})
	return request, err
}
