// Package handoff reads what a set-up script prints at its end: the IDs of what it
// made, in one line of JSON. The administrator who ran the script sends that line back.
//
// The line holds no secret, and nothing is taken from it that is not an ID, the
// address of an environment or a tenant.
package handoff

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// Result is what a script has made.
type Result struct {
	// Environment is scheme and host.
	Environment string
	// TenantID is a GUID or a domain; it may be empty.
	TenantID string
	// ClientID is the Application (client) ID; it may be empty.
	ClientID string
	// Values are the IDs by the names that plans have for them: "role.id".
	Values map[string]string
}

// Names are the values that a result may have.
var Names = []string{
	"application.id", "application.appId", "service-principal.id", "consent.id", "application-user.id", "role.id", "licence.userId", "credential.thumbprint",
}

// mark begins a result; other JSON is not a result.
const mark = `{"s2sdoctor":1,`

// maxLine is more than a result takes, in bytes.
const maxLine = 8 << 10

var (
	tenantShape = lazyregexp.New(`^[0-9A-Za-z][0-9A-Za-z.-]{0,253}$`)
	// A permission grant's ID is base64url, a thumbprint hexadecimal.
	idShape = lazyregexp.New(`^[0-9A-Za-z_-]{20,120}$`)
)

// Read finds the last result in a text. Line breaks that a mail program has put into
// it are taken out. It is false without a result.
func Read(text string) (Result, bool) {
	at := strings.LastIndex(text, mark)
	if at < 0 {
		return Result{}, false
	}
	text = text[at:]
	end := strings.Index(text, "}}")
	if end < 0 || end > maxLine {
		return Result{}, false
	}
	text = strings.NewReplacer("\r", "", "\n", "").Replace(text[:end+2])
	var raw struct {
		Environment string            `json:"environment"`
		TenantID    string            `json:"tenantId"`
		ClientID    string            `json:"clientId"`
		Result      map[string]string `json:"result"`
	}
	if json.Unmarshal([]byte(text), &raw) != nil {
		return Result{}, false
	}
	u, err := url.Parse(raw.Environment)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || raw.TenantID != "" && !tenantShape.MatchString(raw.TenantID) {
		return Result{}, false
	}
	r := Result{Environment: "https://" + strings.ToLower(u.Host), TenantID: strings.ToLower(raw.TenantID), Values: map[string]string{}}
	r.ClientID, _ = guid.Parse(raw.ClientID)
	for _, name := range Names {
		if id := strings.TrimSpace(raw.Result[name]); idShape.MatchString(id) {
			r.Values[name] = id
		}
	}
	return r, true
}
