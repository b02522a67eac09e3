package desktop

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSaveTextKeepsWhatIsThere guards that an existing file with the same name is not
// changed.
func TestSaveTextKeepsWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct{ name, content, want string }{
		{"card.md", "one", "card.md"},
		{"card.md", "two", "card (2).md"},
		{"card.md", "three", "card (3).md"},
		{".env", "four", ".env"},
		{".env", "five", ".env (2)"},
	} {
		path, err := SaveText(folder, c.name, c.content)
		if err != nil || path != filepath.Join(folder, c.want) {
			t.Errorf("%s: %q, %v", c.want, path, err)
			continue
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != c.content {
			t.Errorf("%s: %q, %v", c.want, got, err)
		}
	}
	if path, err := SaveText(filepath.Join(folder, "none"), "card.md", ""); err == nil {
		t.Errorf("saved in %q", path)
	}
}
