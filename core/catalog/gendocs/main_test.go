package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

var update = flag.Bool("update", false, "write docs/troubleshooting.md")

// TestPageIsUpToDate guards that the page was generated from the current catalogue.
func TestPageIsUpToDate(t *testing.T) {
	if *update {
		if err := run(); err != nil {
			t.Fatal(err)
		}
	}
	path, err := page()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(render(catalog.All())), strings.ReplaceAll(string(got), "\r\n", "\n")); diff != "" {
		t.Errorf("docs/troubleshooting.md is out of date, run go generate ./core/catalog (-want +got):\n%s", diff)
	}
}

func TestEveryCauseHasItsSection(t *testing.T) {
	text := string(render(catalog.All()))
	for _, e := range catalog.All() {
		if strings.Count(text, `<a id="`+e.Anchor()+`"></a>`) != 1 {
			t.Errorf("%s has no section, or two", e.Cause)
		}
		for _, step := range e.Fill(nil).Fix {
			if !strings.Contains(text, step.String()) {
				t.Errorf("%s: the page does not say %q", e.Cause, step)
			}
		}
	}
	for _, row := range []string{
		"| AADSTS7000215 | [secret.wrong](#secret-wrong) |",
		"| 0x80072560 | -2147015328 | [appuser.missing](#appuser-missing) |",
		"| HTTP 429 from Dataverse | [service.throttled](#service-throttled) |",
	} {
		if !strings.Contains(text, row) {
			t.Errorf("the page has no row %q", row)
		}
	}
}
