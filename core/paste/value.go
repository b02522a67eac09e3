package paste

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/placeholder"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// verdict is the result of judging a value for a field.
type verdict int

const (
	usable verdict = iota
	nothing
	// unfilled is a placeholder.
	unfilled
	// reference names where the value is kept: an expression, a variable, a type.
	reference
	// unfit is a value of another kind, or words.
	unfit
)

var (
	guidInside = lazyregexp.New(`(?i)(?:^|[^0-9a-z])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:[^0-9a-z]|$)`)
	// objectPath is where a resource lies in Graph or Azure: its ID is no application's.
	objectPath   = lazyregexp.New(`^["']?/(?:[A-Za-z]+/)+[0-9a-fA-F-]{36}`)
	domainInside = lazyregexp.New(`^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,12}$`)
	hostInside   = lazyregexp.New(`(?i)(?:^|[\x60\s"'/=:(\[<>,;|{}*]|[^\x00-\x7F])([a-z0-9][a-z0-9-]*(?:\.api)?\.crm[0-9]*\.(?:dynamics\.(?:com|cn)|microsoftdynamics\.us|appsplatform\.us|microsoftdynamics\.de|(?:[a-z0-9-]+\.)?sandbox\.localhost))(?:[^a-z0-9.-]|$|\.mcas|\.[^a-z0-9]|\.$)`)
	urlInside    = lazyregexp.New(`(?i)https?(?:://|%3A%2F%2F)[^\s"'<>|\\{}^` + "`" + `]+`)
	masked       = lazyregexp.New(`^.{0,8}[*•●∙·]{3,}$|^.{0,8}[*•●∙·]{6,}.{0,4}$|^\*{2,}\w*\*{2,}$|\.{3}$|^x{6,}$`)
	email        = lazyregexp.New(`^[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}$`)
)

// judge returns a value as its field takes it. What goes into a field that shows is
// of that field's shape and of no other: so no secret can be there.
func judge(f field, v value) (string, verdict) {
	text := plain.Trim(v.text)
	if text == "" {
		return "", nothing
	}
	switch f {
	case environment:
		return judgeEnvironment(text)
	case tenant, authority:
		return judgeTenant(text)
	case client:
		return judgeID(text)
	case clientSecret, password:
		return judgeSecret(v)
	case redirect:
		return judgeRedirect(text)
	case certificateFile, keyFile:
		return judgePath(v)
	case tokenFile:
		return judgeTokenFile(v)
	case thumbprint:
		return certificate.ParseThumbprint(text), usable
	case certificatePassword:
		return judgePassword(v)
	}
	return text, unfit
}

func judgeID(text string) (string, verdict) {
	if objectPath.MatchString(text) {
		return "", unfit
	}
	if m := guidInside.FindStringSubmatch(text); m != nil {
		id := strings.ToLower(m[1])
		if isSample(id) {
			return "", unfilled
		}
		return id, usable
	}
	if placeholder.Is(plain.Unwrap(text)) {
		return "", unfilled
	}
	return "", unfit
}

