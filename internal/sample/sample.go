// Package sample reduces tests that would try every combination of the rows of two or
// more tables.
//
// Every row of every table is still tried. With -args -every, all combinations are tried.
package sample

import "flag"

var every = flag.Bool("every", false, "try every combination, and not a sample of them")

// Every reports whether every combination is to be tried.
func Every() bool { return *every }

// Has reports whether the combination of rows with these indexes is in the sample, which
// holds one in n combinations. It adds the indexes, so that neighbouring rows of a table
// meet different rows of the others. With a table of n rows or more, each combination of
// the others is tried at least once.
func Has(n int, indexes ...int) bool {
	sum := 0
	for _, i := range indexes {
		sum += i
	}
	return *every || sum%n == 0
}
