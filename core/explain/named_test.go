package explain

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// oldSecret is of the kind that Entra made until 2019.
const oldSecret = "Lk3fT8+qW2xR9vB/nM5cZ7pH1+jD4sG6yK0/aE9uQ3w="

// TestPastedSecretsDoNotShow holds that what a text of testdata of core/paste calls a secret
// is in no explanation of it, nor an old secret in its place. It guards against sentences,
// wrapped lines, doubled quotes and labels of other languages: 53 explanations had a secret
// in them.
func TestPastedSecretsDoNotShow(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	files, err := filepath.Glob("../paste/testdata/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range bytes.Lines(raw) {
			var c struct {
				ID, Text string
				Right    struct{ Secret string }
			}
			if err := json.Unmarshal(line, &c); err != nil {
				t.Fatal(err)
			}
			if len(c.Right.Secret) < 12 || len(c.Text) > 6000 {
				continue
			}
			if n++; n%4 == 0 { // a sample
				shownSecret(t, file+" "+c.ID, c.Text, c.Right.Secret)
			}
			if text := strings.ReplaceAll(c.Text, c.Right.Secret, oldSecret); text != c.Text && n%8 == 0 {
				shownSecret(t, file+" "+c.ID+" with an old secret", text, oldSecret)
			}
		}
	}
}

func shownSecret(t *testing.T, name, text, secret string) {
	t.Helper()
	escaped, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"HTTP error 401\n" + text, text + "\n\nAADSTS7000215: Invalid client secret provided.",
		`{"error":{"code":"0x80072560","message":` + string(escaped) + `}}`,
	} {
		out, err := json.Marshal(Explain(text))
		if err != nil {
			t.Fatal(err)
		}
		var shown strings.Builder
		var collect func(any)
		collect = func(v any) {
			switch v := v.(type) {
			case string:
				shown.WriteString(v + "\n")
			case []any:
				for _, m := range v {
					collect(m)
				}
			case map[string]any:
				for _, m := range v {
					collect(m)
				}
			}
		}
		var all any
		if err := json.Unmarshal(out, &all); err != nil {
			t.Fatal(err)
		}
		collect(all)
		const part = 12
		for i := 0; i+part <= len(secret); i++ {
			if strings.Contains(shown.String(), secret[i:i+part]) {
				t.Errorf("%s: a part of the secret shows in the explanation of\n%s", name, text)
				break
			}
		}
	}
}
