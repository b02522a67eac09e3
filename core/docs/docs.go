// Package docs turns the documents into pages that a browser shows without a
// network, and puts them where only this user writes.
//
// It promises pages that load nothing from anywhere: no script, no picture, no
// font, and a Content-Security-Policy that holds them to it; that every link
// between documents leads to a page that is there; and that a page is replaced as
// a whole or not at all.
package docs

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// First is the page to open.
const First = "guide.html"

// order is how the documents are listed; what it does not name comes last.
var order = []string{"guide", "troubleshooting", "command", "security", "architecture", "contributing", "style", "dependencies", "CHANGELOG"}

// Write renders every Markdown document of a file system into dir, which it makes,
// and returns the path of the page to open. The error is that of reading, of
// rendering, or of writing.
func Write(documents fs.FS, dir string) (first string, err error) {
	pages, err := Render(documents)
	if err != nil {
		return "", err
	}
	dir, err = filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		if err := replace(filepath.Join(dir, name), pages[name]); err != nil {
			return "", err
		}
	}
	return filepath.Join(dir, First), nil
}

// Render returns the pages by the names of their files.
func Render(documents fs.FS) (map[string][]byte, error) {
	sources, err := read(documents)
	if err != nil {
		return nil, err
	}
	pages := map[string][]byte{}
	for _, d := range sources {
		body, err := d.html()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.name, err)
		}
		pages[d.page()] = frame(d, sources, body)
	}
	if pages[First] == nil {
		return nil, fmt.Errorf("there is no %s among the documents", First)
	}
	return pages, nil
}

// read finds the documents anywhere in the file system.
func read(documents fs.FS) ([]document, error) {
	var found []document
	err := fs.WalkDir(documents, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(file) != ".md" {
			return err
		}
		source, err := fs.ReadFile(documents, file)
		found = append(found, document{name: strings.TrimSuffix(path.Base(file), ".md"), source: source})
		return err
	})
	slices.SortFunc(found, func(a, b document) int { return a.rank() - b.rank() })
	return found, err
}

// replace writes a file as a whole, readable by this user alone.
func replace(path string, content []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".tmp-*") // 0600, whatever the umask
	if err != nil {
		return err
	}
	_, err = temp.Write(content)
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
	return err
}
