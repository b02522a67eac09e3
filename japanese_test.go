package main

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/theme"
)

// TestJapaneseNeedsLetters guards that a font's name is not taken for its
// letters: the bundled font has no kana, whatever its file is called.
func TestJapaneseNeedsLetters(t *testing.T) {
	folder := t.TempDir()
	if hasJapanese([]string{folder, filepath.Join(folder, "missing")}) {
		t.Error("found letters where there is no font")
	}
	for name, content := range map[string][]byte{
		"NotoSansCJK-Regular.ttc": theme.DefaultTextFont().Content(),
		"msgothic.ttc":            []byte("no font"),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if hasJapanese([]string{folder}) {
		t.Error("took a name for letters")
	}
}
