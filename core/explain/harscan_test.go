package explain

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// scan returns the entries of a file that is read in pieces of a size.
func scan(file string, size int) []string {
	var found []string
	s := harScanner{take: func(raw []byte) { found = append(found, string(raw)) }}
	for len(file) > 0 {
		piece := file[:min(size, len(file))]
		s.write([]byte(piece))
		file = file[len(piece):]
	}
	return found
}

// decoded returns the entries that encoding/json finds; false for a text that is no HAR
// file, or that contains a member twice.
func decoded(file string) ([]string, bool) {
	if strings.Contains(file, `\`) || strings.Count(file, `"log"`) != 1 || strings.Count(file, `"entries"`) != 1 {
		return nil, false
	}
	var whole, log map[string]json.RawMessage
	var entries []json.RawMessage
	if json.Unmarshal([]byte(file), &whole) != nil || json.Unmarshal(whole["log"], &log) != nil || json.Unmarshal(log["entries"], &entries) != nil {
		return nil, false
	}
	var found []string
	for _, e := range entries {
		if bytes.HasPrefix(e, []byte("{")) {
			found = append(found, string(e))
		}
	}
	return found, true
}

// FuzzHARScanner guards that entries are found with any size of pieces, and that they are
// those of encoding/json in every valid file.
func FuzzHARScanner(f *testing.F) {
	for _, seed := range []string{
		`{"log":{"entries":[{"a":1},{"b":"}"}]}}`,
		`{ "log" : { "pages":[{"entries":1}], "entries" : [ {"request":{"url":"x\"y"}} , {} ] , "x":[] } }`,
		`{"log":{"entries":[{"a":[{"entries":[{}]}]}],"entries2":[{}]}}`,
		`{"log":{"entries":[[{}],{"log":{"c":1}}]}}`,
		`{"log":{"entries":[{"a":"\\"},{"b`,
		`]]]{"log":{"entries":[{}]`,
	} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, file string, size int) {
		size = max(1, size&0xff)
		whole, pieces := scan(file, len(file)+1), scan(file, size)
		if !slices.Equal(whole, pieces) {
			t.Fatalf("at once %q, in pieces of %d %q", whole, size, pieces)
		}
		if want, ok := decoded(file); ok && !slices.Equal(want, whole) {
			t.Fatalf("encoding/json %q, scanner %q", want, whole)
		}
	})
}

// TestHARFilterKeepsTheAnswer guards that the kept part of a file has the same
// explanation as the file.
func TestHARFilterKeepsTheAnswer(t *testing.T) {
	entry := func(url, body string) string {
		return `{"_initiator":{"stack":{"callFrames":[{"functionName":"request","url":"https://x/"}]}},"request":{"method":"GET","url":"` + url + `","headers":[]},"response":{"status":401,"headers":[],"content":{"text":` + body + `}}}`
	}
	for _, test := range []struct {
		name, entries string
		cause         catalog.Cause
	}{
		{"by its address", entry("https://login.microsoftonline.com/t/oauth2/v2.0/token", `"{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: x\",\"error_codes\":[7000215]}"`), "secret.wrong"},
		{"escaped slashes", entry(`https:\/\/login.microsoftonline.com\/t\/oauth2\/v2.0\/token`, `"{\"error\":\"invalid_client\",\"error_codes\":[7000215],\"error_description\":\"AADSTS7000215: x\"}"`), "secret.wrong"},
		{"by its body", entry("https://app.example/", `"AADSTS7000222: expired"`), "secret.expired"},
	} {
		t.Run(test.name, func(t *testing.T) {
			padding := `{"request":{"method":"GET","url":"https://app.example/a.js"},"response":{"status":200,"content":{"text":"` + strings.Repeat("x", 300<<10) + `"}}}`
			file := `{"log":{"version":"1.2","entries":[` + padding + "," + test.entries + "," + padding + `]}}`
			kept, err := ReadText(strings.NewReader(file))
			if err != nil || len(kept) > len(test.entries)+100 {
				t.Fatalf("kept %d bytes, %v", len(kept), err)
			}
			if whole, part := Explain(file).Cause, Explain(kept).Cause; whole != test.cause || part != test.cause {
				t.Errorf("the file is %q, what is kept %q, want %q", whole, part, test.cause)
			}
		})
	}
}
