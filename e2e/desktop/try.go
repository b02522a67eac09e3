//go:build e2e

package desktop

import (
	"context"
	"os/exec"
	"time"
)

// Try runs a program that is expected to end by itself, and returns what it printed. env
// is added to the desktop's variables. After patience, Try kills the program and returns
// an error.
func (d *Desktop) Try(patience time.Duration, env []string, program string, args ...string) (said string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(append([]string{}, d.env...), env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
