package session

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestQueueKeepsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		var got []int
		for i := range 3 {
			written := q.begin()
			q.run(func() {
				time.Sleep(time.Second)
				got = append(got, i)
				written()
				written() // a second call has no effect
			})
		}
		other := q.begin()
		start := time.Now()
		time.AfterFunc(5*time.Second, other)
		q.wait()
		if took := time.Since(start); !slices.Equal(got, []int{0, 1, 2}) || took != 5*time.Second {
			t.Errorf("written %v after %v", got, took)
		}
		q.wait()
		again := q.begin()
		q.run(again)
		q.wait()
	})
}

func TestQueueEmpty(t *testing.T) {
	var q queue
	q.wait()
}
