package setup

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// lookPauses are between the looks for an object whose response was lost: it may take
// a while to show.
var lookPauses = []time.Duration{0, 2, 4, 8}

// recover settles the changes whose response was lost when an earlier run ended: what
// is there is done, what is not was never changed.
func (r *Run) recover(ctx context.Context) error {
	values := r.Journal.Values()
	if values[plan.ApplicationAppID] == "" {
		values[plan.ApplicationAppID] = r.Journal.Head.ClientID
	}
	for _, e := range slices.Clone(r.Journal.Entries) {
		if e.State != stateSent {
			continue
		}
		request := plan.Request{Method: e.Method, URL: e.URL, Makes: makesOf(e)}
		known := maps.Clone(values)
		maps.Copy(known, e.Values)
		made, found, err := r.lookTwice(ctx, e.Step, request, known)
		if err != nil {
			return err
		}
		// What only sets something may be set: taking that back is harmless if it is not.
		sets := len(request.Makes) == 0 && e.Step != plan.Credential
		state := stateRefused
		if found || sets {
			state = stateDone
			maps.Copy(made, e.Values)
			maps.Copy(values, made)
		}
		if _, err := r.Journal.record(Entry{Number: e.Number, State: state, Values: made, Undo: filled(e.Undo, values), Assumed: !found && sets}); err != nil {
			return err
		}
	}
	return nil
}

func filled(requests []plan.Request, values map[plan.Value]string) []plan.Request {
	var all []plan.Request
	for _, r := range requests {
		all = append(all, r.Fill(values))
	}
	return all
}

// makesOf returns what the response of a journaled change would have brought.
func makesOf(e Entry) []plan.Made {
	switch {
	case e.Method != http.MethodPost:
	case strings.HasSuffix(e.URL, "/applications"):
		return []plan.Made{{Value: plan.ApplicationID, Field: "id"}, {Value: plan.ApplicationAppID, Field: "appId"}}
	case strings.HasSuffix(e.URL, "/servicePrincipals"):
		return []plan.Made{{Value: plan.ServicePrincipalID, Field: "id"}}
	case strings.HasSuffix(e.URL, "/oauth2PermissionGrants"):
		return []plan.Made{{Value: plan.ConsentID, Field: "id"}}
	case strings.HasSuffix(e.URL, "/systemusers"):
		return []plan.Made{{Value: plan.ApplicationUserID, Field: "systemuserid"}}
	case strings.HasSuffix(e.URL, "/roles"):
		return []plan.Made{{Value: plan.RoleID, Field: "roleid"}}
	}
	return nil
}

// lookTwice looks for what a change made, again after a while.
func (r *Run) lookTwice(ctx context.Context, step plan.ID, request plan.Request, values map[plan.Value]string) (made map[plan.Value]string, found bool, err error) {
	for _, pause := range lookPauses {
		if pause > 0 {
			if err := r.wait(ctx, pause*time.Second); err != nil {
				return nil, false, err
			}
		}
		if made, found, err = r.look(ctx, step, request, values); err != nil || found || len(request.Makes) == 0 {
			return made, found, err
		}
	}
	return made, found, err
}

