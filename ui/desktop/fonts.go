package desktop

import (
	"os"

	"github.com/go-text/typesetting/fontscan"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

// PreloadFonts starts reading the system's list of fonts on another processor while
// the window is built. Fyne needs the list for its first text, and both use the same
// sync.Once; the first time on a computer it takes seconds.
func PreloadFonts() {
	go func() {
		defer crash.Guard(nil)
		_ = fontscan.NewFontMap(discard{}).UseSystemFonts("") // Fyne reports its error
	}()
}

// discard is a logger for messages about fonts that cannot be read.
type discard struct{}

func (discard) Printf(string, ...any) {}

// PrepareCache creates the user's cache folder, in which Fyne creates its own. If it
// is missing, Fyne writes an error to its log at every start.
func PrepareCache() {
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(dir, 0o700)
	}
}
