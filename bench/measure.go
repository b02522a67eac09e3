//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// cost is what one start of a program costs.
type cost struct {
	frame  float64 // milliseconds from its start to the first pixel
	whole  float64 // from its start until the picture stops changing
	memory float64 // resident megabytes (10⁶ bytes) at rest
	rest   float64 // per cent of a core without input
	size   float64 // of the file, in megabytes
}

// settling is how long the work of a window may continue after its first frame.
const settling = 3 * time.Second

// ticks is the number of the kernel's units of processor time in a second (USER_HZ,
// proc(5)).
const ticks = 100

func measure(screen *screen, program string, rest time.Duration) (c cost, err error) {
	file, err := os.Stat(program)
	if err != nil {
		return c, err
	}
	c.size = float64(file.Size()) / 1e6
	if !screen.black() {
		return c, errors.New("the screen is not black before the start")
	}
	cmd := exec.Command(program)
	cmd.Env = screen.env()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return c, err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		for end := time.Now().Add(settling); !screen.black() && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		}
	}()
	for screen.black() {
		if time.Since(start) > time.Minute {
			return c, fmt.Errorf("there is no frame after a minute; it said:\n%s", said.String())
		}
		time.Sleep(time.Millisecond)
	}
	c.frame = milliseconds(start)
	c.whole = c.frame
	for seen, end := screen.sum(), time.Now().Add(settling); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if now := screen.sum(); now != seen {
			seen, c.whole = now, milliseconds(start)
		}
	}
	before, began := busy(cmd.Process.Pid), time.Now()
	time.Sleep(rest)
	c.rest = 100 * float64(busy(cmd.Process.Pid)-before) / ticks / time.Since(began).Seconds()
	c.memory = resident(cmd.Process.Pid)
	return c, nil
}

func milliseconds(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }

// busy returns a process's processor time in ticks; proc(5), /proc/pid/stat.
func busy(pid int) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return user + system
}

// resident returns VmRSS in megabytes; proc(5), /proc/pid/status.
func resident(pid int) float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(value)[0], 64)
			return kib * 1024 / 1e6
		}
	}
	return 0
}
