package connection

import (
	"net/netip"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/placeholder"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var looksLike = text.F("It looks like https://contoso.crm4.dynamics.com.")

// cleanEnvironment finds the environment in any pasted address. Only a
// host of the table comes back, always as https, scheme and host, lower-case.
func (f Form) cleanEnvironment(clouds []cloud.Cloud, r *remarks) (origin, host string, c cloud.Cloud) {
	shown := plain.Unwrap(f.Environment)
	a, why := splitAddress(shown)
	if why.Empty() {
		why = a.unusable()
	}
	if !why.Empty() {
		r.refuse(FieldEnvironment, catalog.InputEnvironmentURL, why)
		return "", "", cloud.Cloud{}
	}

	host = a.host
	for _, proxy := range proxies {
		if behind, ok := strings.CutSuffix(host, proxy); ok {
			host = behind
			r.note(FieldEnvironment, text.F("dropped %s, which is Microsoft Defender for Cloud Apps in between", proxy))
			break
		}
	}
	if why := elsewhere(clouds, host); !why.Empty() {
		r.refuse(FieldEnvironment, catalog.InputEnvironmentURL, why)
		return "", "", cloud.Cloud{}
	}
	c, ok := cloud.OfEnvironment(clouds, host)
	if !ok {
		r.refuse(FieldEnvironment, catalog.InputEnvironmentURL, text.Join(" ", text.F("%s is not the address of a Dataverse environment.", host), looksLike))
		return "", "", cloud.Cloud{}
	}
	if plain := withoutAPI(host); plain != host {
		r.note(FieldEnvironment, text.F("took %s instead of its Web API address %s", plain, host))
		host = plain
	}

	origin = "https://" + host
	if a.scheme == "http" {
		r.note(FieldEnvironment, text.F("took https instead of http: Dataverse answers on https only"))
	}
	if kind := kindOfAddress(a.path); !kind.Empty() {
		r.note(FieldEnvironment, text.F("took %s from %s", origin, kind))
	}
	return origin, host, c
}

// proxies are the suffixes that Microsoft Defender for Cloud Apps puts behind
// the hosts it watches over.
//
// Source: learn.microsoft.com/defender-cloud-apps/proxy-intro-aad.
var proxies = []string{".mcas.ms", ".mcas-gov.us", ".mcas-gov.ms"}

// address is a URL taken apart by hand: url.Parse accepts and repairs what must
// not be repaired here, since a token will be sent to the host.
type address struct {
	// scheme is "https" or "http", host is lower-case ASCII, path is the rest.
	scheme, host, path string
}

// splitAddress splits an address, or returns the problem with it.
func splitAddress(shown string) (address, text.Text) {
	switch {
	case shown == "":
		return address{}, text.Join(" ", text.F("The Environment URL is empty."), looksLike)
	case len(shown) > 8<<10:
		return address{}, text.Join(" ", text.F("The Environment URL is longer than any address."), looksLike)
	case guid.Is(shown):
		return address{}, text.Join(" ", text.F("The Environment URL is an ID. What belongs here is the environment's address."), looksLike)
	case placeholder.Is(shown):
		return address{}, text.F("The Environment URL is a placeholder that was never filled in.")
	case strings.ContainsFunc(shown, plain.Invisible):
		return address{}, text.Join(" ", text.F("The Environment URL holds line breaks or invisible characters. Copy it again, or type it."), looksLike)
	case strings.Contains(shown, `\`):
		return address{}, text.Join(" ", text.F(`The Environment URL holds a backslash, which no address does.`), looksLike)
	}
	a := address{scheme: "https"}
	rest := shown
	if scheme, after, ok := strings.Cut(shown, "://"); ok && !strings.ContainsAny(scheme, "/?#") {
		a.scheme, rest = strings.ToLower(scheme), after
	}
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority, a.path = rest[:end], rest[end:]
	}
	switch {
	case a.scheme != "https" && a.scheme != "http":
		return address{}, text.Join(" ", text.F("The Environment URL must begin with https://."), looksLike)
	case strings.Contains(authority, "@"):
		return address{}, text.Join(" ", text.F("The Environment URL holds an @: what follows it would be another host."), looksLike)
	case strings.ContainsFunc(authority, func(r rune) bool { return r > '~' }):
		return address{}, text.Join(" ", text.F("The Environment URL holds characters that only look like plain letters or dots. Type the host name again."), looksLike)
	case strings.Contains(authority, "%"):
		return address{}, text.Join(" ", text.F("The host name in the Environment URL is percent-encoded. Copy the plain address."), looksLike)
	case strings.ContainsAny(authority, "[]"):
		return address{}, text.Join(" ", text.F("The Environment URL is an IP address. An environment has a name."), looksLike)
	}
	a.host = strings.ToLower(authority)
	if colon := strings.LastIndexByte(a.host, ':'); colon >= 0 {
		port := a.host[colon+1:]
		a.host = a.host[:colon]
		switch {
		case port == "" || strings.Trim(port, "0123456789") != "":
			return address{}, text.Join(" ", text.F("The Environment URL is not an address."), looksLike)
		case port != "443":
			return address{}, text.Join(" ", text.F("The Environment URL names a port. Dataverse answers on the ordinary port of https only: leave the port out."), looksLike)
		}
	}
	return a, text.Text{}
}

var hostName = lazyregexp.New(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)

// unusable explains why a host cannot be on the internet; empty if it can.
func (a address) unusable() text.Text {
	_, err := netip.ParseAddr(a.host)
	numbers := strings.Trim(a.host, "0123456789.") == ""
	switch {
	case a.host == "":
		return text.Join(" ", text.F("The Environment URL names no host."), looksLike)
	case err == nil || numbers:
		return text.Join(" ", text.F("The Environment URL is an IP address. An environment has a name."), looksLike)
	case strings.HasSuffix(a.host, "."):
		return text.Join(" ", text.F("The host name in the Environment URL ends with a dot. Leave it out."), looksLike)
	case len(a.host) > 253 || !hostName.MatchString(a.host):
		return text.Join(" ", text.F("The Environment URL is not an address."), looksLike)
	case strings.HasPrefix(a.host, "xn--"), strings.Contains(a.host, ".xn--"):
		return text.Join(" ", text.F("The Environment URL holds an internationalised name (xn--), which no environment has: it may be a look-alike."), looksLike)
	case !strings.Contains(a.host, "."):
		return text.Join(" ", text.F("The Environment URL is a name, not an address."), looksLike)
	}
	return text.Text{}
}

// withoutAPI is "contoso.crm4.dynamics.com" for "contoso.api.crm4.dynamics.com":
// one environment under two names, and the plain one is what tokens are for.
func withoutAPI(host string) string {
	labels := strings.Split(host, ".")
	if len(labels) > 2 && labels[1] == "api" {
		return labels[0] + "." + strings.Join(labels[2:], ".")
	}
	return host
}

// kindOfAddress names what the address was of before it was trimmed, nothing when
// there was nothing behind the host.
func kindOfAddress(path string) text.Text {
	path = strings.ToLower(path)
	for _, kind := range []struct {
		begin string
		name  text.Text
	}{
		{"/main.aspx", text.F("a main.aspx address")},
		{"/apps/", text.F("the address of an app")},
		{"/api/data", text.F("a Web API address")},
		{"/xrmservices/2011/organization", text.F("an Organization Service address")},
		{"/xrmservices/", text.F("a SOAP address")},
		{"/.default", text.F("a scope")},
		{"//.default", text.F("a scope")},
		{"/user_impersonation", text.F("a scope")},
		{"//user_impersonation", text.F("a scope")},
	} {
		if strings.HasPrefix(path, kind.begin) {
			return kind.name
		}
	}
	if strings.Trim(path, "/?#") == "" {
		return text.Text{}
	}
	return text.F("a longer address")
}
