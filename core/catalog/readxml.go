package catalog

import (
	"bytes"
	"encoding/xml"
	"html"
	"io"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// readSOAP reads a fault of the Organization Service by local names: prefixes
// and further members differ between versions. It is false when the body is no
// XML with a fault.
func (a *answer) readSOAP(body []byte) bool {
	f, ok := parseFault(body)
	if !ok {
		return false
	}
	for _, code := range f.codes {
		if hex, ok := DataverseCode(code); ok {
			a.signs.Dataverse = hex
			break
		}
	}
	a.say(f.message)
	a.say(f.reason)
	a.addAADSTS(nil, "", f.message)
	a.evidence.Timestamp = cleanTo(f.timestamp, 64)
	for _, detail := range f.details {
		a.fact(FactName(cleanTo(string(detail.Name), 64)), detail.Value.String())
	}
	return true
}

// fault is a SOAP 1.1 or 1.2 fault, outermost values first.
type fault struct {
	codes           []string
	message, reason string
	timestamp       string
	details         []Fact
}

func parseFault(body []byte) (fault, bool) {
	var (
		f     fault
		found bool
		text  strings.Builder
		key   string
	)
	first := func(field *string) {
		if *field == "" {
			*field = strings.TrimSpace(text.String())
		}
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := d.Token()
		if err != nil {
			return f, found
		}
		switch t := token.(type) {
		case xml.StartElement:
			found = found || t.Name.Local == "Fault" || t.Name.Local == "OrganizationServiceFault"
			text.Reset()
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if !found {
				break
			}
			switch t.Name.Local {
			case "ErrorCode":
				f.codes = append(f.codes, strings.TrimSpace(text.String()))
			case "Message":
				first(&f.message)
			case "faultstring", "Text":
				first(&f.reason)
			case "Timestamp":
				first(&f.timestamp)
			case "key":
				key = strings.TrimSpace(text.String())
			case "value":
				if key != "" && len(f.details) < 8 {
					f.details = append(f.details, NewFact(FactName(key), strings.TrimSpace(text.String())))
				}
				key = ""
			}
			text.Reset()
		}
	}
}

// pageInstead replaces a service's own message.
var pageInstead = text.F("An HTML page came where data was due.")

var pageTitle = lazyregexp.New(`(?is)<title[^>]*>(.{0,512}?)</title>`)

// readHTML looks at a page that came where data was due. Microsoft's own error
// pages carry an AADSTS code, in the text or in the page's script.
func (a *answer) readHTML(body []byte) {
	a.addAADSTS(nil, "", html.UnescapeString(string(body)))
	if m := pageTitle.FindStringSubmatch(string(body)); m != nil {
		a.fact("page title", html.UnescapeString(m[1]))
	}
	if a.evidence.Message.Empty() {
		a.evidence.Message = pageInstead
	}
}
