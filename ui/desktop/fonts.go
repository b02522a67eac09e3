package desktop

import (
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

// LoadFonts has Fyne load the fonts of the two styles in which almost all text is
// written, on a goroutine of its own while the graphics driver starts; the first time
// on a computer Fyne looks at all of the system's fonts, which takes seconds. wait
// returns when they are loaded. LoadFonts must be called with the theme set. Before wait
// has returned no text may be measured or drawn, and Fyne's loop may not run: Fyne's
// caches have no locks, and a change of the theme clears them.
func LoadFonts() (wait func()) {
	done := make(chan struct{})
	go func() {
		defer crash.Guard(nil)
		defer close(done)
		for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
			fyne.MeasureText("S2S", theme.TextSize(), style)
		}
	}()
	return func() { <-done }
}

// PrepareCache creates the user's cache folder, in which Fyne creates its own. If it
// is missing, Fyne writes an error to its log at every start.
func PrepareCache() {
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(dir, 0o700)
	}
}
