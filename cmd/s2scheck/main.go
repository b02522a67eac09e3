// Command s2scheck examines a server-to-server connection to Dataverse with no
// window: for pipelines, servers and scripts. What it prints and how it exits is
// a promise: see docs/command.md.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/harden"
)

// Exit statuses. They are part of the contract.
const (
	exitHealthy    = 0
	exitBroken     = 1
	exitUnusable   = 2
	exitUnfinished = 3
)

// program is everything a run reads and writes, so that a test can hold it.
type program struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	// name is that of the subcommand; "" for an examination.
	name string
	// colour is true when out is a terminal that may be coloured.
	colour bool
}

func main() {
	harden.Process()
	harden.Memory()
	getenv := harden.Take()
	crash.Keep("s2scheck")
	os.Exit(guarded(os.Stderr, func() int { return start(os.Args[1:], getenv) }))
}

// guarded returns the status of run. Where run panics, it names the note instead of
// what Go would print, which may quote a secret.
func guarded(stderr io.Writer, run func() int) (status int) {
	defer crash.Guard(func(note string) {
		status = exitUnfinished
		fmt.Fprintln(stderr, "s2scheck: s2scheck itself crashed. That is its fault, not your connection's: please report it.")
		if note != "" {
			fmt.Fprintln(stderr, "A note without secrets is in", note)
		}
	})
	return run()
}

// start runs the command on the process's own input, output and signals.
func start(args []string, getenv func(string) string) int {
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	// The first signal ends the run in order, a second one the process.
	context.AfterFunc(ctx, stop)
	catchBrokenPipe()
	p := program{in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: getenv, colour: colourful(os.Stdout, getenv)}
	return p.run(ctx, args)
}

// endings are the signals that ask for an end. A terminal that is closed sends
// SIGHUP; under nohup it is ignored, and stays so.
func endings() []os.Signal {
	if signal.Ignored(syscall.SIGHUP) {
		return []os.Signal{os.Interrupt, syscall.SIGTERM}
	}
	return []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
}

// run does what the arguments ask and returns the exit status.
func (p program) run(ctx context.Context, args []string) int {
	out := &output{w: p.out}
	p.out = out
	return p.delivered(out, p.command(ctx, args))
}

// command calls the subcommand that the first argument names.
func (p program) command(ctx context.Context, args []string) int {
	all := commands()
	c := all[0]
	if len(args) > 0 && args[0] == "help" { // as of git and go
		args = append(slices.Clone(args[1:]), "--help")
	}
	if len(args) > 0 {
		if i := slices.IndexFunc(all[1:], func(c command) bool { return c.Name == args[0] }); i >= 0 {
			c, args = all[i+1], args[1:]
		}
	}
	p.name = c.Name
	return c.run(p, ctx, args)
}
