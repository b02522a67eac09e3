package ui

import (
	"runtime/debug"
	"testing"

	"go.uber.org/goleak"
)

// TestMain guards that no goroutine outlives its window. Garbage is collected less often
// than usual, because hundreds of windows leave much of it.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	goleak.VerifyTestMain(m)
}
