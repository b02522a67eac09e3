package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
)

const crashCanary = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"

// panicking is a standard input or output that crashes the program.
type panicking struct{}

func (panicking) Read([]byte) (int, error)  { panic(crashCanary) }
func (panicking) Write([]byte) (int, error) { panic(crashCanary) }

// crashing is the command with a fault, in the goroutine that reads or in the main
// goroutine.
func crashing() {
	crash.Keep("s2scheck")
	os.Exit(guarded(os.Stderr, func() int {
		p := program{in: panicking{}, out: panicking{}, err: os.Stderr, getenv: os.Getenv}
		return p.run(context.Background(), os.Args[1:])
	}))
}

// TestCrashLeaksNothing guards SE-16: the text of a panic is in no output and in no file;
// the crash note is in a file.
func TestCrashLeaksNothing(t *testing.T) {
	for _, test := range []struct {
		name   string
		args   []string
		stderr string
	}{
		{"in the first goroutine", []string{"--help"}, "s2scheck itself crashed"},
		{"in the goroutine that reads", []string{"explain"}, "could not be read"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path, err := exec.LookPath("s2scheck-crashing")
			if err != nil {
				t.Fatal(err)
			}
			home := t.TempDir()
			cmd := exec.CommandContext(t.Context(), path, test.args...)
			cmd.Env = []string{"HOME=" + home, "LOCALAPPDATA=" + home, "XDG_CACHE_HOME=" + home, "PATH=" + os.Getenv("PATH")}
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			_ = cmd.Run() // the test checks its status
			if cmd.ProcessState.ExitCode() == exitHealthy {
				t.Error("status 0")
			}
			if !strings.Contains(stderr.String(), test.stderr) {
				t.Errorf("standard error: %s", &stderr)
			}
			all, found := stdout.String()+stderr.String(), 0
			err = filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				raw, err := os.ReadFile(path)
				all, found = all+path+string(raw), found+1
				return err
			})
			if err != nil || found != 1 {
				t.Errorf("%d files, want the note; %v", found, err)
			}
			if strings.Contains(all, crashCanary) {
				t.Errorf("the panic's text comes out:\n%s", all)
			}
		})
	}
}
