package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// The identifiers of the sandbox, which are constant.
const (
	userID         = "e94c7b12-d7a4-ee11-be37-000d3a4b1c2d"
	organizationID = "5f0e7c91-d2a4-ee11-be36-000d3a4b1c2d"
)

// served is a running sandbox.
type served struct {
	cmd *exec.Cmd
	// variables are "KEY=value", for a client's environment.
	variables []string
}

// serve starts "s2scheck serve" and waits until it is ready.
func serve(ctx context.Context, s2scheck, scenario string, microsoft bool) (*served, error) {
	args := []string{"serve", "--scenario", scenario}
	names := []string{"PEERS_NAMES=sandbox", "PEERS_LOGIN=login.sandbox.localhost", "PEERS_GRAPH=graph.sandbox.localhost"}
	if microsoft {
		args = append(args, "--microsoft-names")
		names = []string{"PEERS_NAMES=microsoft", "PEERS_LOGIN=login.microsoftonline.com", "PEERS_GRAPH=graph.microsoft.com"}
	}
	s := &served{cmd: exec.CommandContext(ctx, s2scheck, args...)}
	s.cmd.Stderr = os.Stderr
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(os.Interrupt) }
	s.cmd.WaitDelay = 5 * time.Second
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	s.variables = append(names, "PEERS_USER_ID="+userID, "PEERS_ORGANIZATION_ID="+organizationID)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() == "ready" {
			return s, nil
		}
		s.variables = append(s.variables, lines.Text())
	}
	return nil, fmt.Errorf("%s %s: %w", s2scheck, strings.Join(args, " "), s.cmd.Wait())
}

// stop ends the process with an interrupt, as Ctrl+C does.
func (s *served) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	return s.cmd.Wait()
}
