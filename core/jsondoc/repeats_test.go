package jsondoc

import "testing"

func TestRepeats(t *testing.T) {
	for doc, want := range map[string]bool{
		`{"a":1,"b":2}`:                 false,
		`{"a":1,"a":2}`:                 true,
		`{"a":"a","b":"a"}`:             false,
		`{"a":{"a":1},"b":[{"a":1}]}`:   false,
		`{"x":[{"a":1},{"a":2}]}`:       false,
		`{"x":[{"a":1,"b":{},"a":2}]}`:  true,
		`{"x":{"y":["x","x"],"z":"x"}}`: false,
		`{"x":[],"y":{},"x":0}`:         true,
		`{"":1,"":2}`:                   true,
		`["a","a"]`:                     false,
		`{"a":1,"\u0061":2}`:            true,
		`{"a":1`:                        false,
		`{"a":1}{"a":1}`:                false,
	} {
		if got := Repeats([]byte(doc)); got != want {
			t.Errorf("%s: %t", doc, got)
		}
	}
}
