package record

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// Kinds of members, by name in lower case, without what precedes the last
// point. Everything that is not listed is replaced unless its shape is harmless.
var (
	// messages hold a service's own words.
	messages = lazyregexp.New(`^(?:error_description|message|exceptionmessage|messagedetail|tracetext|faultstring|text|reason|` +
		`strserviceexceptionmessage|strmainmessage|apiexceptionm(?:es|ess)agename|apistacktrace|value_message|subtitle|detail)$`)
	// terms hold words of the protocols.
	terms = lazyregexp.New(`^(?:error|suberror|error_subcode|code|errorcode|subcode|suberrorcode|operationstatus|token_type|token_use|` +
		`tenant_region_scope|tenant_region_sub_scope|cloud_instance_name|type|exceptiontype|faultcode|` +
		`[a-z_]+_supported|timestamp|date|status|pgid|serrorcode|key|lang|responsename|apiexceptioncategory|detailurltype|provisioningstate|azureregion|location|signinaudience|apioriginalexceptionkey|apiexceptionsourcekey|apistepkey|apidepthkey)$`)
	// numbers may be long.
	numbers = lazyregexp.New(`^(?:error_codes|code|errorcode|suberrorcode|operationstatus|expires_in|ext_expires_in|expires_on|not_before|refresh_in|` +
		`ierrorcode|serrorcode|apidepthkey|hresult)$`)
	// tokens never come this far; they are removed all the same.
	tokenMembers = lazyregexp.New(`^(?:access_token|refresh_token|id_token|client_secret|client_assertion|code_verifier|device_code|password|secrettext|assertion|oidctoken)$`)
)

// classes are what to call a replaced value by the member that held it.
var classes = map[string]string{
	"fullname": "user", "username": "user", "domainname": "user", "userprincipalname": "user", "upn": "user", "displayname": "name",
	"disabledreason": "reason", "name": "name", "businessunitname": "unit",
}

// jsonBody replaces the values of a JSON text in place: white space, order and
// the spelling of numbers stay. It is false for anything that is no JSON object
// or array.
func (p *pseudonyms) jsonBody(body string) (string, bool) {
	if text := strings.TrimSpace(body); text == "" || text[0] != '{' && text[0] != '[' {
		return "", false
	}
	w := jsonWalk{p: p, body: body}
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	for {
		token, err := d.Token()
		if err == io.EOF && len(w.nest) == 0 {
			w.out.WriteString(body[w.at:])
			return w.out.String(), true
		}
		if err != nil && strings.HasSuffix(body, cutMark) && len(w.nest) > 0 {
			return w.out.String() + cutMark, true
		}
		if err != nil {
			return "", false
		}
		w.take(token, int(d.InputOffset()))
	}
}

// cutMark is at the end of a body of which the transport kept the beginning.
const cutMark = "\n… (cut)"

// jsonWalk goes through a JSON text and writes it again.
type jsonWalk struct {
	p    *pseudonyms
	body string
	at   int
	out  strings.Builder
	nest []level
}

// level is an object or array that is open.
type level struct {
	object bool
	// member is the name of the member whose value is next; for an array the one
	// that holds it.
	member string
	// value is true in an object after a name.
	value bool
}

func (w *jsonWalk) take(token json.Token, end int) {
	raw := w.body[w.at:end]
	w.at = end
	switch t := token.(type) {
	case json.Delim:
		w.out.WriteString(raw)
		w.delimiter(t)
	case string:
		start := strings.IndexByte(raw, '"')
		w.out.WriteString(raw[:start])
		if top := w.top(); top != nil && top.object && !top.value {
			top.member, top.value = t, true
			w.write(w.p.memberName(t), t, raw[start:])
			return
		}
		w.write(w.p.member(w.member(), t), t, raw[start:])
		w.valueDone()
	case json.Number:
		start := strings.LastIndex(raw, t.String())
		w.out.WriteString(raw[:start] + w.p.number(w.member(), t.String()))
		w.valueDone()
	default: // true, false, null
		w.out.WriteString(raw)
		w.valueDone()
	}
}

