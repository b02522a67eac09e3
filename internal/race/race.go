// Package race skips, with the race detector on, the tests in which the detector can find
// nothing: it makes them about ten times slower.
//
// Each of these tests calls [Skip] itself, with its reason; there is no separate list.
package race

import "testing"

// OneGoroutine is the reason of tests that compute in a single goroutine.
const OneGoroutine = "it computes on one goroutine"

// Skip skips a test while the race detector is on. The reason states why other tests
// reach all its combinations of goroutines.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if Enabled {
		t.Skip("left to the run without the race detector: " + reason)
	}
}

// Sample returns every nth row of a table while the race detector is on, and all rows
// otherwise: for rows that run the same code in the same goroutines.
func Sample[T any](table []T, n int) []T {
	if !Enabled {
		return table
	}
	var some []T
	for i := 0; i < len(table); i += n {
		some = append(some, table[i])
	}
	return some
}
