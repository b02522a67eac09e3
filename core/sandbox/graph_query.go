package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// graphEntity is the shape of a collection of Graph, as far as queries need it.
type graphEntity struct {
	// set and kind are the names of the collection and of the type of its objects;
	// resource is the type as filters name it.
	set, kind, resource string
	properties          []string
	// equals and begins are the properties that $filter can compare with eq and with
	// startswith; lists those that it can search with any().
	equals, begins, lists []string
	// real are further properties of the type.
	real []string
}

// Sources: learn.microsoft.com/graph/api/resources/application, …/serviceprincipal,
// …/oauth2permissiongrant, …/user (the properties, and which of them $filter takes),
// and learn.microsoft.com/graph/aad-advanced-queries.
var (
	applicationEntity = &graphEntity{
		set: "applications", kind: "application", resource: "Application",
		properties: strings.Fields(`id deletedDateTime appId createdDateTime displayName identifierUris isFallbackPublicClient publisherDomain
			signInAudience tags keyCredentials passwordCredentials requiredResourceAccess web publicClient spa`),
		equals: []string{"id", "appId", "displayName", "signInAudience", "publisherDomain"},
		begins: []string{"displayName"},
		lists:  []string{"tags", "identifierUris"},
		real: strings.Fields(`addIns api appRoles applicationTemplateId authenticationBehaviors certification description
			disabledByMicrosoftStatus groupMembershipClaims info isDeviceOnlyAuthSupported notes oauth2RequirePostResponse optionalClaims
			parentalControlSettings requestSignatureVerification samlMetadataUrl serviceManagementReference
			servicePrincipalLockConfiguration tokenEncryptionKeyId uniqueName verifiedPublisher`),
	}
	principalEntity = &graphEntity{
		set: "servicePrincipals", kind: "servicePrincipal", resource: "ServicePrincipal",
		properties: strings.Fields(`id deletedDateTime accountEnabled appDisplayName appId appOwnerOrganizationId appRoleAssignmentRequired
			displayName servicePrincipalNames servicePrincipalType tags appRoles oauth2PermissionScopes`),
		equals: []string{"id", "appId", "displayName", "accountEnabled", "servicePrincipalType", "appOwnerOrganizationId"},
		begins: []string{"displayName"},
		lists:  []string{"servicePrincipalNames", "tags"},
		real: strings.Fields(`addIns alternativeNames applicationTemplateId createdDateTime description disabledByMicrosoftStatus homepage info keyCredentials
			loginUrl logoutUrl notes notificationEmailAddresses passwordCredentials preferredSingleSignOnMode
			preferredTokenSigningKeyThumbprint replyUrls resourceSpecificApplicationPermissions samlSingleSignOnSettings
			signInAudience tokenEncryptionKeyId verifiedPublisher`),
	}
	grantEntity = &graphEntity{
		set: "oauth2PermissionGrants", kind: "oAuth2PermissionGrant", resource: "OAuth2PermissionGrant",
		properties: strings.Fields("clientId consentType id principalId resourceId scope"),
		equals:     []string{"clientId", "consentType", "principalId", "resourceId"},
	}
	userEntity = &graphEntity{
		set: "users", kind: "user", resource: "User",
		properties: strings.Fields("businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName id"),
		equals:     []string{"id", "userPrincipalName", "displayName", "mail"},
		begins:     []string{"userPrincipalName", "displayName", "mail"},
		real:       strings.Fields("accountEnabled assignedLicenses assignedPlans createdDateTime usageLocation userType licenseAssignmentStates proxyAddresses"),
	}
)

// graphQuery is $select, $filter and $top of a request.
type graphQuery struct {
	entity *graphEntity
	// chosen are the properties of $select; nil for the usual ones.
	chosen []string
	fits   func(map[string]any) bool
	top    int
}

