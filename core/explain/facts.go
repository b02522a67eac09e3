package explain

import (
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// named are the things that a message may name, in the order of reading. The
// English around them is Microsoft's; where it is missing, so is the fact.
var facts = []struct {
	name    catalog.FactName
	pattern *lazyregexp.Pattern
}{
	{catalog.FactApplication, lazyregexp.New(`(?i)\b(?:application with identifier|client app id:|application(?: id)?\s*:?|app(?: id)?|id) '?(` + guid + `)`)},
	{catalog.FactTenant, lazyregexp.New(`(?i)\b(?:directory|tenant(?: identifier)?) '([^'\r\n]{1,120})'`)},
	{catalog.FactTenant, lazyregexp.New(`(?i)\btenant named '?([^'\r\n]{1,120}?)'?\.(?:\s|$)`)},
	{catalog.Named("resource"), lazyregexp.New(`(?i)\bresource principal named '?([^\s']{1,200}?)'? was not found`)},
	{catalog.Named("resource"), lazyregexp.New(`(?i)\bresource value from request: '?([^\s']{1,200}?)'?\.(?:\s|$)`)},
	{catalog.Named("scope"), lazyregexp.New(`(?i)\bscope '?([^\s']{1,200}?)'? is(?: not|n't) valid`)},
	{catalog.Named("redirect URI"), lazyregexp.New(`(?i)\bredirect URI '([^'\r\n]{1,200})'`)},
	{catalog.Named("account"), lazyregexp.New(`(?i)\buser account '([^'\r\n]{1,120})'`)},
	{catalog.Named("thumbprint"), lazyregexp.New(`(?i)\bthumbprint[^:'\r\n]{0,40}:? ?'?([0-9A-F]{40})\b`)},
	{catalog.Named("issuer"), lazyregexp.New(`(?i)\b(?:assertion issuer|Issuer):? '([^'\r\n]{1,200})'`)},
	{catalog.Named("subject"), lazyregexp.New(`(?i)\b(?:assertion subject|Subject):? '([^'\r\n]{1,200})'`)},
	{catalog.Named("audience"), lazyregexp.New(`(?i)\b(?:assertion audience|Audience):? '([^'\r\n]{1,200})'`)},
	// What the text calls principal, caller or user is the one whom the privilege
	// fails.
	{catalog.Named("user"), lazyregexp.New(`(?i)\b(?:principal (?:user|team) \(Id=|user ?\(Id ?= ?|SystemUserId=|CallingUser: ?|User(?: Id)?: ?|User Id |user with id )['\s]{0,2}(` + guid + `)`)},
	{catalog.Named("roles"), lazyregexp.New(`(?i)\broleCount=([0-9]{1,4})\b`)},
	{catalog.Named("missing privilege"), lazyregexp.New(`(?i)\b(?:missing|lacks|does not have|PrivilegeName:|privilege named?|role with)\s{1,3}(?:the\s)?['"]?(prv[A-Za-z0-9_]{1,120})`)},
	{catalog.Named("access right"), lazyregexp.New(`(?i)\bAccessRights?[:=] ?([A-Za-z]{1,40})\b`)},
	{catalog.Named("table"), lazyregexp.New(`(?i)\bfor entity '([A-Za-z0-9_]{1,120})'`)},
	{catalog.Named("table"), lazyregexp.New(`(?i)\b(?:LogicalName|EntityName|entity name|ObjectTypeCode|OTC)[:=] ?'?([A-Za-z0-9_]{1,120})`)},
	{catalog.Named("depth"), lazyregexp.New(`(?i)\b(?:Required |privilege ?)?Depth[:=] ?(Basic|Local|Deep|Global|User|BusinessUnit|Organization)\b`)},
	{catalog.Named("business unit"), lazyregexp.New(`(?i)\bBusinessUnitId[:=] ?(` + guid + `)`)},
	{catalog.FactEnvironmentTenant, lazyregexp.New(`(?i)\bauthorization_uri="?https://[a-z0-9.-]+/([a-z0-9.-]{1,120})/oauth2`)},
}

// addFacts notes what the message names: application, tenant, resource, user,
// privilege.
func (r *reading) addFacts() {
	known := map[catalog.FactName]bool{}
	for _, f := range r.evidence.Facts {
		known[f.Name] = true
	}
	for _, f := range facts {
		m := f.pattern.FindStringSubmatch(r.near)
		if m == nil || known[f.name] {
			continue
		}
		known[f.name] = true
		r.evidence.Facts = append(r.evidence.Facts, catalog.NewFact(f.name, catalog.Clean(m[1])))
	}
}

var address = lazyregexp.New(`(?i)https://[a-z0-9.-]{3,253}`)

// vars fill the deep links with what the text names.
func (r reading) vars() catalog.Vars {
	v := catalog.Vars{}
	for _, f := range r.evidence.Facts {
		switch f.Name {
		case catalog.FactApplication:
			v["clientId"] = f.Value.String()
		case catalog.FactTenant, catalog.FactEnvironmentTenant:
			v["tenantId"] = f.Value.String()
		}
	}
	for _, q := range queries(r.text) {
		if id := q.Get("client_id"); id != "" && v["clientId"] == "" {
			v["clientId"] = id
		}
	}
	for _, found := range address.FindAllString(r.text, 32) {
		u, err := url.Parse(strings.ToLower(strings.TrimRight(found, ".")))
		if err != nil {
			continue
		}
		if c, ok := cloud.OfEnvironment(cloud.Table, u.Host); ok && v["environment"] == "" {
			v["environment"] = "https://" + strings.Replace(u.Host, ".api.", ".", 1)
			v["portal"], v["admin"], v["login"] = c.Portal, c.Admin, c.Login
		}
		if cs := cloud.OfLogin(cloud.Table, u.Host); len(cs) > 0 && v["login"] == "" {
			v["login"] = cs[0].Login
		}
	}
	return v
}
