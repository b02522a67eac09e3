package ui

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain guards that no goroutine outlives its window.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
