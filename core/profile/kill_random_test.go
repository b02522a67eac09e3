package profile

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

var kills = flag.Int("kills", 30, "how many processes TestKilledAtRandom kills")

// TestKilledAtRandom kills processes that save, replace, rename, delete and duplicate
// connections without pause, one to three in parallel. At the next start each of them has
// every action that it reported as done, and at most one more.
func TestKilledAtRandom(t *testing.T) { killAtRandom(t, newPlace(t), 20*time.Millisecond) }

// killAtRandom kills each program within patience after its start.
func killAtRandom(t *testing.T, p place, patience time.Duration) {
	var killed, done int
	for round := 0; killed < *kills && !t.Failed(); round++ {
		writers := make([]*exec.Cmd, 1+round%3)
		reported := make([]bytes.Buffer, len(writers))
		before := p.open().contents(t.Context())
		for i := range writers {
			writers[i] = p.child(t, "TestKilledWriter", "S2S_KILL_WRITER="+strconv.Itoa(i), "S2S_KILL_SEED="+strconv.Itoa(round))
			writers[i].Stdout = &reported[i]
			check(writers[i].Start())
		}
		for _, i := range rand.Perm(len(writers)) {
			<-time.After(rand.N(patience))
			check(writers[i].Process.Kill())
			_ = writers[i].Wait()
			if code := writers[i].ProcessState.ExitCode(); code != killedCode() {
				t.Fatalf("writer %d ended by itself with status %d:\n%s", i, code, reported[i].String())
			}
			killed++
		}
		s := p.open()
		after := s.contents(t.Context())
		for i := range writers {
			w := newWriter(i, round, before)
			reports := strings.Count(reported[i].String(), "done\n")
			for range reports {
				w.next()
			}
			want := []contents{maps.Clone(w.state)}
			w.next()
			if got := w.own(after); !oneOf(got, append(want, w.state)) {
				t.Errorf("round %d: writer %d has %v; after %d actions want one of %v", round, i, got, reports, append(want, w.state))
			}
			done += reports
		}
		checkShared(t, s)
		p.checkNothingLeft(t)
	}
	t.Logf("%d kills in %d actions", killed, done)
}

// killedCode returns the exit code of a killed process.
func killedCode() int {
	if runtime.GOOS == "windows" {
		return 1 // os.Process.Kill passes it to TerminateProcess; a panic is 2
	}
	return -1
}

// checkShared checks that the connection which all writers save has fields and secret of
// the same save.
func checkShared(t *testing.T, s *Store) {
	t.Helper()
	l, err := s.Load(t.Context(), "shared")
	if errors.Is(err, ErrNoProfile) {
		return
	}
	if plain := open(l.Form.Secret); err != nil || plain != killCanary+l.Form.ClientID {
		t.Errorf("the application %s has the secret %q: %v", l.Form.ClientID, plain, err)
	}
}

// TestKilledWriter runs a process of TestKilledAtRandom; without a place it does nothing.
func TestKilledWriter(t *testing.T) {
	p, ok := childPlace()
	if !ok {
		return
	}
	s := p.open()
	w := newWriter(must(strconv.Atoi(os.Getenv("S2S_KILL_WRITER"))), must(strconv.Atoi(os.Getenv("S2S_KILL_SEED"))), s.contents(t.Context()))
	for {
		check(w.next()(s))
		must(os.Stdout.WriteString("done\n"))
	}
}

// writer generates actions on its own connections. The same seed generates the same
// actions, so that the parent can compute the expected state.
type writer struct {
	prefix string
	random *rand.Rand
	state  contents
	count  int
	seed   int
}

func newWriter(id, seed int, all contents) *writer {
	w := &writer{prefix: fmt.Sprintf("writer %d: ", id), random: rand.New(rand.NewPCG(uint64(id), uint64(seed))), seed: seed}
	w.state = w.own(all)
	return w
}

func (w *writer) own(all contents) contents {
	own := maps.Clone(all)
	maps.DeleteFunc(own, func(name, _ string) bool { return !strings.HasPrefix(name, w.prefix) })
	return own
}

// next applies the next action to the state and returns it.
func (w *writer) next() func(*Store) error {
	w.count++
	ctx := context.Background()
	names := slices.Sorted(maps.Keys(w.state))
	to := w.prefix + strconv.Itoa(w.random.IntN(6))
	from := to
	if len(names) > 0 {
		from = names[w.random.IntN(len(names))]
	}
	_, taken := w.state[to]
	choice := w.random.IntN(10)
	switch {
	case choice == 0:
		return w.saveShared
	case choice < 5 || len(names) == 0 || choice < 9 && taken:
		mark := fmt.Sprintf("%s%d/%d", w.prefix, w.seed, w.count)
		if choice == 1 {
			mark += long
		}
		w.state[to] = killCanary + " " + mark
		return func(s *Store) error { _, err := s.Save(ctx, to, killForm(mark)); return err }
	case choice < 7:
		w.state[to] = w.state[from]
		delete(w.state, from)
		return func(s *Store) error { return s.Rename(ctx, from, to) }
	case choice < 9:
		w.state[to] = w.state[from]
		return func(s *Store) error { _, err := s.Duplicate(ctx, from, to); return err }
	default:
		delete(w.state, from)
		return func(s *Store) error { return s.Forget(ctx, from) }
	}
}

// saveShared saves or deletes the connection that all writers share.
func (w *writer) saveShared(s *Store) error {
	f := form()
	f.ClientID = fmt.Sprintf("%08d-8a4f-4d3c-9b2e-0f1a2b3c4d5e", w.count)
	f.Secret = secret.New(killCanary + f.ClientID)
	if w.count%3 > 0 {
		_, err := s.Save(context.Background(), "shared", f)
		return err
	}
	if err := s.Forget(context.Background(), "shared"); !errors.Is(err, ErrNoProfile) {
		return err
	}
	return nil
}
