// Command peers runs clients of other authors against the served sandbox and prints the
// results. It fails if a client receives a response that the real service would not send,
// and if a control succeeds.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

// result is a line of a client's output.
type result struct {
	Client, Version, Case, Error string
}

func main() {
	s2scheck := flag.String("s2scheck", "../bin/s2scheck", "the command")
	goClient := flag.String("client", "", "the program of the Go clients")
	node := flag.String("node", "node", "the folder of the Node clients")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	only := flag.Arg(0) // "azure", "exports" or "clients"; the last two when left out
	var err error
	if only == "azure" {
		if err := playAzure(ctx, os.Stdout, *s2scheck); err != nil {
			fmt.Fprintln(os.Stderr, "peers:", err)
			os.Exit(1)
		}
		return
	}
	if only != "exports" {
		t := newTable()
		err = t.play(ctx, *s2scheck, *goClient, *node)
		t.write(os.Stdout)
	}
	if only != "clients" {
		err = errors.Join(err, playExports(ctx, os.Stdout, *s2scheck, *node))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// play runs all rounds. It continues after a failure and returns all failures.
func (t *table) play(ctx context.Context, s2scheck, goClient, node string) error {
	var errs []error
	var sandbox *served
	var running string
	for _, r := range rounds() {
		if wanted := fmt.Sprint(r.scenario, r.microsoft); wanted != running {
			if sandbox != nil {
				errs = append(errs, sandbox.stop())
			}
			var err error
			if sandbox, err = serve(ctx, s2scheck, r.scenario, r.microsoft); err != nil {
				return errors.Join(append(errs, err)...)
			}
			running = wanted
		}
		results, err := r.run(ctx, sandbox, goClient, node)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s in %s: %w", r.client.name, r.scenario, err))
		}
		errs = append(errs, t.add(r, results))
	}
	if sandbox != nil {
		errs = append(errs, sandbox.stop())
	}
	return errors.Join(errs...)
}

// run starts the client's program with only those environment variables of this machine
// that it needs to start.
func (r round) run(ctx context.Context, s *served, goClient, node string) ([]result, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	command := r.client.command
	if command[0] == "client" {
		command = append([]string{goClient}, command[1:]...)
	}
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	if command[0] == "node" {
		cmd.Dir = node
	} else if path, err := filepath.Abs(command[0]); err == nil {
		cmd.Path = path
	}
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.TempDir(), "PEERS_CASES=" + strings.Join(r.cases, ",")}, s.variables...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, stderr.String())
	}
	var results []result
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var one result
		switch err := dec.Decode(&one); {
		case errors.Is(err, io.EOF):
			return results, nil
		case err != nil:
			return results, fmt.Errorf("%w in %q", err, out)
		}
		results = append(results, one)
	}
}
