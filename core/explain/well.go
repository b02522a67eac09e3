package explain

import (
	"encoding/json"
	"strings"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/pattern"
	"s2sdoctor/core/prose"
	"s2sdoctor/core/secret"
)

// identity is what WhoAmI answers with.
var identity = []string{"UserId", "BusinessUnitId", "OrganizationId"}

const guid = `[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`

// well says why all is well, as far as the text shows it: WhoAmI was answered, a
// token was given, a consent came back. It is empty where nothing shows that.
func well(all []string, e *catalog.Evidence) prose.Text {
	for _, layer := range all {
		if ids := whoAmI(layer); ids != nil {
			for i, id := range ids {
				e.Facts = append(e.Facts, catalog.Seen(identity[i], id))
			}
			e.Message = ""
			return prose.F("All is well: Dataverse answered WhoAmI.")
		}
		if tokenGiven(layer) {
			e.Message = ""
			return prose.F("All is well: Entra gave a token.")
		}
		if said := consented(layer, e); !said.Empty() {
			e.Message = ""
			return said
		}
	}
	return prose.Text{}
}

// member finds the value of a member of WhoAmI in JSON, in SOAP's key and value,
// or in the list that a shell prints.
func member(name string) *pattern.Pattern {
	return pattern.New(`(?i)\b` + name + `(?:["']?\s*[:=]\s*["']?|</[a-z:]*key>\s*<[^<>]*value[^<>]*>\s*|\s*</[a-z:]*key><[^<>]*>)(` + guid + `)`)
}

var members = []*pattern.Pattern{member(identity[0]), member(identity[1]), member(identity[2])}

// whoAmI gives the three ids in the order of [identity], nil unless all are there.
func whoAmI(text string) []string {
	var ids []string
	for _, pattern := range members {
		m := pattern.FindStringSubmatch(text)
		if m == nil {
			return nil
		}
		ids = append(ids, m[1])
	}
	return ids
}

// tokenGiven tells whether a JSON in the text is a token answer (RFC 6749
// section 5.1). The token itself is gone by now.
func tokenGiven(text string) bool {
	for _, body := range objects(text) {
		var answer struct {
			Token string `json:"access_token"`
			Type  string `json:"token_type"`
		}
		if json.Unmarshal([]byte(body), &answer) == nil && answer.Token != "" && strings.EqualFold(answer.Type, "Bearer") {
			return true
		}
	}
	return false
}

// consented reads the address on which a consent ended well.
func consented(text string, e *catalog.Evidence) prose.Text {
	for _, q := range queries(text) {
		switch {
		case strings.EqualFold(q.Get("admin_consent"), "true"):
			if tenant := catalog.Clean(q.Get("tenant")); tenant != "" {
				e.Facts = append(e.Facts, catalog.Seen("tenant, as the address says", tenant))
			}
			return prose.F("All is well: an administrator has consented. Test the connection to prove it; an address alone proves nothing.")
		case q.Get("code") == secret.Redacted && (q.Has("state") || q.Has("session_state")):
			return prose.F("All is well: the consent page came back with a code. Test the connection to prove it; an address alone proves nothing.")
		}
	}
	return prose.Text{}
}
