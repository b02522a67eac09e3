package ui

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestWritesKeepTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w writes
		var got []int
		for i := range 3 {
			written := w.begin()
			w.inTurn(func() {
				time.Sleep(time.Second)
				got = append(got, i)
				written()
				written() // counts once
			})
		}
		other := w.begin()
		start := time.Now()
		time.AfterFunc(5*time.Second, other)
		w.wait()
		if took := time.Since(start); !slices.Equal(got, []int{0, 1, 2}) || took != 5*time.Second {
			t.Errorf("written %v after %v", got, took)
		}
		w.wait()
		again := w.begin()
		w.inTurn(again)
		w.wait()
	})
}

func TestNothingToWrite(t *testing.T) {
	var w writes
	w.wait()
}
