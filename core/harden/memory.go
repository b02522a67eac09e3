package harden

import (
	"math"
	"runtime/debug"
)

// memory is how much memory the Go runtime may use before it collects garbage more
// often than it would, in bytes. An answer of ten megabytes is copied a few times
// on its way; without a limit the copies stay until as much again is in use.
const memory = 72 << 20

// Memory makes the garbage collector keep the process small regardless of what the services
// answer. It is a goal, not a bound: nothing fails beyond it. GOMEMLIMIT, where
// set, counts instead: the runtime's own limit is then below math.MaxInt64.
func Memory() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(memory)
	}
}

// Allow adds to the goal of [Memory] what a run keeps until its end: near its goal, the
// collector takes up to half of the time.
func Allow(bytes int64) {
	if now := debug.SetMemoryLimit(-1); now == memory {
		debug.SetMemoryLimit(now + bytes)
	}
}
