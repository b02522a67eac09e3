//go:build !cgo || ci

package main

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui"
)

// place is nowhere where there is no screen.
func (*handle) place() (ui.Place, bool) { return ui.Place{}, false }

// putAt does nothing.
func (*handle) putAt(ui.Place, fyne.Size) bool { return false }

// fill does nothing.
func (*handle) fill() {}
