package main

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

var update = flag.Bool("update", false, "write the manual page")

func TestParse(t *testing.T) {
	quiet(t)
	for _, c := range []struct {
		args    string
		want    ui.Options
		problem string
	}{
		{"", ui.Options{}, ""},
		{"--sandbox", ui.Options{Sandbox: true}, ""},
		{"--scenario secret-wrong", ui.Options{Sandbox: true, Scenario: "secret-wrong"}, ""},
		{"--theme dark --size 1000x700", ui.Options{Theme: theme.Dark, Width: 1000, Height: 700}, ""},
		{"--theme blue", ui.Options{}, "--theme is light or dark"},
		{"--language DE", ui.Options{Language: "de"}, ""},
		{"--language pt_br", ui.Options{Language: "pt-BR"}, ""},
		{"--language tlh", ui.Options{}, "--language is one of en, de, es, fr, ja, pt-BR, vi"},
		{"--size large", ui.Options{}, "--size is a width and a height"},
		{"--scenario nothing-like-it", ui.Options{}, "there is no scenario"},
		{"connection.json", ui.Options{}, "there is nothing to do with"},
		{"--no-such-flag", ui.Options{}, "argument 1 is not a known flag"},
	} {
		got, err := parse(strings.Fields(c.args))
		if c.problem != "" {
			if err == nil || !strings.Contains(err.Error(), c.problem) {
				t.Errorf("%q: %v, want %q", c.args, err, c.problem)
			}
			continue
		}
		got.Version = ""
		if diff := cmp.Diff(c.want, got.Options); err != nil || diff != "" {
			t.Errorf("%q: %v (-want +got):\n%s", c.args, err, diff)
		}
	}
	if _, err := parse([]string{"--help"}); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("--help: %v", err)
	}
}

// TestFlagsAreInTheGuide guards that the guide has every flag, and no other.
func TestFlagsAreInTheGuide(t *testing.T) {
	guide, err := os.ReadFile("docs/guide.md")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	(&options{}).flags().VisitAll(func(f *flag.Flag) { want = append(want, f.Name) })
	for _, row := range regexp.MustCompile("(?m)^\\| `--([a-z-]+)[^`]*` \\|").FindAllStringSubmatch(string(guide), -1) {
		got = append(got, row[1])
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/guide.md (-flags +documented):\n%s", diff)
	}
}

// TestManualPage guards that packaging/s2sdoctor.1 matches the flags.
func TestManualPage(t *testing.T) {
	const file = "packaging/s2sdoctor.1"
	want := new(options).program().Page("", "")
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("-flags +file, go test -run ManualPage . -update writes it:\n%s", diff)
	}
}

func TestSandboxOpens(t *testing.T) {
	server, err := openSandbox()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	form, err := server.Play("secret-wrong")
	if err != nil || form.Secret.Empty() || server.Subject(form).Cloud != "sandbox" {
		t.Errorf("%v, a secret %v, in %+v", err, !form.Secret.Empty(), server.Subject(form))
	}
}

func TestMetadataIsTheFilesOwn(t *testing.T) {
	m := metadata()
	if m.ID != tomlValue(fyneApp, "ID") || m.Name != "S2S Doctor" || m.Version == "" || len(m.Icon.Content()) == 0 {
		t.Errorf("%+v", m)
	}
	if _, migrated := m.Migrations["fyneDo"]; migrated {
		t.Error("this would silence the check of goroutines, which the end-to-end test relies on")
	}
}

// quiet redirects the help away from the test's output.
func quiet(t *testing.T) {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = null
	t.Cleanup(func() { os.Stdout = stdout; _ = null.Close() })
}

// TestDocumentsAreSmall guards the size of the program: its documents are embedded
// without pictures.
func TestDocumentsAreSmall(t *testing.T) {
	total := int64(0)
	err := fs.WalkDir(documents, ".", func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			info, err := d.Info()
			if err != nil {
				return err
			}
			total += info.Size()
		}
		return err
	})
	if text, err := documents.ReadFile("docs/troubleshooting.md"); err != nil || !strings.Contains(string(text), "AADSTS7000215") {
		t.Errorf("docs/troubleshooting.md has no AADSTS7000215: %v", err)
	}
	if err != nil || total < 50_000 || total > 220_000 {
		t.Errorf("%d bytes, %v", total, err)
	}
}
