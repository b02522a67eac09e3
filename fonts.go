package main

import (
	"github.com/go-text/typesetting/fontscan"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

// readFonts begins to read the system's list of fonts, which Fyne waits for at
// its first word, while the window is made by another processor. Both go through
// the same sync.Once; on a computer's first start the list takes seconds.
func readFonts() {
	go func() {
		defer crash.Guard(nil)
		_ = fontscan.NewFontMap(silence{}).UseSystemFonts("") // Fyne says what is wrong with it
	}()
}

// silence takes the log of a search that is none of a person's business.
type silence struct{}

func (silence) Printf(string, ...any) {}
