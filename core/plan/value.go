package plan

import (
	"encoding/json"
	"slices"
	"strings"
)

// Value is a placeholder for what an earlier step makes or finds: in addresses and
// bodies it is in braces.
type Value string

// The values. The first five are the contract's.
const (
	Marker             Value = "journal.marker"         // finds a registration again after a cut connection
	ApplicationID      Value = "application.id"         // object ID of the registration
	ApplicationAppID   Value = "application.appId"      // Application (client) ID
	ServicePrincipalID Value = "service-principal.id"   // object ID
	ApplicationUserID  Value = "application-user.id"    // systemuserid
	RoleID             Value = "role.id"                // roleid
	CertificateKey     Value = "credential.key"         // the certificate without its key, base64 DER
	CredentialKeyID    Value = "credential.keyId"       // #nosec G101 -- a name: the ID of a new secret
	CredentialEnd      Value = "credential.end"         // #nosec G101 -- a name: RFC 3339
	Thumbprint         Value = "credential.thumbprint"  // of a new certificate, in capital hex
	ConsentID          Value = "consent.id"             // of the permission grant
	DataverseID        Value = "dataverse.id"           // object ID of Dataverse's service principal
	BusinessUnitID     Value = "business-unit.id"       // the root business unit
	SourceRoleID       Value = "source-role.id"         // System Administrator in the business unit
	SourcePrivileges   Value = "source-role.privileges" // its privileges: an array, not a string
	LicensedUserID     Value = "licence.userId"         // object ID of the user with the licences
)

// String returns the value in braces.
func (v Value) String() string { return "{" + string(v) + "}" }

// Fill puts known values into the address and the body of a request; what is not
// known stays as it is.
func (r Request) Fill(values map[Value]string) Request {
	r.URL = fill(r.URL, values, func(s string) string { return s })
	if r.Body != nil {
		r.Body = json.RawMessage(fill(string(r.Body), values, func(s string) string {
			quoted, _ := json.Marshal(s) // a string always marshals
			return strings.Trim(string(quoted), `"`)
		}))
	}
	return r
}

// Missing returns the values that a request still needs, in the order of their first
// use.
func (r Request) Missing() []Value {
	var missing []Value
	seen := map[Value]bool{}
	for _, text := range []string{r.URL, string(r.Body)} {
		for _, v := range values {
			if strings.Contains(text, v.String()) && !seen[v] {
				seen[v] = true
				missing = append(missing, v)
			}
		}
	}
	return missing
}

// values are all, in the order of the steps.
var values = []Value{
	Marker, ApplicationID, ApplicationAppID, CertificateKey, Thumbprint, CredentialKeyID, CredentialEnd, ServicePrincipalID,
	DataverseID, ConsentID, BusinessUnitID, ApplicationUserID, SourceRoleID, SourcePrivileges, RoleID, LicensedUserID,
}

func fill(s string, known map[Value]string, quote func(string) string) string {
	for _, v := range values {
		if value, ok := known[v]; ok && value != "" {
			s = strings.ReplaceAll(s, v.String(), quote(value))
		}
	}
	return s
}

// Values returns all values, in the order of the steps.
func Values() []Value { return slices.Clone(values) }

// or returns the known value, or the placeholder.
func (v Value) or(known string) string {
	if known != "" {
		return known
	}
	return v.String()
}

// body returns a request body; the keys of v keep the order of its fields.
func body(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // only fixed structures come here
	}
	return data
}