// look looks for what a change made, after its response was lost. A change that may be
// sent again as it is counts as not found.
func (r *Run) look(ctx context.Context, step plan.ID, request plan.Request, values map[plan.Value]string) (map[plan.Value]string, bool, error) {
	made := map[plan.Value]string{}
	var address string
	switch {
	case request.Method == http.MethodPost && strings.HasSuffix(request.URL, "/applications"):
		address = request.URL + "?$select=id,appId&$filter=" + query("tags/any(t:t eq '"+r.Journal.Head.Marker+"')")
	case request.Method == http.MethodPost && strings.HasSuffix(request.URL, "/servicePrincipals"):
		address = request.URL + "?$select=id&$filter=" + query("appId eq '"+values[plan.ApplicationAppID]+"'")
	case request.Method == http.MethodPost && strings.HasSuffix(request.URL, "/oauth2PermissionGrants"):
		// A grant for another resource is not ours, and undo would delete it.
		resource, err := r.known(ctx, plan.DataverseID, values)
		if err != nil {
			return made, false, err
		}
		client, err := r.known(ctx, plan.ServicePrincipalID, values)
		if err != nil {
			return made, false, err
		}
		address = request.URL + "?$filter=" + query("clientId eq '"+client+"' and resourceId eq '"+resource+"' and consentType eq 'AllPrincipals'")
	case request.Method == http.MethodPost && strings.HasSuffix(request.URL, "/systemusers"):
		address = request.URL + "?$select=systemuserid&$filter=" + query("applicationid eq "+values[plan.ApplicationAppID]+" and deletedstate eq 0")
	case request.Method == http.MethodPost && strings.HasSuffix(request.URL, "/roles"):
		// So is a role of the same name in another business unit.
		unit, err := r.known(ctx, plan.BusinessUnitID, values)
		if err != nil {
			return made, false, err
		}
		address = request.URL + "?$select=roleid&$filter=" + query("name eq '"+strings.ReplaceAll(r.Target.RoleName(), "'", "''")+"' and _businessunitid_value eq "+unit)
	case request.Method == http.MethodPatch && step == plan.Credential:
		return r.lookForKey(ctx, request.URL, values[thumbprintValue])
	case strings.HasSuffix(request.URL, "/addPassword"):
		return made, false, r.dropPasswords(ctx, request)
	case strings.HasSuffix(request.URL, "/systemuserroles_association/$ref") && request.Method == http.MethodPost:
		return made, false, nil // an association that is there already is accepted again
	case strings.HasSuffix(request.URL, "/assignLicense") && request.Body != nil:
		found, err := r.lookForLicences(ctx, request)
		return made, found, err
	default:
		return made, false, nil
	}
	var raw struct {
		Value []map[string]any `json:"value"`
	}
	status, err := r.get(ctx, address, &raw)
	if err != nil || status != http.StatusOK || len(raw.Value) == 0 {
		return made, false, err
	}
	for _, m := range request.Makes {
		if id, ok := raw.Value[0][m.Field].(string); ok {
			made[m.Value] = id
		}
	}
	return made, len(made) > 0, nil
}

// known returns a value, which is read where it is not known yet.
func (r *Run) known(ctx context.Context, v plan.Value, values map[plan.Value]string) (string, error) {
	if id := values[v]; id != "" {
		return id, nil
	}
	return r.find(ctx, v, values)
}

// lookForKey reports whether a registration has the certificate of a thumbprint.
func (r *Run) lookForKey(ctx context.Context, registration, wanted string) (map[plan.Value]string, bool, error) {
	made := map[plan.Value]string{}
	var raw rawApplication
	status, err := r.get(ctx, registration+"?$select=id,appId,displayName,passwordCredentials,keyCredentials", &raw)
	if err != nil || status != http.StatusOK {
		return made, false, err
	}
	held := Held{Thumbprint: wanted}
	found := slices.ContainsFunc(raw.Keys, func(key json.RawMessage) bool {
		var k rawKey
		return json.Unmarshal(key, &k) == nil && held.holds(thumbprint(k.Thumbprint))
	})
	return made, found, nil
}

// lookForLicences reports whether a user lacks all licences that a request takes
// away: Graph refuses to take them away twice.
func (r *Run) lookForLicences(ctx context.Context, request plan.Request) (bool, error) {
	var sent struct {
		Remove []string `json:"removeLicenses"`
	}
	if err := json.Unmarshal(request.Body, &sent); err != nil {
		return false, err
	}
	var raw rawLicences
	status, err := r.get(ctx, strings.TrimSuffix(request.URL, "/assignLicense")+"?$select=id,assignedLicenses", &raw)
	if err != nil || status != http.StatusOK {
		return false, err
	}
	return !slices.ContainsFunc(raw.Licences, func(l rawLicence) bool { return slices.Contains(sent.Remove, l.SKU) }), nil
}

// dropPasswords removes the secrets that a request of this set-up added to a
// registration and whose value was lost, or could not be kept.
func (r *Run) dropPasswords(ctx context.Context, add plan.Request) error {
	at := strings.TrimSuffix(add.URL, "/addPassword")
	var raw rawApplication
	status, err := r.get(ctx, at+"?$select=id,appId,displayName,passwordCredentials,keyCredentials", &raw)
	if err != nil || status != http.StatusOK {
		return err
	}
	for _, p := range raw.Passwords {
		if p.DisplayName != r.Target.SecretName(r.Journal.Head.Marker) || r.kept(p.KeyID) {
			continue
		}
		out, err := r.request(ctx, plan.RemovePassword(at, p.KeyID))
		if err != nil {
			return err
		}
		if _, _, err := r.Client.Once(ctx, out, ""); err != nil {
			return err
		}
	}
	return nil
}

// kept reports whether a secret is one that the journal has as done.
func (r *Run) kept(keyID string) bool {
	return slices.ContainsFunc(r.Journal.Entries, func(e Entry) bool {
		return e.State == stateDone && e.Values[plan.CredentialKeyID] == keyID
	})
}
