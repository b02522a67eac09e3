package core_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// families are the rules of docs/security-rules.md, with the number of rules in each.
var families = []struct {
	name string
	n    int
}{{"OA", 12}, {"SE", 16}, {"FI", 6}, {"NE", 14}, {"RO", 5}, {"SC", 5}}

// TestSecurityRules guards that every rule has a line, and that every test in it exists.
func TestSecurityRules(t *testing.T) {
	raw, err := os.ReadFile("../docs/security-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("../SECURITY.md"); err != nil {
		t.Error(err)
	}
	text := string(raw)
	for _, f := range families {
		for i := range f.n {
			if id := fmt.Sprintf("\n| %s-%d |", f.name, i+1); strings.Count(text, id) != 1 {
				t.Errorf("rule%s has %d lines, want 1", strings.TrimPrefix(id, "\n|"), strings.Count(text, id))
			}
		}
	}
	tests := namesOfTests(t)
	for _, m := range regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)`").FindAllStringSubmatch(text, -1) {
		if !tests[m[1]] && m[1] != "TestMain" {
			t.Errorf("there is no test %s", m[1])
		}
	}
}

func namesOfTests(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Za-z0-9_]+)\(`)
	// The end-to-end tests are a separate module.
	files, err := filepath.Glob("../e2e/*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no end-to-end tests", err)
	}
	walk(t, func(_, file string, _ []string) {
		if strings.HasSuffix(file, "_test.go") {
			files = append(files, file)
		}
	})
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range declared.FindAllStringSubmatch(string(raw), -1) {
			names[m[1]] = true
		}
	}
	return names
}

// TestGoroutinesAreWatched guards rule RO-1: a package of core or of the window that
// starts a goroutine uses goleak in its tests.
func TestGoroutinesAreWatched(t *testing.T) {
	starts := regexp.MustCompile(`(?m)^\s*go (func\(|[a-z])|\b\w+\.Go\(`)
	started, watched := map[string]bool{}, map[string]bool{}
	walk(t, func(dir, file string, _ []string) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case !under("core")(dir) && !under("ui")(dir):
		case strings.HasPrefix(dir, "core/internal/"): // helpers of tests, which those tests watch
		case strings.HasSuffix(file, "_test.go"):
			watched[dir] = watched[dir] || strings.Contains(string(raw), "goleak.VerifyTestMain")
		case starts.Match(raw):
			started[dir] = true
		}
	})
	for dir := range started {
		if !watched[dir] {
			t.Errorf("%s starts goroutines and has no goleak", filepath.ToSlash(dir))
		}
	}
	if len(started) < 5 {
		t.Errorf("found goroutines in %d packages only: the search is broken", len(started))
	}
}