var idInside = lazyregexp.New(`(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// listOfIDs is two IDs or more with nothing but separators between.
var listOfIDs = lazyregexp.New(`(?i)^\W*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:(?:\s*["']?\s*[,;/|+&]\s*["']?\s*|\s+(?:and|or|und|oder|et|ou|y|o|e|và)\s+)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})+\W*$`)

// isSample reports whether an ID was never issued: documentation writes groups of one
// repeated digit, such as 00001111-aaaa-2222-bbbb-3333cccc4444, or counts up.
func isSample(id string) bool {
	digits := strings.ReplaceAll(id, "-", "")
	repeated := true
	for i := 0; i+4 <= len(digits) && repeated; i += 4 {
		repeated = digits[i:i+4] == strings.Repeat(digits[i:i+1], 4)
	}
	return repeated || strings.HasPrefix(digits, "12345678123412341234")
}

func judgeTenant(text string) (string, verdict) {
	if login := urlInside.FindString(text); login != "" {
		id, ok := connection.TenantOfAuthority(cloud.Table, login)
		if !ok {
			return "", unfit
		}
		text = id
	}
	id, v := judgeID(text)
	if v != unfit {
		return id, v
	}
	return judgeDomain(strings.ToLower(strings.Trim(plain.Unwrap(firstWord(text)), `;,.()"'`)))
}

func judgeDomain(domain string) (string, verdict) {
	_, isEnvironment := cloud.OfEnvironment(cloud.Table, domain)
	switch {
	case placeholder.Is(domain), strings.HasPrefix(domain, "your"):
		return "", unfilled
	case isEnvironment, !domainInside.MatchString(domain), connection.IsElsewhere(cloud.Table, domain), !isDomainSuffix(domain):
		return "", unfit
	}
	return domain, usable
}

// isDomainSuffix distinguishes a domain from a file, a class, or any two words with a full
// stop between them.
func isDomainSuffix(domain string) bool {
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	if len(last) == 2 {
		return true
	}
	switch last {
	case "com", "net", "org", "info", "edu", "gov", "mil", "int", "biz", "cloud", "dev", "app", "online", "group", "email", "example", "test", "company", "global", "tech", "solutions", "consulting":
		return true
	}
	return false
}

func judgeEnvironment(text string) (string, verdict) {
	if strings.Contains(text, "%2F") || strings.Contains(text, "%2f") {
		text = unescape(text)
	}
	worst := unfit
	for range 4 {
		at := hostInside.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		if address, v := cleanEnvironment(text[at[2]:at[3]]); v == usable {
			return address, usable
		} else if v == unfilled {
			worst = v
		}
		text = text[at[3]:]
	}
	if worst == unfit && placeholder.Is(plain.Unwrap(text)) {
		worst = unfilled
	}
	return "", worst
}

// listOfEnvironments returns the environments of a text that has nothing else but their
// stages and what separates them.
func listOfEnvironments(text string) []string {
	if strings.Count(text, ".crm") < 2 {
		return nil
	}
	var list []string
	rest := urlInside.ReplaceAllStringFunc(text, func(address string) string {
		if found, v := judgeEnvironment(address); v == usable && !slices.Contains(list, found) {
			list = append(list, found)
		}
		return " "
	})
	for _, w := range splitWords(rest) {
		if !stages[w.text] && w.text != "or" && w.text != "oder" && w.text != "et" && w.text != "y" {
			return nil
		}
	}
	return list
}

// environments are Microsoft's clouds and the sandbox: s2scheck serve prints addresses
// of the sandbox for other programs.
var environments = append(slices.Clone(cloud.Table), cloud.Cloud{Name: "sandbox", Suffixes: []string{"sandbox.localhost", "gov.sandbox.localhost"}})

var sampleOrganisations = words(`org orgname organization organisation yourorg myorg organizationname environment environmentname env tenant tenantname instance name host xxx xxxx example placeholder todo crm url`)

func cleanEnvironment(host string) (string, verdict) {
	organisation, _, _ := strings.Cut(strings.ToLower(host), ".")
	if sampleOrganisations[strings.ReplaceAll(organisation, "-", "")] || strings.HasPrefix(organisation, "your") || strings.Trim(organisation, "x") == "" {
		return "", unfilled
	}
	c, _, problems := connection.Form{Environment: host}.Clean(environments)
	for _, p := range problems {
		if p.Field == connection.FieldEnvironment {
			return "", unfit
		}
	}
	return c.Environment, usable
}

// judgeRedirect takes only an address that cannot carry anything but itself.
func judgeRedirect(text string) (string, verdict) {
	address := strings.TrimRight(plain.Unwrap(firstWord(text)), `;,"'`)
	u, err := url.Parse(address)
	if err != nil || u.RawQuery != "" || u.Fragment != "" || u.User != nil || u.Opaque != "" {
		return "", unfit
	}
	switch u.Scheme {
	case "https", "http", "app":
	default:
		return "", unfit
	}
	if strings.ContainsAny(address, "~=+%&@") || slices.ContainsFunc(strings.Split(u.Host+u.Path, "/"), isGenerated) {
		return "", unfit
	}
	_, _, problems := connection.Form{RedirectURI: address}.Clean(cloud.Table)
	for _, p := range problems {
		if p.Field == connection.FieldRedirectURI {
			return "", unfit
		}
	}
	return address, usable
}

// isGenerated reports whether a part of an address or path is no word, date or ID, but
// looks like a generated secret: capital and small letters with digits here and there.
func isGenerated(part string) bool {
	part = strings.TrimSuffix(part, path.Ext(part))
	if len(part) < 20 || guid.Is(part) {
		return false
	}
	var upper, lower, digit bool
	changes, before := 0, false
	for i, r := range part {
		upper, lower, digit = upper || unicode.IsUpper(r), lower || unicode.IsLower(r), digit || unicode.IsDigit(r)
		if i > 0 && unicode.IsDigit(r) != before {
			changes++
		}
		before = unicode.IsDigit(r)
	}
	return upper && lower && digit && changes >= 4
}

var certificateEndings = map[string]bool{".pfx": true, ".p12": true, ".pem": true, ".cer": true, ".crt": true, ".der": true, ".key": true, ".pk8": true}

// tilde is a sign that no path has there: it is home, or a short name of Windows.
var tilde = lazyregexp.New(`[^/\\]~[^0-9]|=`)

var secretsFolder = lazyregexp.New(`(?i)^(?:/[a-z0-9._-]+){2,}$`)

func judgePath(v value) (string, verdict) {
	text := plain.Trim(v.text)
	if !v.literal {
		text = strings.TrimRight(plain.Unwrap(text), ";,")
	}
	switch {
	case len(text) > 260, !v.literal && strings.ContainsAny(text, "\n<>|*?$%"), strings.Contains(text, "://"), strings.Contains(text, "-----"), placeholder.Is(text):
		return "", unfit
	case tilde.MatchString(text), slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '\\' }), isGenerated):
		return "", unfit
	case certificateEndings[strings.ToLower(path.Ext(text))], secretsFolder.MatchString(text) && len(text) < 80:
		return text, usable
	}
	return "", unfit
}

var wholePath = lazyregexp.New(`^(?:/|[A-Za-z]:[\\/]|\\\\)[^\s<>|*?$%"':;,]+$`)

// judgeTokenFile takes the whole path of a file: a token is not a path.
func judgeTokenFile(v value) (string, verdict) {
	text := strings.TrimRight(plain.Unwrap(plain.Trim(v.text)), ";,")
	if placeholder.Is(text) {
		return "", unfilled
	}
	generated := slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '\\' }), isGenerated)
	if len(text) > 260 || !wholePath.MatchString(text) || generated {
		return "", unfit
	}
	return text, usable
}

// judgePassword takes the password of a certificate's file, which a user chose: it
// may be short, and may hold blanks where it was quoted.
func judgePassword(v value) (string, verdict) {
	text := plain.Trim(v.text)
	switch {
	case placeholder.Is(text), masked.MatchString(text):
		return "", unfilled
	case !v.literal && isExpression(text):
		return "", reference
	}
	return text, usable
}

// firstWord returns the text up to its first blank.
func firstWord(text string) string {
	text = plain.Trim(text)
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return text[:i]
	}
	return text
}
