package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/card"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/export"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// TestNoCanaryAnywhere runs every scenario, writes its report in every format and its
// record, and searches them and every file on disk for the client secret and for tokens,
// in every spelling.
func TestNoCanaryAnywhere(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"} {
		t.Setenv(name, home)
	}
	outputs, spelled := 0, 0
	for _, scenario := range race.Sample(core.Scenarios(), 10) {
		s, err := core.OpenSandbox()
		if err != nil {
			t.Fatal(err)
		}
		s.Transport.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
		form, err := s.Play(scenario.Name)
		if err != nil {
			t.Fatal(err)
		}
		canaries := spellingsOf(form.Secret)
		spelled += len(canaries)
		var events []exam.Event
		limit := 10 * time.Second
		if scenario.Slow {
			limit = time.Second
		}
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		examined := s.Examine(ctx, form, false, func(e exam.Event) { events = append(events, e) })
		cancel()
		s.Close()
		var text, junit, asJSON bytes.Buffer
		report.Text(&text, examined, report.Palette(true))
		report.JUnit(&junit, []exam.Report{examined})
		jsondoc.Write(&asJSON, examined)
		var exported strings.Builder
		for _, info := range export.Formats() {
			out, err := s.Export(info.Format, form, "", scenario.Name)
			fmt.Fprintln(&exported, out, err)
		}
		c, supported := card.Make(examined), support.Make(examined, program{getenv: os.Getenv}.self(), time.Now())
		var asked bytes.Buffer
		jsondoc.Write(&asked, supported)
		for where, out := range map[string]string{
			"exports": exported.String(), "card": c.Text(nil) + c.Markdown(nil) + c.HTML(nil, "en"), "support report": supported.Markdown() + asked.String(),
			"text": text.String(), "junit": junit.String(), "json": asJSON.String(), "tables": tablesOf(examined), "snapshots": snapshotsOf(examined),
			"plan": planOf(s.Doctor, form), "expiry": expiryOf(t, scenario.Name, form),
			"exchanges": fmt.Sprintf("%+v", examined.Exchanges), "record": fmt.Sprintf("%s", record.Make(examined)), "events": fmt.Sprintf("%+v", events), "form": fmt.Sprintf("%+v %#v", form, form),
		} {
			if out == "" {
				t.Errorf("%s as %s is empty", scenario.Name, where)
			}
			sweep(t, scenario.Name+" as "+where, out, canaries)
			outputs++
		}
		err = filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			sweep(t, path, path+string(raw), canaries)
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d outputs looked through for %d spellings", outputs, spelled)
}

var token = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}`)

func sweep(t *testing.T, where, text string, canaries []string) {
	t.Helper()
	for _, c := range canaries {
		if strings.Contains(text, c) {
			t.Errorf("%s shows a secret in the spelling %q", where, c)
		}
	}
	if token.MatchString(text) {
		t.Errorf("%s shows a token", where)
	}
}

// spellingsOf are the forms in which a secret must not appear.
func spellingsOf(v secret.Value) []string {
	var out []string
	v.Use(func(plain string) {
		if plain == "" {
			return
		}
		quoted, _ := json.Marshal(plain)
		out = append(out, plain, url.QueryEscape(plain), string(quoted), html.EscapeString(plain),
			hex.EncodeToString([]byte(plain)), strings.Trim(fmt.Sprint([]byte(plain)), "[]"))
		for offset := range 3 {
			coded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", offset) + plain + "yyy"))
			out = append(out, coded[4:len(coded)-8], strings.NewReplacer("+", "-", "/", "_").Replace(coded[4:len(coded)-8]))
		}
		for i := 0; i+12 <= len(plain); i += 4 {
			out = append(out, plain[i:i+12])
		}
	})
	return out
}
