package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// files are the files of a release.
var files = []string{
	"s2sdoctor-1.2.3-windows-amd64.zip", "s2sdoctor-1.2.3-linux-amd64.tar.gz", "s2sdoctor-1.2.3-source.tar.gz", "s2sdoctor-1.2.3-macos-universal.zip",
	"s2scheck-1.2.3-linux-amd64", "s2scheck-1.2.3-linux-arm64", "s2scheck-1.2.3-darwin-amd64", "s2scheck-1.2.3-darwin-arm64",
	"s2scheck-1.2.3-windows-amd64.exe", "s2scheck-1.2.3-windows-arm64.exe",
}

// made fills the manifests of a release that lacks the file without, and returns the
// manifests by name.
func made(t *testing.T, without string) (manifests map[string]string, log string) {
	t.Helper()
	folder, out := t.TempDir(), t.TempDir()
	for _, name := range files {
		if name == without {
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var said bytes.Buffer
	r := release{version: "1.2.3", date: "2026-11-22", home: "https://example.invalid/project", files: folder}
	if err := r.write(&said, "../../packaging", out); err != nil {
		t.Fatal(err)
	}
	manifests = map[string]string{}
	err := filepath.WalkDir(out, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		name, _ := filepath.Rel(out, path)
		manifests[filepath.ToSlash(name)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return manifests, said.String()
}

// address matches the address of a release file, before its checksum.
var address = regexp.MustCompile(`releases/download/v1\.2\.3/([A-Za-z0-9.-]+)`)

// TestManifests guards that every manifest has valid syntax and no placeholder, and that
// each file in it has its own checksum.
func TestManifests(t *testing.T) {
	manifests, log := made(t, "")
	if len(manifests) != 12 || log != "" {
		t.Errorf("%d manifests: %s", len(manifests), log)
	}
	for name, text := range manifests {
		if strings.Contains(text, "@VERSION@") || place.MatchString(text) {
			t.Errorf("%s keeps a placeholder:\n%s", name, text)
		}
		var err error
		switch filepath.Ext(name) {
		case ".json":
			err = json.Unmarshal([]byte(text), new(map[string]any))
		case ".yaml", ".yml":
			err = yaml.Unmarshal([]byte(text), new(map[string]any))
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, found := range address.FindAllStringSubmatch(text, -1) {
			sum := sha256.Sum256([]byte(found[1]))
			if !strings.Contains(text, hex.EncodeToString(sum[:])) && !strings.HasSuffix(name, ".nix") {
				t.Errorf("%s names %s without its checksum", name, found[1])
			}
		}
	}
	// printf s2scheck-1.2.3-linux-amd64 | openssl dgst -sha256 -binary | base64
	if !strings.Contains(manifests["nix/flake.nix"], `hash = "sha256-u+4WlIch1NlKcwuuhCKXChtiAV52L6Shw5OWtQuaNBc="`) {
		t.Error(manifests["nix/flake.nix"])
	}
}

// TestManifestOfMissingFile guards that a manifest is left out, and its name printed, if
// a file is missing.
func TestManifestOfMissingFile(t *testing.T) {
	manifests, log := made(t, "s2sdoctor-1.2.3-macos-universal.zip")
	if _, ok := manifests["homebrew/s2sdoctor.rb"]; ok || len(manifests) != 11 {
		t.Errorf("%d manifests", len(manifests))
	}
	if want := "no homebrew/s2sdoctor.rb: there is no s2sdoctor-1.2.3-macos-universal.zip\n"; log != want {
		t.Errorf("%q", log)
	}
}

func TestUnknownPlaceholder(t *testing.T) {
	for _, template := range []string{"@NAME@", "@SHA256@", "@DATE file@"} {
		if text, err := (release{}).fill(template); err == nil {
			t.Errorf("%s became %q", template, text)
		}
	}
}
