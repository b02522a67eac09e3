// Command manifests fills the manifests of package managers, which are templates in
// packaging, with the version, the addresses and the checksums of a release's files. It
// writes a manifest if all its files are there, and prints the names of the others.
//
//	manifests -version 1.0.0 -date 2026-11-22 -files dist/downloads -out dist/manifests
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// home is the address of the project.
const home = "https://github.com/s2sdoctor/s2sdoctor"

// folders are the folders of packaging that contain manifests.
var folders = []string{"winget", "scoop", "homebrew", "flatpak", "nix"}

// release has the values that a manifest contains about a release.
type release struct {
	version, date, home string
	// files is the folder with the files of the release.
	files string
}

func main() {
	var r release
	var templates, out string
	flag.StringVar(&r.version, "version", "", "the version, such as 1.0.0")
	flag.StringVar(&r.date, "date", "", "the day of the release, such as 2026-11-22")
	flag.StringVar(&r.home, "home", home, "the address of the repository")
	flag.StringVar(&r.files, "files", "", "the folder with the files of the release")
	flag.StringVar(&templates, "templates", "packaging", "the folder with the templates")
	flag.StringVar(&out, "out", "", "a new folder for the manifests")
	flag.Parse()
	if r.version == "" || r.date == "" || r.files == "" || out == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := r.write(os.Stdout, templates, out); err != nil {
		fmt.Fprintln(os.Stderr, "manifests:", err)
		os.Exit(1)
	}
}

// write fills all templates.
func (r release) write(log io.Writer, templates, out string) error {
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(templates, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(templates, path)
			if err != nil {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text, err := r.fill(string(raw))
			var missing *fs.PathError
			if errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist) {
				fmt.Fprintf(log, "no %s: there is no %s\n", name, filepath.Base(missing.Path))
				return nil
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			target := filepath.Join(out, name)
			if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
				return err
			}
			return os.WriteFile(target, []byte(text), 0o644)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// place is a placeholder: @NAME@, or @NAME FILE@ for the checksum of a file.
var place = regexp.MustCompile(`@([A-Z0-9]+)( [^@\s]+)?@`)

// fill replaces the placeholders of a template.
func (r release) fill(template string) (string, error) {
	text := strings.ReplaceAll(template, "@VERSION@", r.version)
	var first error
	text = place.ReplaceAllStringFunc(text, func(found string) string {
		parts := place.FindStringSubmatch(found)
		value, err := r.value(parts[1], strings.TrimPrefix(parts[2], " "))
		if err != nil && first == nil {
			first = err
		}
		return value
	})
	return text, first
}

func (r release) value(name, file string) (string, error) {
	switch {
	case name == "DATE" && file == "":
		return r.date, nil
	case name == "HOME" && file == "":
		return r.home, nil
	case name == "DOWNLOADS" && file == "":
		return r.home + "/releases/download/v" + r.version, nil
	case name == "SHA256" && file != "":
		sum, err := r.sum(file)
		return hex.EncodeToString(sum), err
	case name == "SRI" && file != "":
		sum, err := r.sum(file)
		return "sha256-" + base64.StdEncoding.EncodeToString(sum), err
	}
	return "", fmt.Errorf("there is no placeholder @%s %s@", name, file)
}

func (r release) sum(file string) ([]byte, error) {
	f, err := os.Open(filepath.Join(r.files, file))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, f)
	return hash.Sum(nil), err
}
