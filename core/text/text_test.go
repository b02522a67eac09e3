package text_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// german translates a few templates to German.
func german(english string) string {
	if said, ok := map[string]string{
		"%s answered %d.":       "%[2]d kam von %[1]s.",
		"It is %s.":             "Es ist %s.",
		"%d min":                "%d Minuten",
		"Try again.":            "Noch einmal.",
		"Open {clientId}, then": "Dann {clientId} öffnen",
	}[english]; ok {
		return said
	}
	return english
}

func TestTextsUseTemplates(t *testing.T) {
	fill := func(said string, _ func(string) string) string { return strings.ReplaceAll(said, "{clientId}", "42") }
	for name, c := range map[string]struct {
		shown           text.Text
		english, german string
	}{
		"nothing":                    {text.Text{}, "", ""},
		"no values":                  {text.F("Try again."), "Try again.", "Noch einmal."},
		"a per cent without values":  {text.F("100 % sure"), "100 % sure", "100 % sure"},
		"reordered":                  {text.F("%s answered %d.", "Entra", 429), "Entra answered 429.", "429 kam von Entra."},
		"a text in a text":           {text.F("It is %s.", text.F("%d min", 3)), "It is 3 min.", "Es ist 3 Minuten."},
		"a value that is a template": {text.F("It is %s.", "%d min"), "It is %d min.", "Es ist %d min."},
		"somebody else's words":      {text.Raw("Try again."), "Try again.", "Try again."},
		"raw inside":                 {text.F("It is %s.", text.Raw("%d min")), "It is %d min.", "Es ist %d min."},
		"no translation":             {text.F("%s is gone.", "It"), "It is gone.", "It is gone."},
		"places of its own":          {text.F("Open {clientId}, then").Fill(fill), "Open 42, then", "Dann 42 öffnen"},
		"joined":                     {text.Join(" ", text.F("It is %s.", "late"), text.Text{}, text.F("Try again.")), "It is late. Try again.", "Es ist late. Noch einmal."},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]string{c.english, c.english, c.german}, []string{c.shown.String(), c.shown.In(nil), c.shown.In(german)}); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if c.shown.Empty() != (c.english == "") || !c.shown.Equal(text.Raw(c.english)) {
				t.Error("it is not what it says")
			}
		})
	}
}

// TestJSONHoldsTheEnglish guards the reports that programs read.
func TestJSONHoldsTheEnglish(t *testing.T) {
	type report struct {
		Summary text.Text   `json:"summary"`
		Fix     []text.Text `json:"fix"`
	}
	written := report{text.F("%s <b> answered.", "Entra"), []text.Text{text.F("Try again.")}}
	data, err := json.Marshal(written)
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := json.Marshal(map[string]any{"summary": "Entra <b> answered.", "fix": []string{"Try again."}})
	var want, got map[string]any
	if json.Unmarshal(plain, &want) != nil || json.Unmarshal(data, &got) != nil {
		t.Fatalf("%s is no JSON", data)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	var read report
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(written, read); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
