package core_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	mdLink  = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	anchor  = regexp.MustCompile(`<a (?:id|name)="([^"]+)"`)
)

// TestDocumentLinks guards that every link of the public documents leads to an existing
// file, an existing heading, or https.
func TestDocumentLinks(t *testing.T) {
	files, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := filepath.Glob("../docs/decisions/*.md")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../README.md", "../CHANGELOG.md", "../SECURITY.md", "../.github/CONTRIBUTING.md")
	files = append(files, decisions...)
	links := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mdLink.FindAllStringSubmatch(string(raw), -1) {
			links++
			if problem := follow(file, m[1]); problem != "" {
				t.Errorf("%s: %s: %s", file, m[1], problem)
			}
		}
	}
	if links < 20 {
		t.Errorf("found %d links only: the search is broken", links)
	}
}

func follow(file, target string) (problem string) {
	if strings.Contains(target, "://") {
		if !strings.HasPrefix(target, "https://") {
			return "not https"
		}
		return ""
	}
	path, fragment, _ := strings.Cut(target, "#")
	if path != "" {
		file = filepath.Join(filepath.Dir(file), path)
	}
	raw, err := os.ReadFile(file)
	switch {
	case err != nil:
		return "no such file"
	case fragment != "" && !hasAnchor(string(raw), fragment):
		return "no such heading"
	}
	return ""
}

func hasAnchor(text, fragment string) bool {
	for _, m := range anchor.FindAllStringSubmatch(text, -1) {
		if m[1] == fragment {
			return true
		}
	}
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		if slug(m[1]) == fragment {
			return true
		}
	}
	return false
}

// slug returns the anchor of a heading, as Markdown renderers make it.
func slug(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		case r == ' ':
			return '-'
		}
		return -1
	}, strings.ToLower(title))
}

// TestDocumentsNameNoMachine guards that the documents name nothing of the computer on
// which they were written.
func TestDocumentsNameNoMachine(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && ofAnotherModule(path) {
			return filepath.SkipDir
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, banned := range []string{"/root/", "/home/", "/tmp/"} {
			if strings.Contains(string(raw), banned) {
				t.Errorf("%s names a place on somebody's machine: %s", path, banned)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestDependenciesAreExplained guards that the documents give a reason for every direct
// module.
func TestDependenciesAreExplained(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	why, err := os.ReadFile("../docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	direct := 0
	for line := range strings.Lines(string(mod)) {
		fields := strings.Fields(line)
		if len(fields) != 2 || !strings.HasPrefix(fields[1], "v") {
			continue // an indirect module has a comment
		}
		direct++
		if !strings.Contains(string(why), "`"+fields[0]+"`") {
			t.Errorf("docs/dependencies.md does not say why %s is there", fields[0])
		}
	}
	if direct < 8 {
		t.Errorf("found %d direct dependencies only: the search is broken", direct)
	}
}
