package core_test

import (
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// rules are the allowed directions of imports, each with the reason that a failure
// prints.
var rules = []struct {
	name string
	from func(dir string) bool
	ban  func(path string) bool
	why  string
}{
	{
		"core knows no toolkit", under("core"), prefix("fyne.io/", "github.com/s2sdoctor/s2sdoctor/ui"),
		"the command, the tests and the sandbox run without a window",
	},
	{
		"ui asks nobody", under("ui"),
		func(p string) bool {
			return p == "net/http" || p == "net" || strings.HasPrefix(p, "github.com/AzureAD/") || p == "github.com/pkg/browser" ||
				strings.HasPrefix(p, "github.com/zalando/")
		},
		"what the window shows comes in through its Deps",
	},
	{
		// The empty window, with which make bench compares ours, is a separate program
		// under a build tag.
		"only main opens windows", func(dir string) bool { return dir != "." && dir != "bench/empty" },
		func(p string) bool { return p == "fyne.io/fyne/v2/app" },
		"everything else then builds and tests without cgo",
	},
	{
		"the window does not know the system", func(dir string) bool {
			return under("ui")(dir) && dir != "ui/desktop"
		},
		prefix("github.com/s2sdoctor/s2sdoctor/ui/desktop", "github.com/go-gl/"),
		"main connects the two; the window's tests need no system",
	},
	{
		"the system does not know the window", func(dir string) bool { return dir == "ui/desktop" },
		func(p string) bool {
			return p == "github.com/s2sdoctor/s2sdoctor/ui" || strings.HasPrefix(p, "github.com/s2sdoctor/s2sdoctor/ui/") && p != "github.com/s2sdoctor/s2sdoctor/ui/i18n"
		},
		"it can be read, tested and replaced alone",
	},
	{
		"layouts know no control", func(dir string) bool { return dir == "ui/layout" },
		func(p string) bool {
			return strings.HasPrefix(p, "github.com/s2sdoctor/s2sdoctor/") && p != "github.com/s2sdoctor/s2sdoctor/ui/theme"
		},
		"a layout asks an object for its size, whatever it is",
	},
	{
		"controls know no screen", func(dir string) bool { return dir == "ui/kit" },
		func(p string) bool {
			return strings.HasPrefix(p, "github.com/s2sdoctor/s2sdoctor/") && p != "github.com/s2sdoctor/s2sdoctor/ui/theme" &&
				p != "github.com/s2sdoctor/s2sdoctor/ui/layout" && p != "github.com/s2sdoctor/s2sdoctor/ui/i18n"
		},
		"they show what they are given",
	},
	{
		"leaves stay leaves",
		func(dir string) bool {
			return dir == "core/secret" || dir == "core/cloud" || dir == "core/catalog" || dir == "core/text" ||
				dir == "core/certificate" || dir == "core/plain" || dir == "core/guid" || dir == "core/placeholder" || dir == "core/connstring"
		},
		prefix("github.com/s2sdoctor/s2sdoctor/core/transport", "github.com/s2sdoctor/s2sdoctor/core/exam", "github.com/s2sdoctor/s2sdoctor/core/entra", "github.com/s2sdoctor/s2sdoctor/core/dataverse", "github.com/s2sdoctor/s2sdoctor/core/connection", "github.com/s2sdoctor/s2sdoctor/core/paste", "net/http/httptest"),
		"everybody builds on them",
	},
	{
		"parts do not know the examination", func(dir string) bool {
			return dir == "core/entra" || dir == "core/dataverse" || dir == "core/transport" || dir == "core/connection" || dir == "core/paste" || dir == "core/importer" || dir == "core/consent"
		},
		prefix("github.com/s2sdoctor/s2sdoctor/core/exam", "github.com/s2sdoctor/s2sdoctor/core/sandbox", "github.com/s2sdoctor/s2sdoctor/core/guide"),
		"gathering knows nothing of judging",
	},
	{
		"the form does not know what is pasted", func(dir string) bool { return dir == "core/connection" },
		prefix("github.com/s2sdoctor/s2sdoctor/core/paste", "github.com/s2sdoctor/s2sdoctor/core/importer"),
		"paste fills a form and judges by its rules",
	},
	{
		"the report knows the examination and explanations only", func(dir string) bool { return dir == "core/report" },
		func(p string) bool {
			allowed := p == "github.com/s2sdoctor/s2sdoctor/core/exam" || p == "github.com/s2sdoctor/s2sdoctor/core/catalog" ||
				p == "github.com/s2sdoctor/s2sdoctor/core/explain" || p == "github.com/s2sdoctor/s2sdoctor/core/jsondoc" ||
				p == "github.com/s2sdoctor/s2sdoctor/core/text"
			return p == "net" || p == "net/http" || p == "os" || strings.Contains(p, ".") && !allowed
		},
		"a format writes what was found, and finds nothing",
	},
	{
		"an export asks nobody", func(dir string) bool { return dir == "core/export" },
		prefix("github.com/s2sdoctor/s2sdoctor/core/transport", "github.com/s2sdoctor/s2sdoctor/core/exam", "net"),
		"it is written from the form alone",
	},
	{
		"the examination does not know the sandbox", func(dir string) bool { return dir == "core/exam" },
		prefix("github.com/s2sdoctor/s2sdoctor/core/sandbox"),
		"the product's code path is the same for the cloud",
	},
	{
		"the sandbox's server knows no form and no lesson", func(dir string) bool { return dir == "core/sandbox" },
		prefix(
			"github.com/s2sdoctor/s2sdoctor/core/connection", "github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario",
			"github.com/s2sdoctor/s2sdoctor/core/exam", "github.com/s2sdoctor/s2sdoctor/core/paste", "github.com/s2sdoctor/s2sdoctor/core/profile",
			"github.com/s2sdoctor/s2sdoctor/core/entra", "github.com/s2sdoctor/s2sdoctor/core/dataverse", "github.com/s2sdoctor/s2sdoctor/core/catalog",
		),
		"other programs are served as well; what a scenario does to a form is the scenario's",
	},
	{
		"the query engine is a leaf", func(dir string) bool { return dir == "core/sandbox/odata" },
		func(p string) bool {
			allowed := p == "github.com/s2sdoctor/s2sdoctor/core/guid" || p == "github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
			return p == "net" || p == "net/http" || strings.Contains(p, ".") && !allowed
		},
		"it reads text and rows, and is tested without a server",
	},
	{
		"Markdown stays in the manual", func(dir string) bool { return dir != "core/docs" },
		prefix("github.com/yuin/goldmark"),
		"it is for our own documents, and lets their HTML through",
	},
	{
		"only ui/desktop and main have the manual and the system's dialogs", func(dir string) bool { return dir != "." && dir != "ui/desktop" },
		prefix("github.com/s2sdoctor/s2sdoctor/core/docs", "github.com/ncruces/zenity"),
		"the window asks for them through its Deps, and the command has neither",
	},
	{
		"replay is for tests", func(dir string) bool { return true },
		prefix("github.com/s2sdoctor/s2sdoctor/core/record/replay"),
		"the programs write records and repeat none",
	},
	{
		"MSAL stays in entra", func(dir string) bool { return dir != "core/entra" },
		prefix("github.com/AzureAD/"),
		"its errors hold the secret and must be converted in one place",
	},
}

func TestArrowsPointOneWay(t *testing.T) {
	seen := 0
	walk(t, func(dir, file string, imports []string) {
		// A test may import more than the code.
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		seen++
		for _, rule := range rules {
			if !rule.from(dir) {
				continue
			}
			for _, path := range imports {
				if rule.ban(path) {
					t.Errorf("%s: %s imports %s: %s", rule.name, file, path, rule.why)
				}
			}
		}
	})
	if seen < 20 {
		t.Errorf("looked at %d files only: the walk is broken", seen)
	}
}

func TestEveryPackageStatesItsPromise(t *testing.T) {
	for _, dir := range packages(t) {
		pkg, err := build.ImportDir(filepath.Join("..", dir), build.ImportComment)
		if err != nil {
			continue // the folder has only tests or data
		}
		if pkg.Doc == "" {
			t.Errorf("package %s has no package comment", dir)
		}
	}
}

// TestArchitectureDocument guards that docs/architecture.md lists every package of the
// product and no deleted package, and each package above the packages that it imports.
func TestArchitectureDocument(t *testing.T) {
	data, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	list, _, _ := strings.Cut(string(data), "```mermaid")
	dirs, place := product(t), map[string]int{}
	for line := range strings.Lines(list) {
		if first := strings.Fields(line); len(first) > 1 && (under("core")(first[0]) || under("ui")(first[0])) {
			place[first[0]] = len(place) + 1
		}
	}
	for dir := range dirs {
		if place[dir] == 0 {
			t.Errorf("docs/architecture.md does not list %s", dir)
		}
	}
	for name := range place {
		if !dirs[name] {
			t.Errorf("docs/architecture.md lists %s, which does not exist", name)
		}
	}
	walk(t, func(dir, file string, imports []string) {
		for _, path := range imports {
			imported := strings.TrimPrefix(path, "github.com/s2sdoctor/s2sdoctor/")
			if !strings.HasSuffix(file, "_test.go") && place[dir] > place[imported] && place[imported] > 0 {
				t.Errorf("%s imports %s, which docs/architecture.md lists above it", file, imported)
			}
		}
	})
}

// product returns the packages of the programs, without commands that generate code and
// packages for tests.
func product(t *testing.T) map[string]bool {
	t.Helper()
	dirs := map[string]bool{}
	walk(t, func(dir, file string, _ []string) {
		generator := strings.HasPrefix(dir, "core/catalog/gen")
		if (under("core")(dir) || under("ui")(dir)) && !strings.Contains(dir, "internal") && !generator && !strings.HasSuffix(file, "_test.go") {
			dirs[dir] = true
		}
	})
	return dirs
}

func under(folder string) func(string) bool {
	return func(dir string) bool { return dir == folder || strings.HasPrefix(dir, folder+"/") }
}

func prefix(prefixes ...string) func(string) bool {
	return func(path string) bool {
		for _, p := range prefixes {
			if strings.HasPrefix(path, p) {
				return true
			}
		}
		return false
	}
}

// walk calls visit for every Go file of the module, with its imports.
func walk(t *testing.T, visit func(dir, file string, imports []string)) {
	t.Helper()
	race.Skip(t, "it reads the source")
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && ofAnotherModule(path) {
			return filepath.SkipDir
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, i := range parsed.Imports {
			imports = append(imports, strings.Trim(i.Path.Value, `"`))
		}
		rel, err := filepath.Rel("..", filepath.Dir(path))
		visit(filepath.ToSlash(rel), path, imports)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ofAnotherModule reports whether a folder below ".." belongs to another module, of Go or
// of Node.
func ofAnotherModule(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "go.mod"))
	return err == nil && folder != ".." || filepath.Base(folder) == "node_modules"
}

func packages(t *testing.T) []string {
	t.Helper()
	dirs := map[string]bool{}
	walk(t, func(dir, _ string, _ []string) { dirs[dir] = true })
	var list []string
	for dir := range dirs {
		list = append(list, dir)
	}
	return list
}
