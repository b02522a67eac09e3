package sandbox

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// sentKey is an element of keyCredentials as a request has it.
type sentKey struct {
	KeyID string `json:"keyId"`
	Name  string `json:"displayName"`
	Key   string `json:"key"`
	Type  string `json:"type"`
	Usage string `json:"usage"`
	// The others are those of the certificate itself.
	Identifier string    `json:"customKeyIdentifier"`
	Start      time.Time `json:"startDateTime"`
	End        time.Time `json:"endDateTime"`
}

// replaceKeys replaces the certificates of a registration by those of a request: one
// that is to stay is sent again, with its key.
//
// Source: learn.microsoft.com/graph/api/application-update and
// learn.microsoft.com/graph/api/resources/keycredential.
//
// Guess: the texts.
func (c *graphCall) replaceKeys(app *registration, sent []sentKey) *graphProblem {
	have, keys := c.server.keysOf(c.tenant, *app), []keyCredential{}
	for _, k := range sent {
		raw, err := base64.StdEncoding.DecodeString(k.Key)
		old := slices.IndexFunc(have, func(h keyCredential) bool { return k.KeyID != "" && strings.EqualFold(h.KeyID, k.KeyID) })
		if old >= 0 {
			if k.Key == "" || !bytes.Equal(raw, have[old].Cert.Raw) {
				return badGraph("Update to existing credential with KeyId '" + k.KeyID + "' is not allowed.")
			}
			keys = append(keys, have[old])
			continue
		}
		cert, err2 := x509.ParseCertificate(raw)
		switch {
		case k.Type != "AsymmetricX509Cert" || k.Usage != "Verify":
			return badGraph("Key credential is invalid: type and usage of a certificate are AsymmetricX509Cert and Verify.")
		case err != nil || err2 != nil:
			return badGraph("Key credential is invalid: the value of 'key' is no certificate.")
		}
		if p := c.lifePolicy(cert.NotBefore, cert.NotAfter); p != nil {
			return p
		}
		id, name := newID(), k.Name
		if guid.IsPlain(k.KeyID) {
			id = k.KeyID
		}
		if name == "" {
			name = cert.Subject.String()
		}
		keys = append(keys, keyCredential{KeyID: id, Name: name, Cert: cert})
	}
	app.Keys, app.KeysReplaced = keys, true
	return nil
}

// lifePolicy is the policy that caps the life of a credential.
//
// Source: the recorded message graph-400-lifetime-policy.
func (c *graphCall) lifePolicy(start, end time.Time) *graphProblem {
	if life := c.tenant.Directory.SecretLife; life == 0 || end.Sub(start) <= life+time.Hour {
		return nil
	}
	return &graphProblem{
		Status: http.StatusBadRequest, Code: "CredentialInvalidLifetimeAsPerAppPolicy",
		Message: "Credential lifetime exceeds the max value allowed as per assigned policy",
	}
}

// addPassword makes a client secret, whose value the response alone has.
//
// Source: the recorded message graph-200-addpassword;
// learn.microsoft.com/graph/api/application-addpassword (two years unless wanted
// otherwise).
func (c *graphCall) addPassword(id string) (graphAnswer, *graphProblem) {
	var wanted struct {
		Name  string    `json:"displayName"`
		Start time.Time `json:"startDateTime"`
		End   time.Time `json:"endDateTime"`
	}
	if p := c.body.unknown("passwordCredential"); p != nil {
		return graphAnswer{}, p
	}
	if _, p := c.body.read("passwordCredential", &wanted); p != nil {
		return graphAnswer{}, p
	}
	now := c.server.time().Truncate(time.Second)
	if wanted.Start.IsZero() {
		wanted.Start = now
	}
	if wanted.End.IsZero() {
		wanted.End = wanted.Start.AddDate(2, 0, 0)
	}
	switch {
	case c.tenant.Directory.SecretsForbidden:
		// Guess: the text; the code is that of public logs.
		return graphAnswer{}, &graphProblem{
			Status: http.StatusBadRequest, Code: "CredentialTypeNotAllowedAsPerAppPolicy",
			Message: "Credential type not allowed as per assigned policy",
		}
	case !wanted.End.After(wanted.Start), !wanted.End.After(now):
		return graphAnswer{}, badGraph("Key credential end date is invalid.")
	}
	if p := c.lifePolicy(wanted.Start, wanted.End); p != nil {
		return graphAnswer{}, p
	}
	text := SecretOf(randomText())
	made := password{newID(), wanted.Name, text[:3], sha256.Sum256([]byte(text)), wanted.Start, wanted.End}
	p := change(c.server, func(o *objects) *graphProblem {
		app := o.appByID(id)
		if app == nil {
			return notThere(id)
		}
		app.Passwords = append(slices.Clone(app.Passwords), made)
		return nil
	})
	body := append(object{{"@odata.context", c.context("microsoft.graph.passwordCredential")}}, showPassword(made, text)...)
	return graphAnswer{Status: http.StatusOK, Body: body, Location: "https://" + c.host}, p
}

