//go:build !race

package core_test

// underRace is true if the race detector is on.
const underRace = false
