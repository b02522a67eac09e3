package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// maxMemory is the most memory in bytes that an examination may use, for any responses.
const maxMemory = 120 << 20

// siege runs s2scheck against hostile servers, several at a time, and keeps the
// worst figures.
type siege struct {
	t     *testing.T
	slots chan struct{}
	group sync.WaitGroup

	mu      sync.Mutex
	runs    int
	overrun time.Duration
	slowest string
	memory  int64
	hungry  string
}

func newSiege(t *testing.T, sideBySide int) *siege {
	return &siege{t: t, slots: make(chan struct{}, sideBySide)}
}

// wish is how the end is requested: by --timeout, or by a signal after reached is closed.
// If reached is nil, the signal is sent after a second. A timeout of 0 means
// [siegeTimeout].
type wish struct {
	timeout time.Duration
	signal  os.Signal
	reached <-chan struct{}
}

const siegeTimeout = 2 * time.Second

// run examines the fake's connection through a proxy and requests the end.
func (s *siege) run(world *fakeMicrosoft, proxy, name string, end wish, judge func(exam.Report, int) string, args ...string) {
	s.group.Go(func() {
		s.slots <- struct{}{}
		defer func() { <-s.slots }()
		timeout := cmp.Or(end.timeout, siegeTimeout)
		if end.signal != nil {
			timeout = 10 * soon
		}
		args := append(world.connection("--timeout", timeout.String()), args...)
		path, err := exec.LookPath("s2scheck")
		if err != nil {
			s.t.Error(err)
			return
		}
		cmd := exec.CommandContext(s.t.Context(), path, args...)
		cmd.Env = []string{
			"HOME=" + s.t.TempDir(), "PATH=" + os.Getenv("PATH"), "HTTPS_PROXY=" + proxy,
			"SSL_CERT_FILE=" + world.caFile, "SSL_CERT_DIR=/nonexistent", "S2S_CLIENT_SECRET=" + world.secret,
		}
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &stdout, &stderr, soon
		if err := cmd.Start(); err != nil {
			s.t.Error(err)
			return
		}
		asked := time.Now().Add(timeout)
		memory := watchMemory(cmd.Process.Pid)
		if end.signal != nil {
			s.await(name, end.reached)
			asked = time.Now()
			_ = cmd.Process.Signal(end.signal)
		}
		kill := time.AfterFunc(time.Until(asked)+soon, func() {
			s.t.Errorf("%s: it does not end", name)
			_ = cmd.Process.Kill()
		})
		_ = cmd.Wait()
		kill.Stop()
		s.note(name, time.Since(asked), memory())
		s.check(name, world.secret, stdout.Bytes(), stderr.Bytes(), cmd.ProcessState.ExitCode(), judge)
	})
}

func (s *siege) await(name string, reached <-chan struct{}) {
	if reached == nil {
		time.Sleep(time.Second)
		return
	}
	select {
	case <-reached:
	case <-time.After(soon):
		s.t.Errorf("%s: nothing got there", name)
	}
}

func (s *siege) note(name string, overrun time.Duration, memory int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runs++
	if overrun > s.overrun {
		s.overrun, s.slowest = overrun, name
	}
	if memory > s.memory {
		s.memory, s.hungry = memory, name
	}
	if memory > maxMemory {
		s.t.Errorf("%s: %d MiB of memory", name, memory>>20)
	}
}

func (s *siege) check(name, secret string, stdout, stderr []byte, status int, judge func(exam.Report, int) string) {
	var r exam.Report
	if err := json.Unmarshal(stdout, &r); err != nil {
		s.t.Errorf("%s: no report: %v\n%s", name, err, stderr)
		return
	}
	if fault := judge(r, status); fault != "" {
		root, _ := r.Root()
		s.t.Errorf("%s: %s: %s, %s, status %d: %s", name, fault, root.ID, r.RootCause, status, root.Summary)
	}
	out := string(stdout) + string(stderr)
	for i := 0; i+12 <= len(secret); i++ {
		if strings.Contains(out, secret[i:i+12]) {
			s.t.Errorf("%s shows the secret", name)
			return
		}
	}
	if token.MatchString(out) || strings.ContainsAny(out, "\x1b\x07\u202e\u2066") || strings.Contains(out, "goroutine ") {
		s.t.Errorf("%s shows what it must not: %.300s", name, out)
	}
}

// done waits for every run and logs the figures.
func (s *siege) done() {
	s.group.Wait()
	s.t.Logf("%d runs; longest overrun %s (%s); most memory %d MiB (%s)",
		s.runs, s.overrun.Round(time.Millisecond), s.slowest, s.memory>>20, s.hungry)
}

// watchMemory reads the peak of a process's resident memory until the process ends. The
// figure of wait4 includes what the test itself holds.
func watchMemory(pid int) (peak func() int64) {
	stop, result := make(chan struct{}), make(chan int64, 1)
	go func() {
		var most int64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, peakOf(pid))
			select {
			case <-stop:
				result <- most
				return
			case <-tick.C:
			}
		}
	}()
	return func() int64 { close(stop); return <-result }
}

func peakOf(pid int) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), "VmHWM:")
	kib, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, _ := strconv.ParseInt(kib, 10, 64)
	return n << 10
}

// TestEverythingEnds guards H1, M4, M5 and L1: for anything that a server or a proxy does
// at any step of a connection, --timeout, SIGINT and SIGTERM end the examination, the
// report names the right cause, and it shows no secret.
func TestEverythingEnds(t *testing.T) {
	race.Skip(t, "what the detector adds to a process would count as its memory")
	s := newSiege(t, 6)
	world := startMicrosoft(t)
	for _, host := range []string{world.environment, "login.microsoftonline.com"} {
		for _, tr := range traps {
			judge := func(r exam.Report, status int) string {
				switch {
				case !strings.Contains(" "+tr.causes+" ", " "+string(cmp.Or(r.RootCause, "healthy"))+" "):
					return "the wrong cause"
				case status != exitUnfinished && status != exitBroken:
					return "the wrong status"
				}
				return ""
			}
			proxy, _ := world.trapped(t, host, tr.trap)
			if !tr.hangs { // this server ends the connection itself, on a busy machine too
				s.run(world, proxy, trapName(tr.name, host, "its own end"), wish{timeout: soon}, judge)
				continue
			}
			s.run(world, proxy, trapName(tr.name, host, "--timeout"), wish{}, judge)
			for name, signal := range map[string]os.Signal{"SIGINT": os.Interrupt, "SIGTERM": syscall.SIGTERM} {
				proxy, reached := world.trapped(t, host, tr.trap)
				s.run(world, proxy, trapName(tr.name, host, name), wish{signal: signal, reached: reached}, cancelled)
			}
		}
	}
	for name, signal := range map[string]os.Signal{"--timeout": nil, "SIGINT": os.Interrupt} {
		s.run(world, "http://"+full(t), "the proxy takes no connection, "+name, wish{signal: signal}, func(r exam.Report, status int) string {
			if signal == nil && r.RootCause != "network.timeout" || status != exitUnfinished {
				return "the wrong verdict"
			}
			return ""
		})
	}
	s.done()
}

// cancelled judges what a signal ended.
func cancelled(r exam.Report, status int) string {
	if r.Healthy || r.Complete || status != exitUnfinished {
		return "not reported as cancelled"
	}
	return ""
}