// removePassword deletes a client secret.
//
// Guess: the text for a secret that is not there.
func (c *graphCall) removePassword(id string) (graphAnswer, *graphProblem) {
	var keyID string
	if p := c.body.unknown("keyId"); p != nil {
		return graphAnswer{}, p
	}
	if given, p := c.body.read("keyId", &keyID); p != nil || !given {
		return graphAnswer{}, badGraph("A value is required for property 'keyId'.")
	}
	p := change(c.server, func(o *objects) *graphProblem {
		app := o.appByID(id)
		if app == nil {
			return notThere(id)
		}
		left := slices.DeleteFunc(slices.Clone(app.Passwords), func(p password) bool { return strings.EqualFold(p.KeyID, keyID) })
		if len(left) == len(app.Passwords) {
			return badGraph("No password credential found with keyId.")
		}
		app.Passwords = left
		return nil
	})
	return graphAnswer{Status: http.StatusNoContent}, p
}

// federatedCredentials serves the federated identity credentials of a registration.
//
// Source: learn.microsoft.com/graph/api/resources/federatedidentitycredential.
func (c *graphCall) federatedCredentials(app registration, rest []string) (graphAnswer, *graphProblem) {
	context := c.context("applications('" + app.ObjectID + "')/federatedIdentityCredentials")
	if len(rest) == 0 {
		switch c.Method {
		case http.MethodGet:
			all := []object{}
			for _, f := range app.Federated {
				all = append(all, showFederated(f))
			}
			return graphAnswer{Status: http.StatusOK, Body: object{{"@odata.context", context}, {"value", all}}}, nil
		case http.MethodPost:
			return c.createFederated(app.ObjectID, context)
		}
		return c.unmodelled()
	}
	i := slices.IndexFunc(app.Federated, func(f federatedIdentity) bool { return f.ID == rest[0] || f.Name == rest[0] })
	switch {
	case len(rest) > 1:
		return c.unmodelled()
	case i < 0:
		return graphAnswer{}, notThere(rest[0])
	case c.Method == http.MethodGet:
		return graphAnswer{Status: http.StatusOK, Body: append(object{{"@odata.context", context + "/$entity"}}, showFederated(app.Federated[i])...)}, nil
	case c.Method == http.MethodDelete:
		change(c.server, func(o *objects) *graphProblem {
			now := o.appByID(app.ObjectID)
			now.Federated = slices.Delete(slices.Clone(app.Federated), i, i+1)
			return nil
		})
		return graphAnswer{Status: http.StatusNoContent}, nil
	}
	return c.unmodelled()
}

func showFederated(f federatedIdentity) object {
	return object{
		{"id", f.ID}, {"name", f.Name}, {"issuer", f.Issuer}, {"subject", f.Subject}, {"description", orNil(f.Description)}, {"audiences", list(f.Audiences)},
	}
}

// createFederated adds a federated credential. Issuer and subject together are
// unique, and so is the name; there are at most twenty.
//
// Source: learn.microsoft.com/graph/api/application-post-federatedidentitycredentials
// and learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations.
//
// Guess: the texts.
func (c *graphCall) createFederated(id, context string) (graphAnswer, *graphProblem) {
	made := federatedIdentity{ID: newID()}
	if p := c.body.unknown("name", "issuer", "subject", "audiences", "description"); p != nil {
		return graphAnswer{}, p
	}
	for name, to := range map[string]any{"name": &made.Name, "issuer": &made.Issuer, "subject": &made.Subject, "audiences": &made.Audiences, "description": &made.Description} {
		if given, p := c.body.read(name, to); p != nil || !given && name != "description" {
			return graphAnswer{}, badGraph("A value is required for property '" + name + "' of resource 'FederatedIdentityCredential'.")
		}
	}
	p := change(c.server, func(o *objects) *graphProblem {
		app := o.appByID(id)
		switch {
		case app == nil:
			return notThere(id)
		case len(made.Audiences) != 1:
			return badGraph("FederatedIdentityCredential must have exactly one audience.")
		case len(app.Federated) >= 20:
			return badGraph("FederatedIdentityCredential limit of 20 is reached.")
		}
		for _, f := range app.Federated {
			if f.Name == made.Name || f.Issuer == made.Issuer && f.Subject == made.Subject {
				return &graphProblem{
					Status: http.StatusConflict, Code: "Request_MultipleObjectsWithSameKeyValue",
					Message: "FederatedIdentityCredential with name " + made.Name + " already exists.",
				}
			}
		}
		app.Federated = append(slices.Clone(app.Federated), made)
		return nil
	})
	return graphAnswer{Status: http.StatusCreated, Body: append(object{{"@odata.context", context + "/$entity"}}, showFederated(made)...)}, p
}
