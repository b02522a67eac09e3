package catalog

import (
	"bytes"
	"encoding/xml"
	"html"
	"io"
	"net/http"
	"strings"

	"s2sdoctor/core/pattern"
	"s2sdoctor/core/prose"
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
		a.fact(cleanTo(detail.Name, 64), detail.Value.String())
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
					f.details = append(f.details, Seen(key, strings.TrimSpace(text.String())))
				}
				key = ""
			}
			text.Reset()
		}
	}
}

// pageInstead stands where a service's own words would.
var pageInstead = prose.F("An HTML page came where data was due.")

var pageTitle = pattern.New(`(?is)<title[^>]*>(.{0,512}?)</title>`)

// readHTML looks at a page that came where data was due. Microsoft's own error
// pages carry an AADSTS code; a refused token may come with a page; gateways
// say with their status what is wrong. Any other page was put in between.
func (a *answer) readHTML(header http.Header, body []byte) {
	text := html.UnescapeString(string(body))
	a.addAADSTS(nil, "", text)
	if m := pageTitle.FindStringSubmatch(string(body)); m != nil {
		a.fact("page title", html.UnescapeString(m[1]))
	}
	a.say(pageInstead.String())
	switch {
	case len(a.signs.AADSTS) > 0:
	case isBearer(header.Get("WWW-Authenticate")):
	case byGateway[a.signs.Status]:
	default:
		a.signs.Network = "intercepted"
	}
}

// byGateway are statuses that say by themselves what is wrong, whatever page
// comes with them.
var byGateway = map[int]bool{
	http.StatusProxyAuthRequired:  true,
	http.StatusTooManyRequests:    true,
	http.StatusBadGateway:         true,
	http.StatusServiceUnavailable: true,
	http.StatusGatewayTimeout:     true,
}
