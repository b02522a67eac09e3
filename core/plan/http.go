package plan

import (
	"bytes"
	"encoding/json"
	"strings"
)

// HTTP returns requests as a .http file has them: the address, the type of the body and
// the body with one property a line. A blank line is between two requests.
func HTTP(requests []Request) string {
	var b strings.Builder
	for i, r := range requests {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(r.Method + " " + r.URL + "\n")
		if r.Body != nil {
			b.WriteString("Content-Type: application/json\n\n" + indented(r.Body) + "\n")
		}
	}
	return b.String()
}

// indented returns JSON with one property a line. What a [Value] of its own keeps from
// being JSON stays as it is.
func indented(body []byte) string {
	var b bytes.Buffer
	if json.Indent(&b, body, "", "  ") != nil {
		return string(body)
	}
	return b.String()
}
