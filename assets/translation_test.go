package assets

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTranslation guards that each packed translation equals its JSON file.
func TestTranslation(t *testing.T) {
	files, err := filepath.Glob("translations/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d translations, %v", len(files), err)
	}
	for _, file := range files {
		written, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		language := strings.TrimSuffix(filepath.Base(file), ".json")
		if *update {
			if err := os.WriteFile(file+".gz", pack(t, written), 0o644); err != nil {
				t.Fatal(err)
			}
			continue // the next run compares it
		}
		if got, err := Translation(language); err != nil || !bytes.Equal(got, written) {
			t.Errorf("%s.gz is not %s (%v): make pack", file, file, err)
		}
	}
	if packed, _ := filepath.Glob("translations/*.json.gz"); len(packed) != len(files) {
		t.Errorf("%d translations, and %d packed ones", len(files), len(packed))
	}
	if _, err := Translation("tlh"); err == nil {
		t.Error("a language that there is not has a translation")
	}
}

// pack compresses text. Equal texts give equal bytes.
func pack(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
