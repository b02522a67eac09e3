package core_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
)

func TestGateLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var gate core.Gate
		var mu sync.Mutex
		var group sync.WaitGroup
		now, most := map[string]int{}, map[string]int{}
		change := func(name string, by int) {
			mu.Lock()
			defer mu.Unlock()
			now[name] += by
			most[name] = max(most[name], now[name])
		}
		for i := range 60 {
			host := fmt.Sprintf("org%d", i%20)
			group.Go(func() {
				leave, err := gate.Enter(t.Context(), host)
				if err != nil {
					t.Error(err)
					return
				}
				change(host, 1)
				change("all", 1)
				time.Sleep(time.Second)
				change("all", -1)
				change(host, -1)
				leave()
			})
		}
		start := time.Now()
		group.Wait()
		for name, n := range most {
			if want := map[bool]int{true: core.MaxConcurrent, false: 1}[name == "all"]; n != want {
				t.Errorf("%s: %d at once, want %d", name, n, want)
			}
		}
		// 60 examinations of a second, eight in parallel: an examination that waits for a
		// host occupies no slot.
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("took %s", took)
		}
	})
}

func TestGateEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var gate core.Gate
		leave, err := gate.Enter(t.Context(), "org1")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := gate.Enter(ctx, "org1"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("entered twice: %v", err)
		}
		leave()
		// The examination that gave up has released its slot.
		again, err := gate.Enter(t.Context(), "org1")
		if err != nil {
			t.Fatal(err)
		}
		again()
	})
}

func TestGateWithoutAHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var gate core.Gate
		for range core.MaxConcurrent {
			leave, err := gate.Enter(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			defer leave()
		}
	})
}
