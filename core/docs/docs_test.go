package docs_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/docs"
)

// documents returns the documents of the repository, as the window embeds them.
func documents(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	paths, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatal(err)
	}
	for _, path := range append(paths, "../../CHANGELOG.md") {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(filepath.ToSlash(path), "../../")] = &fstest.MapFile{Data: raw}
	}
	return files
}

var (
	href   = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	anchor = regexp.MustCompile(`id="([^"]*)"`)
)

// TestPageLinks guards that every link of an offline page leads to an existing page, and
// not to Markdown.
func TestPageLinks(t *testing.T) {
	pages, err := docs.Render(documents(t))
	if err != nil {
		t.Fatal(err)
	}
	anchors := map[string]bool{}
	for name, page := range pages {
		anchors[name] = true
		for _, m := range anchor.FindAllStringSubmatch(string(page), -1) {
			anchors[name+"#"+m[1]] = true
		}
	}
	inside := 0
	for name, page := range pages {
		for _, m := range href.FindAllStringSubmatch(string(page), -1) {
			target := m[1]
			if strings.HasPrefix(target, "https://") {
				continue
			}
			inside++
			if strings.HasPrefix(target, "#") {
				target = name + target
			}
			if !anchors[target] {
				t.Errorf("%s: %q leads nowhere", name, m[1])
			}
		}
	}
	if inside < 300 {
		t.Errorf("found %d links inside only: the search is broken", inside)
	}
}

// TestPagesLoadNothing guards that a page is the same offline.
func TestPagesLoadNothing(t *testing.T) {
	pages, err := docs.Render(documents(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range pages {
		for _, banned := range []string{"<script", "<img", "<link", "<iframe", "src=", "@import", "url(", "onclick", "javascript:"} {
			if strings.Contains(strings.ToLower(string(page)), banned) {
				t.Errorf("%s has %s", name, banned)
			}
		}
		for _, want := range []string{`content="default-src &#39;none&#39;; style-src &#39;sha256-`, "prefers-color-scheme: dark", `<html lang="en">`, "<h1", `aria-current="page"`} {
			if !strings.Contains(string(page), want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
}

func TestOneDocument(t *testing.T) {
	pages, err := docs.Render(fstest.MapFS{
		"docs/guide.md": {Data: []byte("# The <guide>\n\nSee [this](command.md#json) and [that](../CHANGELOG.md), [out](https://a.example/x.md).\n\n![A picture](p.png)\n\n## Second part\n\n| a | b |\n|---|---|\n| `x` | [c](#second-part) |\n")},
		"docs/extra.md": {Data: []byte("# More\n")},
		"CHANGELOG.md":  {Data: []byte("# Changes\n")},
		"docs/note.txt": {Data: []byte("no page")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"CHANGELOG.html", "extra.html", "guide.html"}, slices.Sorted(maps.Keys(pages))); diff != "" {
		t.Errorf("pages -want +got\n%s", diff)
	}
	got := string(pages[docs.First])
	for _, want := range []string{
		`<a href="command.html#json">this</a>`, `<a href="CHANGELOG.html">that</a>`, `<a href="https://a.example/x.md">out</a>`,
		`<p class="picture">A picture</p>`, `<h2 id="second-part">Second part</h2>`, `<td><code>x</code></td>`,
		`<title>The &lt;guide&gt; · S2S Doctor</title>`, `<a href="CHANGELOG.html">Changes</a>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %s:\n%s", want, got)
		}
	}
	if strings.Index(got, ">The &lt;guide&gt;</a>") > strings.Index(got, ">Changes</a>") {
		t.Error("the guide is not listed first")
	}
	if _, err := docs.Render(fstest.MapFS{"docs/extra.md": {Data: []byte("# More\n")}}); err == nil {
		t.Error("nobody says that there is no guide")
	}
}

// TestPagesAreThisUsersAlone guards the file modes, that a page of an older version is
// replaced, and that no partly written file remains.
func TestPagesAreThisUsersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s2sdoctor", "docs")
	for range 2 {
		first, err := docs.Write(documents(t), dir)
		if err != nil || first != filepath.Join(dir, "guide.html") {
			t.Fatalf("%q, %v", first, err)
		}
		if raw, err := os.ReadFile(first); err != nil || !strings.Contains(string(raw), "User guide") {
			t.Errorf("the first page is not the guide: %v", err)
		}
		if err := os.WriteFile(first, []byte("of an older version"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := docs.Write(documents(t), dir); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(f.Name()) != ".html" || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", f.Name(), info.Mode())
		}
	}
	if info, err := os.Stat(dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
	if _, err := docs.Write(documents(t), filepath.Join(dir, "guide.html", "below a file")); err == nil {
		t.Error("it is written where nothing can be")
	}
}
