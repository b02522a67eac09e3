// Package sample thins out tests that would try every combination of two or more tables.
//
// It promises that every row of every table is still tried, and that all combinations are
// with -args -every.
package sample

import "flag"

var every = flag.Bool("every", false, "try every combination, and not a sample of them")

// Every reports whether every combination is to be tried.
func Every() bool { return *every }

// Has reports whether the combination of rows with these indexes is in the sample, one in
// n. The indexes are added up: next to each other in a table means another part of the
// others, and with a table of n rows or more each combination of the others is tried once
// at least.
func Has(n int, indexes ...int) bool {
	sum := 0
	for _, i := range indexes {
		sum += i
	}
	return *every || sum%n == 0
}
