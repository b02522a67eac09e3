package entra

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Claims are the parts of an access token that name its owner and its purpose.
//
// Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
type Claims struct {
	Audience string
	Issuer   string
	// Subject is "sub": in a federated token the repository, pipeline or account that
	// it was issued to.
	Subject string
	// Kind is "app" or "user" where the token has idtyp, else "".
	Kind string
	// TenantID, AppID and ObjectID are lower-case GUIDs; ObjectID is the service
	// principal's, not the registration's.
	TenantID, AppID, ObjectID string
	// Credential is "1" for a secret, "2" for a certificate, "0" for a public client
	// (appidacr or azpacr).
	Credential string
	// User is the user of a user's token: its scopes or sign-in name.
	User string
	// Name is the display name of that user.
	Name string
	// Nonce is an ID token's, "" elsewhere.
	Nonce string
	// Scopes is "scp": only user tokens have it.
	Scopes string
	Roles  []string
	// DirectoryRoles is "wids": the templates of the user's directory roles; only tokens
	// for Microsoft Graph have it.
	DirectoryRoles []string
	// IssuedAt, NotBefore and Expires are zero where the token lacks the claim.
	IssuedAt, NotBefore, Expires time.Time
}

// Peek reads the claims of a JWT (RFC 7519) without checking its signature: for
// showing and comparing, never for deciding whom to trust. false when the token
// is not a JWT; Dataverse's tokens are.
func Peek(token secret.Value) (Claims, bool) {
	var c Claims
	var ok bool
	token.Use(func(plain string) { c, ok = peek(plain) })
	return c, ok
}

func peek(token string) (Claims, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > 64<<10 {
		return Claims{}, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return Claims{}, false
	}
	return ParseClaims(payload)
}

// ParseClaims reads the claims of a token's payload, which is JSON.
func ParseClaims(payload []byte) (Claims, bool) {
	var raw struct {
		Aud               json.RawMessage `json:"aud"`
		Iss               string          `json:"iss"`
		Sub               string          `json:"sub"`
		IDType            string          `json:"idtyp"`
		TID               string          `json:"tid"`
		AppID             string          `json:"appid"`
		AZP               string          `json:"azp"`
		AppIDACR          string          `json:"appidacr"`
		AZPACR            string          `json:"azpacr"`
		OID               string          `json:"oid"`
		SCP               string          `json:"scp"`
		UPN               string          `json:"upn"`
		UniqueName        string          `json:"unique_name"`
		PreferredUsername string          `json:"preferred_username"`
		Name              string          `json:"name"`
		Nonce             string          `json:"nonce"`
		Roles             []string        `json:"roles"`
		WIDs              json.RawMessage `json:"wids"`
		IAT, NBF, EXP     float64
	}
	if json.Unmarshal(payload, &raw) != nil {
		return Claims{}, false
	}
	var directoryRoles []string
	if len(raw.WIDs) > 0 && json.Unmarshal(raw.WIDs, &directoryRoles) != nil {
		directoryRoles = nil
	}
	return Claims{
		Audience: audience(raw.Aud), Issuer: raw.Iss, Subject: raw.Sub, Kind: raw.IDType,
		TenantID: strings.ToLower(raw.TID), ObjectID: strings.ToLower(raw.OID),
		AppID:      strings.ToLower(first(raw.AppID, raw.AZP)),
		Credential: first(raw.AppIDACR, raw.AZPACR),
		Name:       raw.Name, Nonce: raw.Nonce,
		User: first(raw.UPN, raw.UniqueName, raw.PreferredUsername), Scopes: raw.SCP, Roles: raw.Roles, DirectoryRoles: directoryRoles,
		IssuedAt: instant(raw.IAT), NotBefore: instant(raw.NBF), Expires: instant(raw.EXP),
	}, true
}

// audience is a string or, as RFC 7519 section 4.1.3 allows, a list.
func audience(raw json.RawMessage) string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return one
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return strings.Join(many, " ")
	}
	return ""
}

func instant(seconds float64) time.Time {
	const lastYear9999 = 253402300799
	if seconds <= 0 || seconds > lastYear9999 {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
