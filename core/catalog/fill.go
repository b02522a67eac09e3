package catalog

import (
	"maps"
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
// used: the text then says what is meant in words, and a link goes to the page
// above or is left out.
type Vars map[string]string

// Fill puts the values into the texts and addresses. No placeholder is left.
func (e Entry) Fill(v Vars) Entry {
	e = e.clone()
	v = v.usable()
	e.Title, e.Meaning = v.fillText(e.Title), v.fillText(e.Meaning)
	for i := range e.Fix {
		e.Fix[i] = v.fillText(e.Fix[i])
	}
	links := e.Links[:0]
	for _, link := range e.Links {
		if u, ok := v.fillURL(link.URL); ok {
			links = append(links, Link{Title: link.Title, URL: u})
		}
	}
	e.Links = links
	return e
}

// Actions are the next actions with the values in them, to be said in any
// language.
func (e Entry) Actions(v Vars) []text.Text {
	actions := make([]text.Text, len(e.Fix))
	for i, shown := range e.Fix {
		actions[i] = v.Text(shown)
	}
	return actions
}

// Text is one of the catalogue's texts with the values in it.
func (v Vars) Text(template string) text.Text {
	return text.Filled(template, func(said string, say func(string) string) string { return v.In(say).usable().fillText(said) })
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

// shapes say what a value must look like before it goes into an address.
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

// plainWords stand in a text for a value that nobody gave.
var plainWords = map[string]text.Text{
	"clientId":    text.F("your Application (client) ID"),
	"tenantId":    text.F("your Directory (tenant) ID"),
	"environment": text.F("your Environment URL"),
}

// In gives the values with the words for missing ones in another language.
func (v Vars) In(say Say) Vars {
	said := maps.Clone(v)
	if said == nil {
		said = Vars{}
	}
	for name, words := range plainWords {
		said[name+" in words"] = words.In(say)
	}
	return said
}

// usable keeps the values that look right and adds the public cloud's hosts.
func (v Vars) usable() Vars {
	public, _ := cloud.OfEnvironment(cloud.Table, "any.crm.dynamics.com")
	kept := Vars{"portal": public.Portal, "admin": public.Admin, "login": public.Login}
	for name := range plainWords {
		kept[name+" in words"] = v[name+" in words"]
	}
	for name, fits := range shapes {
		if value := strings.TrimSuffix(v[name], "/"); fits(value) {
			kept[name] = value
		}
	}
	return kept
}

var placeholder = lazyregexp.New(`\{[A-Za-z]+\}`)

func (v Vars) fillText(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(p string) string {
		name := strings.Trim(p, "{}")
		if value, ok := v[name]; ok {
			return value
		}
		if words := v[name+" in words"]; words != "" {
			return words
		}
		return plainWords[name].String()
	})
}

// fillURL fills an address, false where that is not possible. A page of one
// application, when nobody knows which, becomes the list of applications.
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
