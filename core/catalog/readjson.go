package catalog

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// object is a JSON object whose names are found in any case: Dataverse and its
// helpers write "Message", "message" and "ErrorCode".
type object map[string]any

// get finds a member by its name, and by its name in another case.
func (o object) get(name string) any {
	if v, ok := o[name]; ok {
		return v
	}
	var alike []string
	for key := range o {
		if strings.EqualFold(key, name) {
			alike = append(alike, key)
		}
	}
	if len(alike) == 0 {
		return nil
	}
	return o[slices.Min(alike)]
}

// text returns a member that is a string or a number, "" otherwise.
func (o object) text(names ...string) string {
	for _, name := range names {
		switch v := o.get(name).(type) {
		case string:
			if v != "" {
				return v
			}
		case json.Number:
			return v.String()
		}
	}
	return ""
}

// object returns a member that is an object, nil otherwise.
func (o object) object(names ...string) object {
	for _, name := range names {
		if m, ok := o.get(name).(map[string]any); ok {
			return m
		}
	}
	return nil
}

func parseObject(body []byte) (object, bool) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var o map[string]any
	if err := d.Decode(&o); err != nil || o == nil {
		return nil, false
	}
	_, err := d.Token()
	return o, err == io.EOF
}

// readJSON reads any of the services' JSON errors. They differ in shape,
// not the caller's word: "error" is a string with Entra, an object with
// Dataverse and Graph, and absent in the older {"Message","ErrorCode"}.
func (a *answer) readJSON(body []byte) bool {
	o, ok := parseObject(body)
	if !ok {
		return false
	}
	if inner := o.object("error", "odata.error"); inner != nil {
		a.readServiceError(inner)
		return true
	}
	if o.text("error", "error_description") != "" || o.get("error_codes") != nil {
		a.readOAuth(o)
		return true
	}
	if o.text("ErrorCode", "Message", "ExceptionMessage") != "" {
		a.readServiceError(o)
	}
	return true
}

var (
	// In JSON the ids follow the message; on a page they are under a heading,
	// and copying it may put each on the line after its name.
	traceTail  = lazyregexp.New(`(?is)\s*\b(?:(?:Trace|Correlation) ID:|Troubleshooting details\b).*`)
	traceID    = lazyregexp.New(`(?i)\bTrace ID:?\s{0,4}([0-9a-f-]{36})`)
	corrID     = lazyregexp.New(`(?i)\bCorrelation ID:?\s{0,4}([0-9a-f-]{36})`)
	timestamp  = lazyregexp.New(`(?i)\bTimestamp:?\s{0,4}(\d{4}-\d{2}-\d{2}[ T][0-9:.]{5,16}Z?)`)
	errorPage  = lazyregexp.New(`error\?code=([0-9]{5,9})`)
	policyGUID = lazyregexp.New(`(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
)

// readOAuth reads Entra's error: RFC 6749 section 5.2, with error_codes, ids,
// suberror and claims where Entra sent them.
func (a *answer) readOAuth(o object) {
	const enough = 64
	description := o.text("error_description")
	a.signs.OAuth = cleanTo(o.text("error"), enough)
	a.signs.Suberror = cleanTo(o.text("suberror", "error_subcode"), enough)
	a.addAADSTS(o.get("error_codes"), o.text("error_uri"), description)

	a.say(traceTail.ReplaceAllString(description, ""))
	a.signs.Text = Clean(description)
	take := func(field *string, name string, pattern *lazyregexp.Pattern) {
		if *field = cleanTo(o.text(name), enough); *field == "" {
			*field = submatch(pattern, description)
		}
	}
	take(&a.evidence.TraceID, "trace_id", traceID)
	take(&a.evidence.CorrelationID, "correlation_id", corrID)
	take(&a.evidence.Timestamp, "timestamp", timestamp)
	// Only ids are taken from claims: the rest is opaque.
	if claims := o.text("claims"); strings.Contains(claims, "capolids") {
		for _, id := range policyGUID.FindAllString(claims, 8) {
			a.fact("conditional access policy", id)
		}
	}
}

// addAADSTS collects codes from the list, from the address of the error page
// and from the text; any of them may be missing.
func (a *answer) addAADSTS(list any, page, text string) {
	add := func(code int) {
		if code > 0 && !slices.Contains(a.signs.AADSTS, code) {
			a.signs.AADSTS = append(a.signs.AADSTS, code)
		}
	}
	if items, ok := list.([]any); ok {
		for _, item := range items[:min(len(items), 16)] {
			code, _ := strconv.Atoi(object{"": item}.text(""))
			add(code)
		}
	}
	for _, code := range FindAADSTS(text) {
		add(code)
	}
	code, _ := strconv.Atoi(submatch(errorPage, page))
	add(code)
}

// helpLinkCode finds the code in the help link of an annotated error:
// "…error=Microsoft.Crm.CrmException%3a80040203…".
var helpLinkCode = lazyregexp.New(`(?i)(?:%3a|:)(8[0-9a-f]{7})\b`)

// specificCode is the first code in "details" that the catalogue knows, else the
// error's own: Graph puts the general code outside.
func specificCode(o object, code string) string {
	details, _ := o.get("details").([]any)
	for _, d := range details[:min(len(details), 16)] {
		inner, _ := d.(map[string]any)
		detail := object(inner).text("code")
		if _, known := byMark("graph:"+detail, ""); known && detail != "" {
			return detail
		}
	}
	return code
}

// readServiceError reads the error object of Dataverse and of Graph.
func (a *answer) readServiceError(o object) {
	const annotation = "@Microsoft.PowerApps.CDS."
	code := o.text("code", "ErrorCode")
	message := o.text("message", "ExceptionMessage")
	if message == "" {
		message = o.object("message").text("value") // Azure AD Graph's {"lang","value"}
	}
	if hex, ok := DataverseCode(code); ok {
		a.signs.Dataverse = hex
	} else if m := helpLinkCode.FindStringSubmatch(o.text(annotation + "HelpLink")); m != nil {
		a.signs.Dataverse, _ = DataverseCode(m[1])
	} else if code != "" {
		a.signs.Graph = cleanTo(specificCode(o, code), 128)
	}
	a.say(message)
	a.addAADSTS(nil, "", message)

	inner := o.object("innererror")
	a.evidence.RequestID = cleanTo(inner.text("request-id"), 128)
	a.evidence.CorrelationID = cleanTo(inner.text("client-request-id"), 128)
	a.evidence.Timestamp = cleanTo(inner.text("date"), 64)
	// Microsoft misspells the name on the wire; both spellings are read.
	a.fact("exception", o.text(
		annotation+"ErrorDetails.ApiExceptionMesageName", annotation+"ErrorDetails.ApiExceptionMessageName"))
	a.fact("activity id", o.text(annotation+"ErrorDetails.ApiActivityIdKey"))
	a.fact("sub-error", o.text(annotation+"ErrorDetails.SubErrorCode"))
	a.fact("inner error", o.text(annotation+"InnerError.Message"))
	if said := inner.text("message"); said != message {
		a.fact("inner error", said)
	}
	a.fact("trace", o.text(annotation+"TraceText"))
}
