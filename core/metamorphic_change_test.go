package core_test

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// reversedHeader reverses the order of the fields, except among fields with the same
// name, whose order has a meaning (RFC 9110 section 5.3).
func reversedHeader(m *message) {
	slices.SortStableFunc(m.header, func(a, b field) int { return strings.Compare(b.name, a.name) })
}

// folded breaks each value at its first blank (RFC 9112 section 5.2: obsolete, but Go's
// client still joins the lines).
func folded(m *message) {
	for i, f := range m.header {
		if !strings.EqualFold(f.name, "Date") {
			m.header[i].value = strings.Replace(f.value, " ", "\r\n\t ", 1)
		}
	}
}

func unknownFields(m *message) {
	m.header = append(m.header,
		field{"Server", "Microsoft-IIS/10.0"}, field{"X-Powered-By", "ASP.NET"}, field{"X-AspNet-Version", "4.0.30319"},
		field{"Server-Timing", "total;dur=12"}, field{"Alt-Svc", `h3=":443"; ma=86400`}, field{"X-Azure-Ref", "0pQ=="},
		field{"X-Future", `{"error":"blocked","code":"0x80040220"}`}, field{"Timing-Allow-Origin", "*"}, field{"X-Cache", "CONFIG_NOCACHE"})
}

// passedOn adds the fields of a proxy that forwards the response unchanged (RFC 9110
// section 7.6.3).
func passedOn(m *message) {
	m.header = append(m.header, field{"Via", "1.1 proxy.contoso.example (squid/6.6)"}, field{"X-Cache", "MISS from proxy"}, field{"Age", "0"})
}

func cookies(m *message) {
	for _, name := range []string{"ARRAffinity", "ReqClientId", "buid", "esctx"} {
		m.header = append(m.header, field{"Set-Cookie", name + "=" + strings.Repeat("x", 600) + "; path=/; secure; HttpOnly; SameSite=None"})
	}
}

const idField = "X-Ms-Service-Request-Id"

// twoIDs joins the two service request IDs into a single field (RFC 9110 section 5.3).
func twoIDs(comma string) func(*message) {
	return func(m *message) {
		if ids := m.values(idField); len(ids) > 1 {
			m.set(idField, strings.Join(ids, comma))
		}
	}
}

func oneID(m *message) {
	if ids := m.values(idField); len(ids) > 1 {
		m.set(idField, ids[len(ids)-1])
	}
}

func (m message) values(name string) []string {
	var out []string
	for _, f := range m.header {
		if strings.EqualFold(f.name, name) {
			out = append(out, f.value)
		}
	}
	return out
}

// soap reports whether the body is a SOAP envelope.
func (m message) soap() bool { return bytes.Contains(m.body, []byte("<s:Envelope")) }

// structured reports whether the body is JSON or a SOAP envelope.
func (m message) structured() bool {
	return parseJSON(m.body) != nil || m.soap()
}

// page reports whether the body is a web page.
func (m message) page() bool {
	return bytes.HasPrefix(m.body, []byte("<")) && !m.structured()
}

// plainly returns a perturbation of a body that is not compressed.
func plainly(change func(string) string) func(*message) {
	return func(m *message) {
		if !m.encoded() && len(m.body) > 0 {
			m.body = []byte(change(string(m.body)))
		}
	}
}

func body(before, after string) func(*message) {
	return plainly(func(s string) string { return before + s + after })
}

// lineEnds changes line ends, also those written as escapes in JSON.
func lineEnds(to string) func(*message) {
	escape := strings.NewReplacer("\r", `\r`, "\n", `\n`)
	return plainly(func(s string) string {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), `\r\n`, `\n`)
		return strings.ReplaceAll(strings.ReplaceAll(s, "\n", to), `\n`, escape.Replace(to))
	})
}

var (
	anyGUID = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`)
	anyCode = regexp.MustCompile(`(?i)\b0x[0-9a-f]{8}\b`)
	anyTime = regexp.MustCompile(`(\d\d:\d\d:\d\d)Z`)
)

// guids changes the GUIDs of a body and of the challenge. GUIDs in addresses stay: a
// tenant's document must name the tenant as in the request.
func guids(change func(string) string) func(*message) {
	return func(m *message) {
		plainly(func(s string) string {
			if strings.Contains(s, "token_endpoint") || strings.Contains(s, "access_token") {
				return s
			}
			return anyGUID.ReplaceAllStringFunc(s, change)
		})(m)
		challenge(func(s string) []string { return []string{anyGUID.ReplaceAllStringFunc(s, change)} })(m)
	}
}

// codes changes the case of Dataverse's codes, except for the x.
func codes(change func(string) string) func(*message) {
	return plainly(func(s string) string {
		return anyCode.ReplaceAllStringFunc(s, func(code string) string { return "0x" + change(code[2:]) })
	})
}

var sevenDecimals = plainly(func(s string) string { return anyTime.ReplaceAllString(s, "$1.0000000Z") })

var ownCode = regexp.MustCompile(`AADSTS\d+|\b0x[0-9a-fA-F]{8}\b|<ErrorCode>`)

// proven reports whether the response can only come from the service: it contains a code,
// the challenge, or the requested data.
func (m message) proven() bool {
	return m.status < 300 && m.structured() || ownCode.Match(m.body) || strings.Contains(m.get("WWW-Authenticate"), "authorization_uri=")
}

// identity reports whether the response comes from the endpoint of a managed identity.
func (m message) identity() bool { return strings.HasPrefix(m.host, "169.254.169.254") }

// refined reports whether the catalogue uses the wording to distinguish the causes of the
// response's code.
func refined(m message) bool {
	_, e := catalog.Read(catalog.Dataverse, m.status, nil, m.body)
	for _, entry := range catalog.All() {
		for _, r := range entry.Recognise.Refined {
			if e.Code != "" && strings.EqualFold(r.Code, e.Code) {
				return true
			}
		}
	}
	return false
}

// entities replaces the characters that HTML escapes, including apostrophes, with
// entities, as Entra's error pages do.
func entities(s string) string { return html.EscapeString(s) }
