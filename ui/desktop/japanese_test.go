package desktop

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/theme"
)

// TestJapaneseNeedsLetters guards that the name of a font file is not enough: the bundled
// font has no kana.
func TestJapaneseNeedsLetters(t *testing.T) {
	folder := t.TempDir()
	if hasJapanese([]string{folder, filepath.Join(folder, "missing")}) {
		t.Error("letters are found without a font")
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
		t.Error("letters are found in fonts that have none")
	}
}
