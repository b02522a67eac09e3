package catalog

import (
	"net/url"
	"regexp"
	"strings"

	"s2sdoctor/core/cloud"
)

// Vars are what an entry's texts and links are filled with. Whatever is empty,
// or does not look like what it should be, is left out: the text then says what
// is meant in words, the link goes to the page above, or goes.
type Vars struct {
	// ClientID is a GUID, TenantID a GUID or a domain.
	ClientID, TenantID string
	// Environment is "https://contoso.crm4.dynamics.com".
	Environment string
	// Cloud names the hosts of the portals; its zero value stands for the public cloud.
	Cloud cloud.Cloud
}

// Fill puts the values into the texts and links. No brace is left.
func (e Entry) Fill(v Vars) Entry {
	e = e.clone()
	values := v.values()
	words := strings.NewReplacer(pairs(values, plainWords)...)
	e.Title, e.Meaning = words.Replace(e.Title), words.Replace(e.Meaning)
	for i := range e.Fix {
		e.Fix[i] = words.Replace(e.Fix[i])
	}
	links := e.Links[:0]
	for _, link := range e.Links {
		if u, ok := fillURL(link.URL, values); ok {
			links = append(links, Link{Title: words.Replace(link.Title), URL: u})
		}
	}
	e.Links = links
	return e
}

// CodeLink is Microsoft's own page about one of Entra's codes.
func CodeLink(code int, c cloud.Cloud) Link {
	name := aadstsName(code)
	u, _ := fillURL("https://{login}/error?code="+strings.TrimPrefix(name, "AADSTS"), Vars{Cloud: c}.values())
	return Link{Title: "Microsoft's page about " + name, URL: u}
}

// plainWords stand in a text for a value that nobody gave.
var plainWords = map[string]string{
	"clientId":    "your Application (client) ID",
	"tenantId":    "your Directory (tenant) ID",
	"environment": "your Environment URL",
}

var (
	guid       = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
	domain     = regexp.MustCompile(`^[0-9A-Za-z]([0-9A-Za-z.-]{0,251}[0-9A-Za-z])?$`)
	hostAndTop = regexp.MustCompile(`^[0-9a-z.-]{1,253}(:[0-9]{1,5})?$`)
)

// values are the usable ones, by placeholder.
func (v Vars) values() map[string]string {
	values := map[string]string{}
	if guid.MatchString(v.ClientID) {
		values["clientId"] = v.ClientID
	}
	if domain.MatchString(v.TenantID) {
		values["tenantId"] = v.TenantID
	}
	if u, err := url.Parse(v.Environment); err == nil && u.Scheme == "https" && hostAndTop.MatchString(u.Host) {
		values["environment"] = "https://" + u.Host
	}
	c := v.Cloud
	if c.Login == "" {
		c, _ = cloud.OfEnvironment(cloud.Table, "any.crm.dynamics.com")
	}
	values["login"], values["portal"], values["admin"] = c.Login, c.Portal, c.Admin
	return values
}

func pairs(values, others map[string]string) []string {
	var list []string
	for _, m := range []map[string]string{values, others} {
		for name, value := range m {
			if _, given := values[name]; given && value != values[name] {
				continue
			}
			list = append(list, "{"+name+"}", value)
		}
	}
	return list
}

var placeholder = regexp.MustCompile(`\{[A-Za-z]+\}`)

// registrations is the list of app registrations: where a link to one
// application's page goes when nobody knows which application.
const registrations = "/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"

// fillURL fills an address. Where a value is missing, a page of one
// application becomes the list of applications; any other address is dropped.
func fillURL(template string, values map[string]string) (string, bool) {
	filled := placeholder.ReplaceAllStringFunc(template, func(p string) string {
		if value, ok := values[strings.Trim(p, "{}")]; ok {
			return value
		}
		return p
	})
	if placeholder.MatchString(filled) {
		page, _, isView := strings.Cut(filled, "/#view/Microsoft_AAD_")
		if !isView || placeholder.MatchString(page) {
			return "", false
		}
		filled = page + registrations
	}
	u, err := url.Parse(filled)
	return filled, err == nil && u.Scheme == "https" && u.Host != ""
}
