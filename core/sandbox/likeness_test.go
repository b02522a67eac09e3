package sandbox

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// likeness is the comparable content of a response: the name of each part, with its value
// or, if values vary, their shape.
type likeness map[string]string

// differences lists how the sandbox's response differs from a recorded response. Parts
// that only the sandbox has count if the record is complete.
func (recorded likeness) differences(ours likeness, completeHead bool) []string {
	var out []string
	for part, want := range recorded {
		got, ok := ours[part]
		switch {
		case !ok:
			out = append(out, fmt.Sprintf("%s: missing; recorded: %s", part, want))
		case got != want:
			out = append(out, fmt.Sprintf("%s: %s; recorded: %s", part, got, want))
		}
	}
	for part, got := range ours {
		if _, ok := recorded[part]; !ok && (completeHead || !strings.HasPrefix(part, "header ") && !strings.HasPrefix(part, "cookie ")) {
			out = append(out, fmt.Sprintf("%s: %s; not in the record", part, got))
		}
	}
	slices.Sort(out)
	return out
}

func likenessOf(status int, header http.Header, body string) likeness {
	l := likeness{"status": fmt.Sprint(status)}
	for name, values := range header {
		switch name = strings.ToLower(name); name {
		case "date", "content-length", "transfer-encoding", "connection":
			// framing, and the time
		case "set-cookie":
			for _, value := range values {
				l.cookies(value)
			}
		case "location":
			l.location(values[0])
		default:
			l["header "+name] = headerShape(name, values)
		}
	}
	l.body(strings.TrimPrefix(strings.TrimSpace(body), "\ufeff"))
	return l
}

// exact are the headers with the same value in every response of a kind.
var exact = []string{
	"content-type", "cache-control", "pragma", "expires", "strict-transport-security", "x-content-type-options", "p3p", "vary",
	"access-control-allow-origin", "access-control-allow-methods", "odata-version", "allow", "public", "preference-applied",
	"timing-allow-origin", "x-xss-protection", "crm.serviceid",
}

func headerShape(name string, values []string) string {
	if slices.Contains(exact, name) {
		return strings.Join(values, " | ")
	}
	var shapes []string
	for _, value := range values {
		if name == "x-azure-ref" || strings.HasPrefix(value, "{") {
			value = "opaque"
		}
		shapes = append(shapes, shapeOf(value))
	}
	return strings.Join(shapes, " | ")
}

var cookieStart = regexp.MustCompile(`(?:^|,)\s*([\w-]+)=([^;]*)((?:;\s*(?i:expires=\w{3}, [^;,]+|path=[^;,]+|domain=[^;,]+|samesite=\w+|secure|httponly))*)`)

// cookies reads a Set-Cookie field, or several that a recorder has joined.
func (l likeness) cookies(value string) {
	for _, m := range cookieStart.FindAllStringSubmatch(value, -1) {
		var attributes []string
		for attribute := range strings.SplitSeq(m[3], ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(attribute), "=")
			switch name = strings.ToLower(name); name {
			case "":
			case "path", "samesite":
				attributes = append(attributes, name+"="+strings.ToLower(value))
			default:
				attributes = append(attributes, name)
			}
		}
		slices.Sort(attributes)
		l["cookie "+m[1]] = strings.Join(slices.Compact(attributes), "; ")
	}
}

// location reads a redirect: the order and the shapes of its parameters.
func (l likeness) location(address string) {
	u, err := url.Parse(address)
	if err != nil {
		l["location"] = "unreadable"
		return
	}
	l["location"] = "query"
	if strings.HasSuffix(address, "#") {
		l["location"] = "query, and an empty fragment"
	}
	var names []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		names = append(names, name)
		kind := "text"
		if plain, _ := url.QueryUnescape(value); guidText.FindString(plain) == plain && plain != "" {
			kind = "<id>"
		}
		if digits := percent.FindString(value); digits != "" && digits == strings.ToLower(digits) {
			kind += ", escapes in lower case"
		} else if digits != "" {
			kind += ", escapes in upper case"
		}
		l["location "+name] = kind
	}
	l["location order"] = strings.Join(names, " ")
}

