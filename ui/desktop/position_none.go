//go:build !cgo || ci

package desktop

import "fyne.io/fyne/v2"

// Position reports that there is no screen.
func (*Window) Position() (Position, bool) { return Position{}, false }

// RequestPosition returns false: there is no screen.
func (*Window) RequestPosition(Position, fyne.Size) bool { return false }

// Restore does nothing.
func (*Window) Restore() {}
