// Package race leaves tests out of the run with the race detector in which it can find
// nothing: it makes them about ten times as slow.
//
// It promises that they are left out by themselves, each with its reason, and by no
// list elsewhere.
package race

import "testing"

// OneGoroutine is the reason of tests that compute.
const OneGoroutine = "it computes on one goroutine"

// Skip skips a test while the race detector is on. The reason states why no goroutine
// meets another in it that another test does not reach.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if Enabled {
		t.Skip("left to the run without the race detector: " + reason)
	}
}

// Sample returns every nth row of a table while the race detector is on, and all of
// them otherwise: for rows that take the same way through the same goroutines.
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
