package secret_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const canary = "c4n4ry~Wq.8Q-plain-text"

type holder struct {
	Public  secret.Value
	private secret.Value
	pointer *secret.Value
	list    []secret.Value
	byName  map[string]secret.Value
	any     any
}

func everywhere() holder {
	v := secret.New(canary)
	return holder{v, v, &v, []secret.Value{v}, map[string]secret.Value{"k": v}, v}
}

func TestNoVerbShowsASecret(t *testing.T) {
	v := secret.New(canary)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%T", "%p", "%10.3s", "% x"} {
		for name, arg := range map[string]any{
			"value": v, "pointer": &v, "struct": everywhere(), "pointer to struct": new(holder),
			"slice": []secret.Value{v}, "error": fmt.Errorf("could not use %v: %w", v, errors.New("x")),
		} {
			out := fmt.Sprintf(verb, arg)
			if leaks(out) {
				t.Errorf("%s of a %s shows the secret: %s", verb, name, out)
			}
		}
	}
}

func TestNoEncoderShowsASecret(t *testing.T) {
	v := secret.New(canary)
	encoders := map[string]func() ([]byte, error){
		"json": func() ([]byte, error) { return json.Marshal(struct{ V, W any }{v, everywhere().Public}) },
		"xml": func() ([]byte, error) {
			return xml.Marshal(struct {
				XMLName xml.Name     `xml:"x"`
				V       secret.Value `xml:"v"`
				A       secret.Value `xml:"a,attr"`
			}{V: v, A: v})
		},
		"gob": func() ([]byte, error) {
			var b bytes.Buffer
			err := gob.NewEncoder(&b).Encode(struct{ V secret.Value }{v})
			return b.Bytes(), err
		},
		"slog text": func() ([]byte, error) {
			var b bytes.Buffer
			slog.New(slog.NewTextHandler(&b, nil)).Info("m", "v", v, "h", everywhere())
			return b.Bytes(), nil
		},
		"slog json": func() ([]byte, error) {
			var b bytes.Buffer
			slog.New(slog.NewJSONHandler(&b, nil)).Info("m", "v", v, "s", []secret.Value{v})
			return b.Bytes(), nil
		},
	}
	for name, encode := range encoders {
		out, err := encode()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if leaks(string(out)) {
			t.Errorf("%s shows the secret: %s", name, out)
		}
	}
}

func TestUseHandsThePlainText(t *testing.T) {
	var got string
	secret.New(canary).Use(func(plain string) { got = plain })
	if got != canary {
		t.Errorf("Use handed %q, want %q", got, canary)
	}
	secret.Value{}.Use(func(plain string) { got = plain })
	if got != "" {
		t.Errorf("an empty secret handed %q", got)
	}
	if v := secret.New(""); !v.Empty() || v.String() != "" || v.Len() != 0 {
		t.Errorf("New(\"\") is not the zero value: %q, %d", v, v.Len())
	}
}

func TestEqual(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want bool
	}{{"x", "x", true}, {"x", "y", false}, {"x", "", false}, {"", "", true}, {"x", "xx", false}} {
		if got := secret.New(tc.a).Equal(secret.New(tc.b)); got != tc.want {
			t.Errorf("%q and %q: got %v", tc.a, tc.b, got)
		}
	}
}

func leaks(out string) bool {
	spaced := strings.ToLower(strings.ReplaceAll(out, " ", ""))
	return strings.Contains(out, canary[:8]) || strings.Contains(spaced, fmt.Sprintf("%x", canary[:8])) ||
		strings.Contains(out, strings.Trim(fmt.Sprint([]byte(canary[:4])), "[]"))
}
