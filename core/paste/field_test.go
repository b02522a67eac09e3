package paste_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// fieldCase is a text as users paste it, with the values that a careful colleague would
// take from it. Kind names the mechanism, see testdata/README.md.
type fieldCase struct {
	ID, Kind, Text, Note string
	Right                values
}

// values are the expected values, as the form reads them.
type values struct {
	Env, Tenant, Client, Secret, Cert, CertPW string
	Ambiguous                                 bool
}

var fieldFiles = []string{"testdata/field.jsonl", "testdata/more.jsonl", "testdata/fresh.jsonl", "testdata/unseen.jsonl", "testdata/stranger.jsonl", "testdata/second.jsonl", "testdata/third.jsonl", "testdata/samples.jsonl", "testdata/control.jsonl", "testdata/after.jsonl", "testdata/outsider.jsonl"}

func fieldCases(t testing.TB, file string) []fieldCase {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []fieldCase
	for line := range bytes.Lines(raw) {
		var c fieldCase
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	return cases
}

func understood(result paste.Result) values {
	form := result.Form
	certificate := form.CertificateFile
	form.CertificateFile = "" // Clean would search for the file
	c, _, _ := form.Clean(cloud.Table)
	v := values{c.Environment, c.Tenant, c.ClientID, "", certificate, plain(form.CertificatePassword), len(result.Choices) > 0}
	if c.Credential.Kind == connection.SecretKind {
		v.Secret = plain(c.Credential.Secret)
	}
	return v
}

func TestPasteFromTheField(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	for _, file := range fieldFiles {
		total, right := map[string]int{}, map[string]int{}
		for _, c := range fieldCases(t, file) {
			total[c.Kind]++
			t.Run(strings.TrimSpace(c.Kind+" "+c.ID), func(t *testing.T) {
				if d := cmp.Diff(c.Right, understood(paste.Read(c.Text))); d != "" {
					t.Errorf("%s\n%s\n-want +got\n%s", c.Note, c.Text, d)
					return
				}
				right[c.Kind]++
			})
		}
		var b strings.Builder
		all, good := 0, 0
		for _, kind := range slices.SortedFunc(maps.Keys(total), func(a, b string) int { return len(a)*100 - len(b)*100 + strings.Compare(a, b) }) {
			fmt.Fprintf(&b, " %s %d/%d", kind, right[kind], total[kind])
			all, good = all+total[kind], good+right[kind]
		}
		t.Logf("%s: %d of %d:%s", file, good, all, b.String())
	}
}