// write keeps the spelling of what has not changed.
func (w *jsonWalk) write(now, before, literal string) {
	if now == before && w.p.clean(literal) {
		w.out.WriteString(literal)
		return
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(now)
	w.out.WriteString(strings.TrimSuffix(b.String(), "\n"))
}

func (w *jsonWalk) delimiter(d json.Delim) {
	switch d {
	case '{':
		w.nest = append(w.nest, level{object: true, member: w.member()})
	case '[':
		w.nest = append(w.nest, level{member: w.member()})
	default:
		w.nest = w.nest[:len(w.nest)-1]
		w.valueDone()
	}
}

func (w *jsonWalk) top() *level {
	if len(w.nest) == 0 {
		return nil
	}
	return &w.nest[len(w.nest)-1]
}

func (w *jsonWalk) member() string {
	if top := w.top(); top != nil {
		return top.member
	}
	return ""
}

func (w *jsonWalk) valueDone() {
	if top := w.top(); top != nil && top.object {
		top.value = false
	}
}

// memberNames are written by the services: "@odata.context", "error_codes",
// "@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus".
var memberNames = lazyregexp.New(`^@?[A-Za-z_][A-Za-z0-9_-]*(?:[@.][A-Za-z0-9_-]+)*$`)

// annotation is what OData and Dataverse put behind a member's name.
var annotation = lazyregexp.New(`^@(?:odata|OData|Microsoft)(?:\.[A-Za-z0-9_]+)+$`)

// memberName keeps the names of the services and replaces those of a publisher's
// columns.
func (p *pseudonyms) memberName(name string) string {
	if column, note, ok := strings.Cut(name, "@"); ok && annotation.MatchString("@"+note) && p.clean(note) {
		if column == "" {
			return name
		}
		return p.memberName(column) + "@" + note
	}
	if knownMember(name) {
		return name
	}
	if memberNames.MatchString(name) && p.clean(name) && ordinary(strings.NewReplacer("_", " ", "-", " ", ".", " ", "@", " ").Replace(withoutDigits(name))) {
		return name
	}
	if made := p.scrub(name); made != name {
		return made
	}
	if memberNames.MatchString(name) && !strings.ContainsAny(strings.TrimPrefix(name, "_"), "_-") {
		return name
	}
	return p.name("column", name)
}

var digits = lazyregexp.New(`\d`)

func withoutDigits(s string) string { return digits.ReplaceAllString(s, "") }

func knownMember(name string) bool {
	member := lastPart(name)
	return messages.MatchString(member) || terms.MatchString(member) || numbers.MatchString(member) || tokenMembers.MatchString(member) ||
		classes[member] != "" || serviceMembers.MatchString(member)
}

// serviceMembers are names with underscores that the services use.
var serviceMembers = lazyregexp.New(`^(?:[a-z]+_(?:endpoint|uri|hint)|[a-z_]+_endpoint|[a-z_]+_supported|` +
	`trace_id|correlation_id|error_uri|error_codes|token_type|tenant_region_(?:sub_)?scope|cloud_instance_name|cloud_graph_host_name|msgraph_host|rbac_url|` +
	`systemuserroles_association|teammembership_association|teamroles_association|_[a-z]+_value|x5t#s256|preferred_network|preferred_cache|api-version|address[1-3]_[a-z0-9]+)$`)

func lastPart(member string) string {
	return strings.ToLower(member[strings.LastIndexAny(member, ".@")+1:])
}

// member replaces the value of a member.
func (p *pseudonyms) member(name, value string) string {
	member := lastPart(name)
	switch {
	case tokenMembers.MatchString(member) && value != "":
		return secret.Redacted
	case strings.HasPrefix(value, "{") || strings.HasPrefix(value, "["):
		if made, ok := p.jsonBody(value); ok {
			return made
		}
	case value == "", harmless.MatchString(value):
		return value
	case numbers.MatchString(member) && strings.Trim(value, "0123456789") == "":
		return value
	case messages.MatchString(member):
		return p.scrub(value)
	case terms.MatchString(member):
		return p.term(value)
	}
	if value == "" {
		return value
	}
	return p.plain(classOf(member), value)
}

func classOf(member string) string {
	if class := classes[member]; class != "" {
		return class
	}
	return "text"
}

// term keeps words of the protocols: codes, and words of the vocabulary.
func (p *pseudonyms) term(value string) string {
	if !coded(value) && codeShape.MatchString(value) && p.clean(value) {
		return value
	}
	if made := p.scrub(value); made != value {
		return made
	}
	if len(value) <= 128 && termShape.MatchString(value) {
		return value
	}
	return p.name("text", value)
}

// codeShape is one word, such as "authorization_pending".
var codeShape = lazyregexp.New(`^[A-Za-z][A-Za-z_]{0,63}$`)

var termShape = lazyregexp.New(`^[A-Za-z0-9_.:/+ @-]+$`)

// harmless values have a shape in which no identifier fits.
var harmless = lazyregexp.New(`^(?i:true|false|null|-?\d{1,6}(?:\.\d{1,7})?|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?)?|bearer|0x8[0-9a-f]{7})$`)

// plain replaces a value of which nothing is known but its shape: IDs and
// addresses keep theirs, words of the vocabulary stay, the rest is a name.
func (p *pseudonyms) plain(class, value string) string {
	switch {
	case value == "" || harmless.MatchString(value):
		return value
	case class != "text" && class != "name" && !shaped.MatchString(value):
		return p.name(class, value)
	case class == "text" && len(value) <= 64 && termShape.MatchString(value) && ordinary(strings.ReplaceAll(value, "_", " ")):
		return value
	case shaped.MatchString(value):
		if made := p.scrub(value); made != value || addressOnly.MatchString(value) || public.MatchString(value) {
			return made
		}
	}
	return p.name(class, value)
}

var (
	// shaped values are as a whole an ID, an address, a host or a redacted secret.
	shaped = lazyregexp.New(`^(?i:[a-z][a-z0-9+.-]*://\S+|[^\s@]+@[^\s@]+\.[^\s@]+|\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?|[0-9a-f]{32}|` +
		`[a-z0-9-]+(?:\.[a-z0-9-]+)+|\[redacted\]|\{"[\s\S]*\}|spn:[0-9a-f-]{36}.*)$`)
	addressOnly = lazyregexp.New(`^(?i:[a-z][a-z0-9+.-]*://\S+)$`)
	// public values are GUIDs, hosts and texts that scrub leaves alone on purpose.
	public = lazyregexp.New(`^(?i:\{?[0-9a-f-]{32,36}\}?|[a-z0-9-]+(?:\.[a-z0-9-]+)+|\[redacted\]|\{"[\s\S]*\})$`)
)

// number keeps short numbers and those of members that are known to be no
// identifier.
func (p *pseudonyms) number(name, text string) string {
	const short = 6
	if numbers.MatchString(lastPart(name)) || len(strings.TrimLeft(text, "-")) <= short {
		return text
	}
	return p.of("digits", text, func(n int) string { return numbered("9000")(100 + n) })
}
