package paste

import (
	"net/url"
	"strings"

	"s2sdoctor/core/cloud"
	"s2sdoctor/core/connection"
	"s2sdoctor/core/pattern"
	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
)

var (
	appIDInLink  = pattern.New(`(?i)/(?:appId|applicationId|clientId)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#]|$)`)
	tenantInLink = pattern.New(`(?i)#@([a-z0-9.-]+\.[a-z]+|[0-9a-f-]{36})(?:/|$)`)
)

// readAddress reads one address: of an environment, of a portal's page about an
// application, of a login host.
func readAddress(text string) (prose.Text, []setting) {
	text = plain.Unwrap(text)
	if strings.ContainsFunc(text, plain.Blank) {
		return prose.Text{}, nil
	}
	host, path, ok := connection.Host(text)
	if !ok {
		return prose.Text{}, nil
	}
	switch {
	case len(cloud.OfLogin(cloud.Table, host)) > 0:
		return prose.F("a login address"), loginSettings(text, path)
	case isPortal(host):
		var found []setting
		if m := appIDInLink.FindStringSubmatch(path); m != nil {
			found = append(found, setting{"clientid", m[1]})
		}
		if m := tenantInLink.FindStringSubmatch(path); m != nil {
			found = append(found, setting{"tenantid", m[1]})
		}
		return prose.F("a portal's link"), found
	case environmentShape.MatchString(text) && !connection.IsElsewhere(cloud.Table, host):
		kind := connection.KindOfAddress(path)
		if kind.Empty() {
			kind = prose.F("an address")
		}
		// What stands behind the host is of no use in the field.
		return kind, []setting{{"environmenturl", strings.TrimSuffix(text, path)}}
	}
	return prose.Text{}, nil
}

func isPortal(host string) bool {
	for _, c := range cloud.Table {
		if host == c.Portal {
			return true
		}
	}
	return host == "portal.azure.com" || host == "portal.azure.us" || host == "portal.azure.cn"
}

// loginSettings reads a consent or token address: the tenant in its path, and
// what its query says.
func loginSettings(text, path string) []setting {
	var found []setting
	if namesTenant(text) {
		found = append(found, setting{"authority", strings.TrimSuffix(text, queryOf(path))})
	}
	return append(found, querySettings(strings.TrimPrefix(queryOf(path), "?"))...)
}

// queryOf is the query with its ?, and what follows it.
func queryOf(path string) string {
	if at := strings.IndexAny(path, "?#"); at >= 0 {
		return path[at:]
	}
	return ""
}

// namesTenant reports whether a login address is of one tenant.
func namesTenant(text string) bool {
	_, ok := connection.TenantOfAuthority(cloud.Table, text)
	return ok
}

// readBody reads the body of a token request.
func readBody(text string) (prose.Text, []setting) {
	if !strings.Contains(text, "&") || !strings.Contains(text, "client_id=") || strings.ContainsFunc(text, plain.Blank) {
		return prose.Text{}, nil
	}
	return prose.F("a token request"), querySettings(text)
}

// querySettings decodes key=value&key=value, in that order.
func querySettings(query string) []setting {
	query, _, _ = strings.Cut(query, "#")
	var found []setting
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		decoded, err := url.QueryUnescape(value)
		if err != nil || value == "" {
			continue
		}
		if key == "scope" {
			decoded = environmentOfScope(decoded)
		}
		found = append(found, setting{key, decoded})
	}
	return found
}

// environmentOfScope finds the one scope of several that names an environment.
func environmentOfScope(scopes string) string {
	for scope := range strings.FieldsSeq(scopes) {
		if environmentShape.MatchString(scope) {
			return scope
		}
	}
	return ""
}
