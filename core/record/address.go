package record

import (
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// address replaces the host of an address, and what in its path and query is
// no word of the services.
func (p *pseudonyms) address(scheme, authority, rest string, depth int) string {
	var after string
	if end := strings.TrimRight(rest, ".,;:)]}"); end != rest {
		rest, after = end, rest[len(end):]
	}
	authority = authority[strings.LastIndexByte(authority, '@')+1:] // no user, no password
	path, query, hasQuery := strings.Cut(rest, "?")
	path, fragment, _ := strings.Cut(path, "#")
	query, fragment2, _ := strings.Cut(query, "#")
	out := scheme + "://" + p.authority(authority) + p.path(path)
	if hasQuery {
		out += "?" + p.query(query, depth)
	}
	if fragment += fragment2; fragment != "" {
		out += "#" + p.query(fragment, depth)
	}
	return out + after
}

func (p *pseudonyms) authority(text string) string {
	host, port, hasPort := text, "", false
	if i := strings.LastIndexByte(text, ':'); i >= 0 && strings.Trim(text[i+1:], "0123456789") == "" {
		host, port, hasPort = text[:i], text[i+1:], true
	}
	if plain, err := url.PathUnescape(host); err == nil {
		host = plain
	}
	bare := strings.Trim(host, "[]")
	switch {
	case guid.FindString(host) == host && host != "":
		host = p.guid(host)
	case strings.ContainsRune(host, ':'):
		host = "[" + p.ip(bare) + "]"
	case ip4.FindString(host) == host && host != "":
		host = p.ip(host)
	case host != "":
		host = p.host(host)
	}
	if hasPort {
		return host + ":" + port
	}
	return host
}

// pathWords are parts of the services' addresses, besides the vocabulary.
var pathWord = lazyregexp.New(`^(?i:v\d+(?:\.\d+)?|\d{1,4}|\{tenantid\}|oidc|api|data|web|xrmservices|organization\.svc|oauth2|authorize|token|adminconsent|common|organizations|consumers|` +
	`\.well-known|openid-configuration|discovery|keys|kerberos|instance|device|devicecode|userinfo|logout|error|fwlink|` +
	`whoami|[a-z]*systemusers?|organizations?|roles|teams|businessunits|accounts|contacts|applications|serviceprincipals|` +
	`\$metadata[#\w(),./-]*|user_impersonation|\.default|main\.aspx|contracts|services|soap|envelope|soap-envelope|soap-encoding|providers|scopes|environments|admin|servicePrincipals|directoryObjects|en-us|azure|addressing|xmlschema(?:-instance)?|` +
	`_apis|distributedtask|hubs|build|plans|jobs|oidctoken|idtoken|` +
	`crm|xrm|ws|generic|serialization|arrays|2003|10|system\.collections\.generic|microsoft\.[a-z.]+)$`)

var entityKey = lazyregexp.New(`^([A-Za-z.$_]+)\((.*)\)$`)

// path keeps the words of the services and replaces every other part.
func (p *pseudonyms) path(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = p.segment(part)
	}
	return strings.Join(parts, "/")
}

func (p *pseudonyms) segment(part string) string {
	plain, err := url.PathUnescape(part)
	if err != nil {
		plain = part
	}
	switch m := entityKey.FindStringSubmatch(plain); {
	case plain == "":
		return part
	case pathWord.MatchString(plain):
		return part
	case m != nil:
		return p.segment(m[1]) + "(" + p.scrub(m[2]) + ")"
	case guid.FindString(plain) == plain:
		return p.guid(plain)
	case ordinary(strings.ReplaceAll(plain, "_", " ")):
		return part
	case domain.MatchString(plain):
		return p.host(plain)
	}
	if made := p.scrub(plain); made != plain {
		return url.PathEscape(made)
	}
	return p.name("path", plain)
}

var domain = lazyregexp.New(`^[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+$`)

// queryWords are the options whose values are ours or the services' own.
var queryWords = lazyregexp.New(`^(?i:\$select|\$expand|\$filter|\$top|\$orderby|\$count|code|error|error_subcode|admin_consent|api-version|sdkclientversion|linkid|client)$`)

func (p *pseudonyms) query(query string, depth int) string {
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, value, ok := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err == nil && !queryWords.MatchString(plain) {
			if made := p.scrubTo(plain, depth+1); made != plain {
				name = url.QueryEscape(made)
			}
			value = p.value(value, depth)
		} else if strings.HasPrefix(plain, "$") {
			value = p.option(value)
		} else {
			value = p.value(value, depth)
		}
		parts[i] = name
		if ok {
			parts[i] += "=" + value
		}
	}
	return strings.Join(parts, "&")
}

// option replaces identifiers in a query of our own; its columns stay.
func (p *pseudonyms) option(value string) string {
	if _, _, _, found := p.known().find(value); !found {
		return guid.ReplaceAllStringFunc(value, p.guid)
	}
	return p.scrub(value)
}

// value replaces what is neither a number nor words of the services.
func (p *pseudonyms) value(text string, depth int) string {
	plain, err := url.QueryUnescape(text)
	if err != nil {
		plain = text
	}
	made := p.scrubTo(plain, depth+1)
	switch {
	case made != plain:
		return url.QueryEscape(made)
	case plain == "", len(plain) < 9 && strings.Trim(plain, "0123456789.") == "":
		return text
	case ordinary(plain), helpLink.MatchString(plain):
		return text
	}
	return p.name("value", plain)
}

// helpLink is the error in Dataverse's help links: "Microsoft.Crm.CrmException:80040265".
var helpLink = lazyregexp.New(`^(?i:Microsoft\.[A-Za-z.]+:[0-9a-f]{8})$`)
