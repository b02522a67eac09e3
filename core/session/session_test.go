package session

import (
	"testing"
	"testing/synctest"
)

// TestUpdatePublishesOnce guards the promise of one state for each change: nested updates
// are a single change, and a change by an observer is another.
func TestUpdatePublishesOnce(t *testing.T) {
	s := New(Deps{})
	defer s.Close()
	published := 0
	s.Observe(func(State) { published++ })
	s.update(func(*State) { s.update(func(*State) {}) })
	if published != 2 { // the first by Observe
		t.Errorf("published %d times, want 2", published)
	}
	again := true
	s.Observe(func(State) {
		if again {
			again = false
			s.update(func(*State) {})
		}
	})
	if published != 3 {
		t.Errorf("published %d times, want 3", published)
	}
}

func TestBackgroundPanicIsReported(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // for the note
	synctest.Test(t, func(t *testing.T) {
		var l loop
		s := New(Deps{Scheduler: &l})
		defer s.Close()
		var got []Event
		s.Listen(func(e Event) { got = append(got, e) })
		failed := false
		s.background(func() func() { panic("a fault") }, func() { failed = true })
		l.pump()
		if len(got) != 1 {
			t.Fatalf("%d events, want 1", len(got))
		}
		if n, ok := got[0].(*Notice); !ok || n.Tone != Bad {
			t.Errorf("got %+v", got[0])
		}
		if !failed {
			t.Error("failed did not run")
		}
	})
}

func TestLatestDropsOlderResults(t *testing.T) {
	var l latest
	first, one := l.begin(t.Context())
	_, two := l.begin(t.Context())
	if first.Err() == nil || l.is(one) || !l.is(two) {
		t.Errorf("after the second begin: first %v, is(one) %v, is(two) %v", first.Err(), l.is(one), l.is(two))
	}
	l.interrupt()
	if !l.is(two) {
		t.Error("the result of interrupted work is dropped")
	}
	l.end()
	if l.is(two) || l.active() {
		t.Error("the result of ended work counts")
	}
}
