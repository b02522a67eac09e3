package record

import (
	"encoding/xml"
	"html"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// body replaces the identifiers in a response's body of any type.
func (p *pseudonyms) body(contentType, body string) string {
	plain := strings.TrimPrefix(body, "\ufeff")
	mark := body[:len(body)-len(plain)]
	if made, ok := p.jsonBody(plain); ok {
		return mark + made
	}
	start := strings.ToLower(strings.TrimSpace(plain))
	switch {
	case strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<html"), strings.Contains(contentType, "html") && strings.HasPrefix(start, "<"):
		return mark + p.markup(plain, true)
	case strings.HasPrefix(start, "<"):
		return mark + p.markup(plain, false)
	}
	return mark + p.free(plain)
}

var tag = lazyregexp.New(`(?s)<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|<(?:[^>"']|"[^"]*"|'[^']*')*>`)

// markup replaces the text between tags. Of tags, the name and a few attributes
// stay; comments, scripts and styles go, except the codes in Entra's own page.
func (p *pseudonyms) markup(body string, page bool) string {
	m := markup{p: p, page: page}
	from := 0
	for _, at := range tag.FindAllStringIndex(body, -1) {
		m.text(body[from:at[0]])
		m.tag(body[at[0]:at[1]])
		from = at[1]
	}
	m.text(body[from:])
	return m.out.String()
}

type markup struct {
	p    *pseudonyms
	page bool
	// element is the local name of the last tag that was opened, in lower case.
	element string
	// key is the last text of an element "key": what the next "value" holds.
	key string
	out strings.Builder
}

var (
	tagName   = lazyregexp.New(`^</?\??!?([A-Za-z_][\w.:-]*)`)
	attribute = lazyregexp.New(`([A-Za-z_:][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>/]+))`)
	// keptAttributes have values that the services and the formats define.
	keptAttributes = lazyregexp.New(`^(?i:xmlns(?::\w+)?|(?:\w+:)?type|(?:\w+:)?nil|lang|xml:lang|dir|http-equiv|charset|name|version|encoding|rel|mustunderstand|\w+:mustunderstand)$`)
	addressed      = lazyregexp.New(`^(?i:href|src|action|content)$`)
	pageConfig     = lazyregexp.New(`(?s)\$Config\s*=\s*(\{.*\})\s*;`)
)

func (m *markup) tag(text string) {
	switch {
	case strings.HasPrefix(text, "<!--"):
		return
	case strings.HasPrefix(text, "<![CDATA["):
		m.text(strings.TrimSuffix(strings.TrimPrefix(text, "<![CDATA["), "]]>"))
		return
	case strings.HasPrefix(strings.ToLower(text), "<!doctype"):
		m.out.WriteString("<!DOCTYPE html>")
		return
	}
	g := tagName.FindStringSubmatch(text)
	if g == nil {
		return
	}
	name := g[1]
	m.out.WriteString(text[:strings.Index(text, name)] + m.p.tagName(name))
	for _, a := range attribute.FindAllStringSubmatch(text, -1) {
		m.attribute(a[1], html.UnescapeString(a[2]+a[3]+a[4]))
	}
	for _, end := range []string{"/>", "?>", ">"} {
		if strings.HasSuffix(text, end) {
			m.out.WriteString(end)
			break
		}
	}
	if !strings.HasPrefix(text, "</") {
		m.element = strings.ToLower(name[strings.LastIndexByte(name, ':')+1:])
	} else {
		m.element = ""
	}
}

// tagName keeps an element's name unless a known identifier is in it.
func (p *pseudonyms) tagName(name string) string {
	if p.clean(name) {
		return name
	}
	return p.scrub(name)
}

func (m *markup) attribute(name, value string) {
	var kept string
	switch {
	case addressed.MatchString(name) && (m.page || name == "href"):
		kept = m.p.free(value)
	case keptAttributes.MatchString(name) && strings.Contains(value, "://"):
		kept = m.p.scrub(value)
	case keptAttributes.MatchString(name) && termShape.MatchString(value) && m.p.clean(value):
		kept = value
	default:
		return
	}
	m.out.WriteString(" " + name + `="` + escape(kept) + `"`)
}

func (m *markup) text(raw string) {
	if strings.TrimSpace(raw) == "" {
		m.out.WriteString(raw)
		return
	}
	if m.page && (m.element == "script" || m.element == "style") {
		m.script(raw)
		return
	}
	text := html.UnescapeString(raw)
	inner := strings.TrimSpace(text)
	var made string
	switch {
	case m.page:
		made = m.p.free(inner)
	case m.element == "key":
		m.key, made = inner, m.p.term(inner)
	case m.element == "value" && m.key != "":
		made, m.key = m.p.member(m.key, inner), ""
	case m.element == "" && !harmless.MatchString(inner):
		made = m.p.free(inner)
	default:
		made = m.p.member(m.element, inner)
	}
	at := strings.Index(text, inner)
	m.out.WriteString(text[:at] + escape(made) + text[at+len(inner):])
}

// script keeps what Entra's error page has in its configuration.
func (m *markup) script(text string) {
	g := pageConfig.FindStringSubmatch(text)
	if g == nil {
		return
	}
	if made, ok := m.p.jsonBody(g[1]); ok {
		m.out.WriteString("//<![CDATA[\n$Config=" + made + ";\n//]]>")
	}
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text))
	return strings.NewReplacer("&#xA;", "\n", "&#xD;", "\r", "&#x9;", "\t", "&#34;", `"`, "&#39;", "'").Replace(b.String())
}
