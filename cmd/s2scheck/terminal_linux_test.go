package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal: the user's side, where keys are typed and output is
// read, and the program's side.
type terminal struct{ person, program *os.File }

func openTerminal(t *testing.T) terminal {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { person.Close() })
	if err := unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { program.Close() })
	return terminal{person, program}
}

// echoes reports whether the terminal shows what is typed.
func (tty terminal) echoes(t *testing.T) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(tty.program.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// attach connects the process to the terminal, as a shell does.
func (tty terminal) attach(c *exec.Cmd) {
	c.Stdin, c.SysProcAttr = tty.program, &syscall.SysProcAttr{Setsid: true, Setctty: true}
}

func TestSecretAtATerminal(t *testing.T) {
	const typed = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"
	args := []string{"--client-secret-stdin", "--offline", "--environment", "contoso.crm4.dynamics.com", "--client-id", "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", "--format", "json"}
	for _, test := range []struct {
		name, keys string
		status     int
		stdout     string
	}{
		{"typed", typed + "\n", exitHealthy, `"credential": "secret"`},
		{"nothing typed", "\n", exitUnusable, "input.secret-missing"},
		{"Ctrl+C", "Zx9~qW8e\x03", exitUnfinished, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			tty := openTerminal(t)
			r := launch(t, nil, tty.attach, args...)
			until(t, "no echo", func() bool { return !tty.echoes(t) })
			if _, err := io.WriteString(tty.person, test.keys); err != nil {
				t.Fatal(err)
			}
			if status := r.status(t); status != test.status || !strings.Contains(r.stdout.String(), test.stdout) {
				t.Errorf("status %d, want %d: %s %s", status, test.status, &r.stdout, &r.stderr)
			}
			if !strings.HasPrefix(r.stderr.String(), "Client secret (it does not show): \n") {
				t.Errorf("no prompt: %q", &r.stderr)
			}
			if !tty.echoes(t) {
				t.Error("the terminal stays without echo")
			}
			fmt.Fprint(tty.program, "end")
			if shown := readUntil(t, tty.person, "end"); strings.Contains(shown, "Zx9") {
				t.Errorf("the terminal shows %q", shown)
			}
		})
	}
}

func readUntil(t *testing.T, r io.Reader, end string) string {
	t.Helper()
	var shown []byte
	for b := make([]byte, 256); !bytes.Contains(shown, []byte(end)); {
		n, err := r.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		shown = append(shown, b[:n]...)
	}
	return string(shown)
}

func TestExplainAtATerminal(t *testing.T) {
	tty := openTerminal(t)
	r := launch(t, nil, tty.attach, "explain")
	fmt.Fprint(tty.person, "AADSTS7000222\n\x04")
	if status := r.status(t); status != exitHealthy || !strings.Contains(r.stdout.String(), "secret.expired") {
		t.Errorf("status %d: %s", status, &r.stdout)
	}
	if !strings.HasPrefix(r.stderr.String(), "Paste the text") {
		t.Errorf("no prompt: %q", &r.stderr)
	}
}