// query reads the options of a request. What Graph takes and the sandbox does not is
// marked.
func (c *graphCall) query(e *graphEntity, list bool) (graphQuery, *graphProblem) {
	q := graphQuery{entity: e, fits: func(map[string]any) bool { return true }}
	options, err := url.ParseQuery(c.URL.RawQuery)
	if err != nil {
		return q, badGraph("The query string is not well-formed.")
	}
	for name, values := range options {
		var p *graphProblem
		switch {
		case len(values) > 1:
			p = badGraph("Query option '" + name + "' was specified more than once, but it must be specified at most once.")
		case name == "$select":
			q.chosen, p = e.selected(values[0])
		case name == "$filter" && list:
			q.fits, p = e.filter(values[0])
		case name == "$top" && list:
			q.top, p = pageSize(values[0])
		case slices.Contains([]string{"$expand", "$orderby", "$search", "$count", "$skiptoken", "$format"}, name):
			p = unmodelledGraph(http.StatusNotImplemented, "the query option "+name)
		default:
			p = &graphProblem{Status: http.StatusBadRequest, Code: "BadRequest", Message: "The query specified in the URI is not valid. The query option '" + name + "' is not valid here."}
		}
		if p != nil {
			return q, p
		}
	}
	return q, nil
}

// selected reads $select.
func (e *graphEntity) selected(text string) ([]string, *graphProblem) {
	var all []string
	for name := range strings.SplitSeq(text, ",") {
		switch name = strings.TrimSpace(name); {
		case slices.Contains(e.properties, name), e == userEntity && name == "assignedLicenses":
			all = append(all, name)
		case slices.Contains(e.real, name):
			return nil, unmodelledGraph(http.StatusNotImplemented, "the property "+name+" of "+e.kind)
		default:
			return nil, &graphProblem{
				Status: http.StatusBadRequest, Code: "BadRequest",
				Message: "Parsing OData Select and Expand failed: Could not find a property named '" + name + "' on type 'microsoft.graph." + e.kind + "'.",
			}
		}
	}
	return all, nil
}

// pageSize reads $top.
//
// Source: public logs of "Invalid page size specified".
func pageSize(text string) (int, *graphProblem) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 999 {
		return 0, &graphProblem{Status: http.StatusBadRequest, Code: "Request_UnsupportedQuery", Message: "Invalid page size specified: '" + text + "'. Must be between 1 and 999 inclusive."}
	}
	return n, nil
}

var (
	comparisonShape = lazyregexp.New(`^\s*([A-Za-z][\w/]*)\s+(eq|ne|ge|le|gt|lt)\s+('(?:[^']|'')*'|true|false|null|[\w.:-]+)`)
	beginsShape     = lazyregexp.New(`^\s*startswith\(\s*([A-Za-z][\w/]*)\s*,\s*('(?:[^']|'')*')\s*\)`)
	anyShape        = lazyregexp.New(`^\s*([A-Za-z]\w*)/any\(\s*(\w+)\s*:\s*(\w+)\s+eq\s+('(?:[^']|'')*')\s*\)`)
	andShape        = lazyregexp.New(`^\s+and\s+`)
)

// filter reads $filter: comparisons, startswith and any(), joined by and.
//
// Source of the refusals: github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/1726
// and …/issues/3042.
func (e *graphEntity) filter(text string) (func(map[string]any) bool, *graphProblem) {
	var all []func(map[string]any) bool
	for rest := text; ; {
		fits, used, p := e.clause(rest)
		if p != nil {
			return nil, p
		}
		all = append(all, fits)
		rest = rest[used:]
		if strings.TrimSpace(rest) == "" {
			break
		}
		and := andShape.FindString(rest)
		if and == "" {
			return nil, unmodelledGraph(http.StatusNotImplemented, "this $filter")
		}
		rest = rest[len(and):]
	}
	return func(o map[string]any) bool {
		return !slices.ContainsFunc(all, func(fits func(map[string]any) bool) bool { return !fits(o) })
	}, nil
}

