package sample_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/internal/sample"
)

// TestHas guards the promise of the package for three tables of different lengths.
func TestHas(t *testing.T) {
	const n = 4
	tables := [3]int{4, 5, 9}
	type pair struct{ table, row, other, otherRow int }
	tried, all, pairs := 0, 0, map[pair]bool{}
	for i := range tables[0] {
		for j := range tables[1] {
			for k := range tables[2] {
				all++
				if !sample.Has(n, i, j, k) {
					continue
				}
				tried++
				pairs[pair{0, i, 1, j}], pairs[pair{0, i, 2, k}], pairs[pair{1, j, 2, k}] = true, true, true
			}
		}
	}
	if want := tables[0]*tables[1] + tables[0]*tables[2] + tables[1]*tables[2]; len(pairs) != want {
		t.Errorf("%d pairs of rows are tried, want %d", len(pairs), want)
	}
	if tried != all/n {
		t.Errorf("%d of %d combinations, want one in %d", tried, all, n)
	}
}
