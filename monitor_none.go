//go:build !cgo || ci

package main

// monitor knows nothing where there is no screen.
func monitor() (width, height int, ok bool) { return 0, 0, false }
