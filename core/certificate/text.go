package certificate

import (
	"bytes"
	"encoding/json"
	"html"
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// deepest is how many wrappings are undone: JSON, base64 in it, PEM in that.
const deepest = 4

// addFile reads a file. What cannot be read is in the contents' faults.
func (r *reader) addFile(data []byte, what text.Text) {
	if len(bytes.TrimSpace(data)) == 0 {
		r.found.faults = append(r.found.faults, fail(Unreadable, text.F("The %s is empty.", what)))
		return
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if t, ok := thingBeginning(string(data[:min(len(data), 64)]), magics); ok {
		r.found.see(t)
		return
	}
	shown := plain.Decode(data)
	r.addWrapped(data, shown, 0)
	if r.found.empty() {
		r.found.faults = append(r.found.faults, nameFile(data, shown))
	}
}

// addWrapped reads bytes that may be DER or text; text is their text.
func (r *reader) addWrapped(data []byte, shown string, depth int) {
	switch size := sizeOf(data); {
	case depth > deepest:
		return
	case size > len(data):
		if bytes.Count(data, []byte("\ufffd")) > 8 {
			r.found.see(damagedByText)
			return
		}
		if depth == 0 {
			r.fault(fail(Unreadable, text.F("The file is cut off: it holds %d of %d bytes. Copy or export it again.", len(data), size)))
		}
		return
	case size > 0, bytes.HasPrefix(data, []byte("\x30\x80")):
		r.fault(r.addDER(data, ""))
		return
	}
	if der, ok := fromHex(shown); ok {
		r.addWrapped(der, "", depth+1)
		return
	}
	r.addText(shown, depth)
}

// fault keeps an error for the case that the rest of the file is not enough.
func (r *reader) fault(err error) {
	if err != nil {
		r.found.faults = append(r.found.faults, err)
	}
}

// addText finds PEM blocks and base64 in text.
func (r *reader) addText(text string, depth int) {
	if values, ok := stringsOfJSON(text); ok {
		for _, v := range values {
			r.addWrapped([]byte(v), v, depth+1)
		}
		if strings.Contains(text, `"kty"`) {
			r.found.see(aJSONWebKey)
		}
		if strings.Contains(text, `"cer"`) && strings.Contains(text, `"kid"`) {
			r.found.see(aVaultEntry)
		}
		return
	}
	blocks := pemBlocks(unencode(text))
	for _, b := range blocks {
		r.fault(r.addBlock(b))
	}
	if len(blocks) > 0 {
		if r.found.empty() {
			r.found.see(otherBlocks)
		}
		return
	}
	for _, data := range base64In(text) {
		r.addWrapped(data, plain.Decode(data), depth+1)
	}
}

// encodedLineEnd is a line end of an address, a form or XML.
var encodedLineEnd = lazyregexp.New(`%0[aAdD]|&#(?:10|13|x[aAdD]);`)

// unencode undoes what addresses, forms and XML do to a text with a PEM block in it.
func unencode(text string) string {
	if !strings.Contains(text, "BEGIN") || !encodedLineEnd.MatchString(text) {
		return text
	}
	decode := url.PathUnescape
	switch {
	case strings.Contains(text, "&#"):
		return html.UnescapeString(text)
	case strings.Contains(text, "BEGIN+"):
		decode = url.QueryUnescape
	}
	decoded, err := decode(text)
	if err != nil {
		return text
	}
	return decoded
}

// stringsOfJSON returns the strings among the values of a JSON text, in its order.
func stringsOfJSON(text string) ([]string, bool) {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" || !strings.ContainsRune(`{["`, rune(trimmed[0])) || !json.Valid([]byte(trimmed)) {
		return nil, false
	}
	var all []string
	decoder := json.NewDecoder(strings.NewReader(trimmed))
	for {
		token, err := decoder.Token()
		if err != nil {
			return all, true // also at its end
		}
		if s, ok := token.(string); ok && len(s) > shortestBase64 {
			all = append(all, s)
		}
	}
}
