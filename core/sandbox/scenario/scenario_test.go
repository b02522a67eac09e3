package scenario_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestTable(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	names, titles := map[string]bool{}, map[string]bool{}
	for _, sc := range scenario.All() {
		if !kebab.MatchString(sc.Name) || names[sc.Name] || titles[sc.Title.String()] && !strings.HasPrefix(sc.Title.String(), "The same") {
			t.Errorf("%s: name or title is taken or not in kebab-case", sc.Name)
		}
		names[sc.Name], titles[sc.Title.String()] = true, true
		if sc.Title.Empty() || strings.HasSuffix(sc.Title.String(), ".") || !strings.HasSuffix(sc.Lesson.String(), ".") {
			t.Errorf("%s: a title is no sentence, a lesson is one: %q, %q", sc.Name, sc.Title, sc.Lesson)
		}
		for _, cause := range append([]catalog.Cause{sc.Cause, sc.Consent}, sc.Warnings...) {
			if _, ok := catalog.Lookup(cause); cause != "" && !ok {
				t.Errorf("%s: there is no cause %q", sc.Name, cause)
			}
		}
		if found, ok := scenario.Find(sc.Name); !ok || !found.Title.Equal(sc.Title) {
			t.Errorf("%s cannot be found", sc.Name)
		}
	}
	if _, ok := scenario.Find("no such scenario"); ok {
		t.Error("an unknown name was found")
	}
	const goal = 60
	if len(names) < goal {
		t.Errorf("%d scenarios", len(names))
	}
}

// TestEveryCauseHasScenario guards that every cause has a scenario, or a reason in the
// catalogue.
func TestEveryCauseHasScenario(t *testing.T) {
	shown := map[catalog.Cause]bool{"": true}
	for _, sc := range scenario.All() {
		for _, cause := range append([]catalog.Cause{sc.Cause, sc.Consent}, sc.Warnings...) {
			shown[cause] = true
		}
	}
	for _, e := range catalog.All() {
		if !shown[e.Cause] && e.NoScenario == "" {
			t.Errorf("%s is shown by no scenario", e.Cause)
		}
	}
}

// TestApplyForgetsEarlier guards against a scenario that depends on an earlier scenario.
func TestApplyForgetsEarlier(t *testing.T) {
	s := start(t, func(t *sandbox.Tenant) { t.User.Missing, t.Clock = true, 1<<40 })
	for _, name := range []string{"secret-expired", "healthy", "healthy-certificate", "healthy"} {
		sc, _ := scenario.Find(name)
		form := sc.Apply(s)
		if got := form.CertificateFile != ""; got != (name == "healthy-certificate") {
			t.Errorf("%s: certificate %t", name, got)
		}
	}
	o := observe(t, newClient(t, s), s, scenario.Form(s))
	if o.WhoAmI == "" || !o.healthy {
		t.Errorf("%+v", o)
	}
}

// TestFormLooksReal guards that the secret has the format of a real secret, and that no
// file of the repository contains it.
func TestFormLooksReal(t *testing.T) {
	s := start(t, nil)
	form := scenario.Form(s)
	var plain string
	form.Secret.Use(func(text string) { plain = text })
	if !regexp.MustCompile(`^[A-Za-z0-9_~.-]{40}$`).MatchString(plain) || !strings.Contains(plain, "~") || !strings.Contains(plain, ".") {
		t.Error("the secret does not look like a real one")
	}
	files, err := filepath.Glob("../*.go")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if content, err := os.ReadFile(file); err != nil || strings.Contains(string(content), plain) {
			t.Errorf("it is in %s: %v", file, err)
		}
	}
	cleaned, _, problems := form.Clean(s.Clouds())
	if len(problems) > 0 || cleaned.Cloud.Name != "sandbox" {
		t.Error(problems, cleaned.Cloud.Name)
	}
}

// start runs a sandbox for one test; set may be nil.
func start(t *testing.T, set func(*sandbox.Tenant)) *sandbox.Server {
	t.Helper()
	var tenant sandbox.Tenant
	if set != nil {
		set(&tenant)
	}
	s, err := sandbox.Start(&tenant)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// play starts the sandbox of a scenario.
func play(t *testing.T, sc scenario.Scenario) (*sandbox.Server, form) {
	t.Helper()
	s, f, err := sc.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, f
}
