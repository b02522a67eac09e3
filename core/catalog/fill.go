package catalog

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Vars are what an entry's texts and links are filled with, by placeholder:
// "clientId", "tenantId" (a GUID or a domain), "environment"
// ("https://contoso.crm4.dynamics.com"), and the cloud's hosts "portal", "admin"
// and "login", which are the public cloud's when left out.
//
// A value that is missing, or does not look like what it should be, is not
// used: the text then describes it in words, and a link goes to the page
// above or is left out.
type Vars map[string]string

// Fill puts the values into the texts and addresses. No placeholder is left.
func (e Entry) Fill(v Vars) Entry {
	e.Title, e.Meaning = v.Text(e.Title), v.Text(e.Meaning)
	e.Fix, e.Links = v.Texts(e.Fix), v.Links(e.Links)
	return e.clone()
}

// Text returns t with the values in it, in any language.
func (v Vars) Text(t text.Text) text.Text {
	v = v.usable()
	return t.Fill(v.fillText)
}

// Texts returns the list with the values in it.
func (v Vars) Texts(list []text.Text) []text.Text {
	filled := make([]text.Text, len(list))
	for i, t := range list {
		filled[i] = v.Text(t)
	}
	return filled
}

// Links returns the links with the values in their addresses, without those that
// need a value which is missing.
func (v Vars) Links(list []Link) []Link {
	v = v.usable()
	filled := make([]Link, 0, len(list))
	for _, link := range list {
		if u, ok := v.fillURL(link.URL); ok {
			filled = append(filled, Link{Title: link.Title, URL: u})
		}
	}
	return filled
}

// CodeLink is Microsoft's own page about one of Entra's codes, on the login
// host that v names.
func CodeLink(code int, v Vars) Link {
	u, _ := v.usable().fillURL("https://{login}/error?code=" + strconv.Itoa(code))
	return Link{Title: text.F("Microsoft's page about %s", aadstsName(code)), URL: u}
}

var (
	guid   = lazyregexp.New(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
	domain = lazyregexp.New(`^[0-9A-Za-z]([0-9A-Za-z.-]{0,251}[0-9A-Za-z])?$`)
	host   = lazyregexp.New(`^[0-9a-z]([0-9a-z.-]{0,251}[0-9a-z])?(:[0-9]{1,5})?$`)
)

// shapes are the patterns that a value must match before it goes into an address.
var shapes = map[string]func(string) bool{
	"clientId": guid.MatchString,
	"tenantId": domain.MatchString,
	"portal":   host.MatchString,
	"admin":    host.MatchString,
	"login":    host.MatchString,
	"environment": func(text string) bool {
		name, isHTTPS := strings.CutPrefix(text, "https://")
		return isHTTPS && host.MatchString(name)
	},
}

// plainWords replace a value in a text that is missing.
var plainWords = map[string]text.Text{
	"clientId":    text.F("your Application (client) ID"),
	"tenantId":    text.F("your Directory (tenant) ID"),
	"environment": text.F("your Environment URL"),
}

// usable keeps the values that look right and adds the public cloud's hosts.
func (v Vars) usable() Vars {
	public, _ := cloud.OfEnvironment(cloud.Table, "any.crm.dynamics.com")
	kept := Vars{"portal": public.Portal, "admin": public.Admin, "login": public.Login}
	for name, fits := range shapes {
		if value := strings.TrimSuffix(v[name], "/"); fits(value) {
			kept[name] = value
		}
	}
	return kept
}

var placeholder = lazyregexp.New(`\{[A-Za-z]+\}`)

// fillText fills a template in the language of say.
func (v Vars) fillText(template string, say func(english string) string) string {
	return placeholder.ReplaceAllStringFunc(template, func(p string) string {
		name := strings.Trim(p, "{}")
		if value, ok := v[name]; ok {
			return value
		}
		return plainWords[name].In(say)
	})
}

// fillURL fills an address, false where that is not possible. A page of one
// application, when it is unknown, becomes the list of applications.
func (v Vars) fillURL(template string) (string, bool) {
	const registrations = "#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"
	complete := true
	filled := placeholder.ReplaceAllStringFunc(template, func(p string) string {
		value, ok := v[strings.Trim(p, "{}")]
		complete = complete && ok
		return value
	})
	if !complete {
		page, _, isBlade := strings.Cut(filled, "#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/")
		if !isBlade {
			return "", false
		}
		filled = page + registrations
	}
	u, err := url.Parse(filled)
	return filled, err == nil && u.Scheme == "https" && u.Host != ""
}
