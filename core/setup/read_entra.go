package setup

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

type rawApplication struct {
	ID          string            `json:"id"`
	AppID       string            `json:"appId"`
	DisplayName string            `json:"displayName"`
	Passwords   []rawPassword     `json:"passwordCredentials"`
	Keys        []json.RawMessage `json:"keyCredentials"`
}

type rawPassword struct {
	KeyID       string    `json:"keyId"`
	DisplayName string    `json:"displayName"`
	Hint        string    `json:"hint"`
	End         time.Time `json:"endDateTime"`
}

type rawKey struct {
	KeyID       string    `json:"keyId"`
	DisplayName string    `json:"displayName"`
	Thumbprint  string    `json:"customKeyIdentifier"`
	End         time.Time `json:"endDateTime"`
}

type rawPrincipal struct {
	ID      string `json:"id"`
	Enabled *bool  `json:"accountEnabled"`
}

type rawGrant struct {
	ID         string `json:"id"`
	Type       string `json:"consentType"`
	Principal  string `json:"principalId"`
	ResourceID string `json:"resourceId"`
	Scope      string `json:"scope"`
}

// Held is the credential of the form, as far as it can be compared.
type Held struct {
	// Hint is the beginning of a client secret, as Graph shows it: three characters.
	// "" for no secret.
	Hint string
	// Thumbprint is the certificate's, in capital hex, or "".
	Thumbprint string

	// keyID and thumbprint are those of the credential that an earlier run made.
	keyID, thumbprint string
}

// readEntra reads the application's half of the state.
func (s *Session) readEntra(ctx context.Context, held Held, state *plan.State) (err error) {
	t := s.Target
	byAppID := "(appId='" + url.PathEscape(t.ClientID) + "')"
	graph := "https://" + t.Cloud.Graph + "/v1.0/"
	// Only a read of one object with $select brings the keys themselves.
	state.Applications, err = lookup(ctx, s, graph+"applications"+byAppID+
		"?$select=id,appId,displayName,passwordCredentials,keyCredentials", held.application)
	if err != nil {
		return err
	}
	state.Principals, err = lookup(ctx, s, graph+"servicePrincipals"+byAppID+"?$select=id,accountEnabled", principal)
	if err != nil || !t.Classic {
		return err
	}
	state.Dataverse, err = lookup(ctx, s, graph+"servicePrincipals(appId='"+plan.DataverseAppID+"')?$select=id,accountEnabled", principal)
	if err != nil || len(state.Principals.Rows) != 1 || len(state.Dataverse.Rows) != 1 {
		return err
	}
	filter := "clientId eq '" + state.Principals.Rows[0].ObjectID + "' and resourceId eq '" + state.Dataverse.Rows[0].ObjectID + "'"
	state.Grants, err = list(ctx, s, graph+"oauth2PermissionGrants?$filter="+query(filter), func(g rawGrant) plan.Grant {
		return plan.Grant{ID: g.ID, Scope: g.Scope, Everybody: g.Type == "AllPrincipals", Principal: g.Principal}
	})
	return err
}

func (h Held) application(a rawApplication) plan.App {
	app := plan.App{ObjectID: a.ID, AppID: strings.ToLower(a.AppID), DisplayName: a.DisplayName}
	for _, p := range a.Passwords {
		app.Keys = append(app.Keys, plan.Key{
			KeyID: p.KeyID, DisplayName: p.DisplayName, Secret: true, End: p.End, Given: h.Hint != "" && p.Hint == h.Hint || h.keyID != "" && p.KeyID == h.keyID,
		})
	}
	for _, raw := range a.Keys {
		var k rawKey
		if json.Unmarshal(raw, &k) != nil {
			continue
		}
		app.Keys = append(app.Keys, plan.Key{
			KeyID: k.KeyID, DisplayName: k.DisplayName, Raw: raw, End: k.End,
			Given: h.holds(thumbprint(k.Thumbprint)),
		})
	}
	return app
}

func (h Held) holds(thumbprint string) bool {
	return thumbprint != "" && (strings.EqualFold(thumbprint, h.Thumbprint) || strings.EqualFold(thumbprint, h.thumbprint))
}

// thumbprint returns a customKeyIdentifier in hex: Graph shows the bytes in base64,
// and in registrations of old portals as hex.
func thumbprint(identifier string) string {
	if len(identifier) == 40 {
		if _, err := hex.DecodeString(identifier); err == nil {
			return identifier
		}
	}
	raw, err := base64.StdEncoding.DecodeString(identifier)
	if err != nil {
		return ""
	}
	return hex.EncodeToString(raw)
}

func principal(p rawPrincipal) plan.Principal {
	return plan.Principal{ObjectID: p.ID, Disabled: p.Enabled != nil && !*p.Enabled}
}

// query escapes a filter for an address.
func query(filter string) string { return strings.ReplaceAll(url.QueryEscape(filter), "+", "%20") }
