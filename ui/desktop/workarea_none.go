//go:build !cgo || ci

package desktop

// WorkArea reports that there is no screen.
func WorkArea() (width, height int, ok bool) { return 0, 0, false }
