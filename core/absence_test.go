package core_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// absences are things that the programs never do, found by patterns of source code. files
// lists the exceptions.
var absences = []struct {
	rule, what string
	pattern    *regexp.Regexp
	// tests is true if the rule also applies to tests.
	tests   bool
	allowed []string
}{
	{
		"OA-1", "listens", regexp.MustCompile(`\bnet\.(Listen|ListenConfig|ListenTCP|ListenPacket)\b`), false,
		[]string{"core/consent/listen.go", "core/sandbox/"},
	},
	{
		"OA-12", "asks for a person's password", regexp.MustCompile(`grant_type["=: ]+password|AcquireTokenByUsernamePassword`), false,
		[]string{"core/explain/", "core/paste/", "core/sandbox/"},
	},
	{
		"SE-3", "starts a program", regexp.MustCompile(`\bexec\.Command`), false,
		[]string{"core/admin/az.go", "core/browser/private.go", "core/transport/proxy_darwin.go", "ui/desktop/renderer_windows.go"},
	},
	{
		"SE-5", "logs", regexp.MustCompile(`\b(log\.(Print|Fatal|Panic|SetOutput)|slog\.(Info|Debug|Warn|Error|Log|New|SetDefault))`), false,
		[]string{"core/sandbox/", "ui/desktop/profile_bench.go"},
	},
	{
		"NE-1", "makes an HTTP client of its own", regexp.MustCompile(`http\.(Client|Transport)\{|http\.(DefaultClient|DefaultTransport|Get|Post|Head|PostForm)\b`), false,
		[]string{"core/transport/transport.go", "core/sandbox/", "core/export/golang.go"}, // golang.go writes it into exported programs
	},
	{"NE-2", "switches off the verification of TLS", regexp.MustCompile(`InsecureSkip` + `Verify`), true, nil},
	{"NE-12", "sends a notification", regexp.MustCompile(`\.Send` + `Notification\(`), true, nil},
	{
		"RO-3", "sleeps", regexp.MustCompile(`\btime\.Sleep\(`), false,
		[]string{"core/internal/far/far.go"},
	},
}

// TestAbsences guards the rules of docs/security-rules.md about things that the programs
// must not do.
func TestAbsences(t *testing.T) {
	files := 0
	walk(t, func(dir, file string, _ []string) {
		test := strings.HasSuffix(file, "_test.go")
		for _, outside := range []string{"bench", "scripts"} {
			if dir == outside || strings.HasPrefix(dir, outside+"/") {
				return // not part of the programs
			}
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		files++
		name := filepath.ToSlash(strings.TrimPrefix(file, "../"))
		for _, a := range absences {
			if test && !a.tests || slices.ContainsFunc(a.allowed, func(p string) bool { return strings.HasPrefix(name, p) }) {
				continue
			}
			for i, line := range strings.Split(string(raw), "\n") {
				code, _, _ := strings.Cut(line, "// ")
				if a.pattern.MatchString(code) {
					t.Errorf("%s:%d %s (rule %s): %s", name, i+1, a.what, a.rule, strings.TrimSpace(line))
				}
			}
		}
	})
	if files < 100 {
		t.Errorf("looked at %d files only: the walk is broken", files)
	}
}

// TestActionsArePinned guards rule SC-2: a workflow refers to actions by commit, has a
// token for reading only, and leaves no credential in the checkout.
func TestActionsArePinned(t *testing.T) {
	workflows, err := filepath.Glob("../.github/workflows/*.yml")
	if err != nil || len(workflows) == 0 {
		t.Fatal("no workflows", err)
	}
	pinned := regexp.MustCompile(`^(\./|[\w.-]+/[\w./-]+@[0-9a-f]{40}( |$))`)
	for _, file := range workflows {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, line := range strings.Split(text, "\n") {
			if _, action, ok := strings.Cut(line, "uses: "); ok && !pinned.MatchString(action) {
				t.Errorf("%s: %s is not pinned to a commit", file, action)
			}
		}
		if !strings.Contains(text, "\npermissions:\n  contents: read\n") {
			t.Errorf("%s: the token's default is more than reading", file)
		}
		if checkouts, kept := strings.Count(text, "actions/checkout@"), strings.Count(text, "persist-credentials: false"); checkouts != kept {
			t.Errorf("%s: %d checkouts, %d of them leave no credential", file, checkouts, kept)
		}
	}
}

// TestDependenciesAreFew guards rule SC-4: each additional module is a decision.
func TestDependenciesAreFew(t *testing.T) {
	raw, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	direct, all := 0, 0
	for _, line := range strings.Split(string(raw), "\n") {
		if !regexp.MustCompile(`^\t\S+ v\S+`).MatchString(line) {
			continue
		}
		all++
		if !strings.HasSuffix(line, "// indirect") {
			direct++
		}
	}
	// The 65th came with the Model Context Protocol's SDK: see docs/dependencies.md.
	if direct > 24 || all > 65 {
		t.Errorf("%d direct dependencies and %d in all, want at most 24 and 65", direct, all)
	}
	if direct < 10 {
		t.Errorf("found %d direct dependencies only: the search is broken", direct)
	}
	if regexp.MustCompile(`(?m)^replace\b`).Match(raw) {
		t.Error("go.mod replaces a module")
	}
}
