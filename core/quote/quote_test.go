package quote

import (
	"encoding/json"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// texts contain code of some language.
var texts = []string{
	"", "plain", "a'b", `a"b`, `a\b`, "$(touch x)`touch x`${HOME}$HOME", "%{x}", "«ü» 漢字 😀", "it’s", "line\nbreak\r\n\u2028\u0085", "# no", "- x: y", "\t", "*/ -->",
}

// TestReadBack guards that a language reads back the quoted text.
func TestReadBack(t *testing.T) {
	for _, text := range texts {
		if got, err := strconv.Unquote(Go(text)); err != nil || got != text {
			t.Errorf("Go: %v, %q for %q", err, got, text)
		}
		var got string
		if err := json.Unmarshal([]byte(JSON(text)), &got); err != nil || got != text {
			t.Errorf("JSON: %v, %q for %q", err, got, text)
		}
		if err := yaml.Unmarshal([]byte(JSON(text)), &got); err != nil || got != text {
			t.Errorf("YAML: %v, %q for %q", err, got, text)
		}
		out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf %s "+Shell(text)).Output()
		if err != nil || string(out) != text {
			t.Errorf("shell: %v, %q for %q", err, out, text)
		}
	}
}

func TestLiterals(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"C#", CSharp("a\"\\\n漢😀"), `"a\"\\\u000a\u6f22\U0001f600"`},
		{"PowerShell", PowerShell("it's it’s"), "'it''s it’’s'"},
		{"HCL", HCL("a\"${b}%{c}\n"), `"a\"$${b}%%{c}\n"`},
		{"JSON, invalid byte", JSON("a\xff"), `"a` + "\ufffd" + `"`},
		{"comment", Comment("#", "a\nrm -rf x\u2028b"), "# a\n# rm -rf x\n# b\n"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
	if strings.ContainsAny(CSharp(strings.Join(texts, "")), "\n\r\u2028\u0085") {
		t.Error("a C# literal is broken over lines")
	}
}