// percent matches an octet whose digits have a case.
var percent = regexp.MustCompile(`%(?i:[0-9][a-f]|[a-f][0-9a-f])`)

func (l likeness) body(body string) {
	var tree any
	switch {
	case body == "":
	case json.Unmarshal([]byte(body), &tree) == nil:
		l.json("body", tree)
	case strings.HasPrefix(body, "<?xml"), strings.HasPrefix(body, "<s:Envelope"):
		l["body"] = "XML"
		if strings.HasPrefix(body, "<?xml") {
			l["body declaration"] = "present"
		}
		l.xml(body)
	case strings.Contains(strings.ToLower(body), "<h"):
		l["body"] = "a page"
	default:
		l["body"] = body
	}
}

func (l likeness) json(at string, v any) {
	switch v := v.(type) {
	case map[string]any:
		l[at] = "object"
		for name, value := range v {
			l.json(at+"."+name, value)
		}
	case []any:
		l[at] = "list"
		if len(v) > 0 {
			l.json(at+"[]", v[0])
		}
	case string:
		l[at] = "text: " + textShape(v)
	case nil:
		l[at] = "null"
	default:
		l[at] = fmt.Sprintf("%T", v)
	}
}

// xml lists elements by their local names, with the shapes of their attributes and texts.
func (l likeness) xml(body string) {
	d := xml.NewDecoder(strings.NewReader(body))
	var path []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			l["body"] = "broken XML"
			return
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
			at := strings.Join(path, "/")
			l[at] = "element of " + t.Name.Space
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					l[at+"/@"+a.Name.Local] = a.Value
				}
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" {
				l[strings.Join(path, "/")+"/text()"] = textShape(text)
			}
		}
	}
}

var (
	guidText   = regexp.MustCompile(`(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	dateText   = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT`)
	hostText   = regexp.MustCompile(`[a-z0-9-]+(\.[a-z0-9-]+)*\.(localhost|com|net|us)\b`)
	numberText = regexp.MustCompile(`\d+`)
	idsTail    = regexp.MustCompile(`(?s)^AADSTS<n>: .*?(\s+)Trace ID: <id>(\s+)Correlation ID: <id>(\s+)Timestamp: <date>$`)
	upper      = regexp.MustCompile(`[A-Z][A-Z0-9]* ProdSlices`)
)

// shapeOf replaces ids, dates, hosts and numbers.
func shapeOf(s string) string {
	s = guidText.ReplaceAllString(s, "<id>")
	s = dateText.ReplaceAllStringFunc(s, func(date string) string {
		if _, decimals, ok := strings.Cut(date, "."); ok {
			return fmt.Sprintf("<date, %d decimals>", len(strings.TrimSuffix(decimals, "Z")))
		}
		return "<date>"
	})
	s = hostText.ReplaceAllString(s, "<host>")
	s = upper.ReplaceAllString(s, "<region> ProdSlices")
	return numberText.ReplaceAllString(s, "<n>")
}

// textShape returns the shape of a text in a body; words have a single shape.
func textShape(s string) string {
	shape := shapeOf(s)
	if m := idsTail.FindStringSubmatch(shape); m != nil {
		return fmt.Sprintf("AADSTS, words, three ids after %q", m[1])
	}
	switch {
	case s == "access_token", strings.HasPrefix(s, "eyJ"):
		return "a token"
	case strings.HasPrefix(shape, "https://"), strings.HasPrefix(shape, "http://"):
		return shape
	case strings.HasPrefix(shape, "<") && !strings.Contains(shape, " "), strings.HasPrefix(shape, "<date"):
		return shape
	case strings.HasPrefix(s, "0x"):
		return s
	case strings.Contains(s, "@") && !strings.Contains(s, " "):
		return "address"
	case !strings.ContainsAny(s, " \r\n"):
		return shape
	}
	return "words"
}
