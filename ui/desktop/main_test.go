package desktop

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain guards that no goroutine outlives its test.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
