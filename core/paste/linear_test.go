package paste

import (
	"runtime"
	"strings"
	"testing"
)

// TestReadAllocatesLinearly reads texts of one repeated unit in two lengths. Four times the
// text may allocate about four times as much; a copy of the whole for each unit allocates
// sixteen times as much. It guards against the words of a shell that were copied for each
// "=": 64 KiB took five seconds.
func TestReadAllocatesLinearly(t *testing.T) {
	const short, long = 16 << 10, 64 << 10
	for _, unit := range []string{
		"a = b ", "export a = b ", "a=b,", "--set tenant=1,", "(401) ", "a,b,c\n", "client secret: ", "~~a~~ ", "{a} ", "@{ a = 1; ",
		"tenant 12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91", "https://a.crm4.dynamics.com or ", "x <- y\n", "%3D", "a\tb\n", "echo $a\nb\n",
	} {
		few, many := allocated(unit, short), allocated(unit, long)
		if many > 9*few {
			t.Errorf("%q: %d KiB for %d KiB of text, and %d KiB for %d KiB", unit, few>>10, short>>10, many>>10, long>>10)
		}
	}
}

// allocated returns the bytes that reading size bytes of a repeated unit allocates.
func allocated(unit string, size int) uint64 {
	text := strings.Repeat(unit, size/len(unit))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Read(text)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