// clause reads one condition and returns how much of the text it is.
func (e *graphEntity) clause(text string) (fits func(map[string]any) bool, used int, p *graphProblem) {
	if m := anyShape.FindStringSubmatch(text); m != nil && m[2] == m[3] {
		want := unquote(m[4])
		return func(o map[string]any) bool {
			list, _ := o[m[1]].([]string)
			return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, want) })
		}, len(m[0]), e.supports(m[1], e.lists)
	}
	if m := beginsShape.FindStringSubmatch(text); m != nil {
		want := strings.ToLower(unquote(m[2]))
		return func(o map[string]any) bool {
			return strings.HasPrefix(strings.ToLower(fmt.Sprint(o[m[1]])), want)
		}, len(m[0]), e.supports(m[1], e.begins)
	}
	m := comparisonShape.FindStringSubmatch(text)
	switch {
	case m == nil && strings.ContainsAny(text, "(/"):
		return nil, 0, unmodelledGraph(http.StatusNotImplemented, "this $filter")
	case m == nil:
		return nil, 0, &graphProblem{Status: http.StatusBadRequest, Code: "BadRequest", Message: "Invalid filter clause"}
	case m[2] == "ne" && slices.Contains(e.properties, m[1]):
		// It needs ConsistencyLevel and $count, which the sandbox does not have.
		return nil, 0, &graphProblem{Status: http.StatusBadRequest, Code: "Request_UnsupportedQuery", Message: "Unsupported property filter clause operator 'NotEqualsMatch'."}
	case m[2] != "eq":
		return nil, 0, e.unsupported(m[1])
	}
	want := m[3]
	if strings.HasPrefix(want, "'") {
		want = unquote(want)
	}
	return func(o map[string]any) bool { return strings.EqualFold(fmt.Sprint(o[m[1]]), want) }, len(m[0]), e.supports(m[1], e.equals)
}

// supports returns the refusal of a property that a condition cannot have.
func (e *graphEntity) supports(property string, able []string) *graphProblem {
	switch {
	case slices.Contains(able, property):
		return nil
	case slices.Contains(e.properties, property), slices.Contains(e.real, property):
		return e.unsupported(property)
	}
	return &graphProblem{Status: http.StatusBadRequest, Code: "BadRequest", Message: "Could not find a property named '" + property + "' on type 'microsoft.graph." + e.kind + "'."}
}

func (e *graphEntity) unsupported(property string) *graphProblem {
	return &graphProblem{
		Status: http.StatusBadRequest, Code: "Request_UnsupportedQuery",
		Message: "Unsupported or invalid query filter clause specified for property '" + property + "' of resource '" + e.resource + "'.",
	}
}

func unquote(literal string) string {
	return strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(literal, "'"), "'"), "''", "'")
}

// list returns the objects that the query is for.
func (c *graphCall) list(e *graphEntity, all []object) (graphAnswer, *graphProblem) {
	q, p := c.query(e, true)
	if p != nil {
		return graphAnswer{}, p
	}
	shown := []object{}
	for _, o := range all {
		if q.fits(o.values()) && (q.top == 0 || len(shown) < q.top) {
			shown = append(shown, q.show(o))
		}
	}
	return graphAnswer{Status: http.StatusOK, Body: object{{"@odata.context", c.context(e.set + q.shape())}, {"value", shown}}}, nil
}

// one returns an object.
func (c *graphCall) one(e *graphEntity, o object, status int) (graphAnswer, *graphProblem) {
	q, p := c.query(e, false)
	if p != nil {
		return graphAnswer{}, p
	}
	body := append(object{{"@odata.context", c.context(e.set + q.shape() + "/$entity")}}, q.show(o)...)
	return graphAnswer{Status: status, Body: body}, nil
}

// selects reports whether $select names a property.
func (c *graphCall) selects(property string) bool {
	return slices.Contains(strings.Split(c.URL.Query().Get("$select"), ","), property)
}

func (q graphQuery) shape() string {
	if q.chosen == nil {
		return ""
	}
	return "(" + strings.Join(q.chosen, ",") + ")"
}

// show returns the chosen properties of an object.
func (q graphQuery) show(o object) object {
	return slices.DeleteFunc(slices.Clone(o), func(m member) bool {
		if q.chosen == nil {
			return m.Name == "assignedLicenses"
		}
		return !slices.Contains(q.chosen, m.Name)
	})
}

// values returns the members by name.
func (o object) values() map[string]any {
	all := map[string]any{}
	for _, m := range o {
		all[m.Name] = m.Value
	}
	return all
}
