package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestOutputThatCannotBeWritten guards M6: a report that does not arrive is no
// success, in no format. A reader that is gone, such as head, is no message.
func TestOutputThatCannotBeWritten(t *testing.T) {
	full := func(t *testing.T) *os.File {
		t.Helper()
		f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	closed := func(t *testing.T) *os.File {
		t.Helper()
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		return w
	}
	for _, args := range []string{
		"--sandbox", "--sandbox --format json", "--sandbox --format junit", "--sandbox --scenario appuser-missing", "--sandbox --scenario list",
		"--sandbox --scenario list --format json", "explain AADSTS7000222", "explain --format json AADSTS7000222", "--help", "--all --format json",
		"consent-url --style v2 --environment contoso.crm4.dynamics.com --client-id 2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e --tenant contoso.com",
		"consent-url --format json --style v2 --environment contoso.crm4.dynamics.com --client-id 2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e --tenant contoso.com",
		"serve", "serve --format json", "man", "version", "completion bash", "compare --sandbox healthy article-mistake-2",
		"plan --offline --environment contoso.crm4.dynamics.com --tenant 12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91 --format az",
	} {
		for where, open := range map[string]func(*testing.T) *os.File{"full disk": full, "no reader": closed} {
			t.Run(args+" "+where, func(t *testing.T) {
				out := open(t)
				r := launch(t, []string{"TMPDIR=" + t.TempDir()}, func(c *exec.Cmd) { c.Stdout = out }, strings.Fields(args)...)
				out.Close()
				status := r.status(t)
				told := strings.Contains(r.stderr.String(), "standard output could not be written")
				if status != exitUnfinished || told != (where == "full disk") {
					t.Errorf("%v, status %d: %s", r.cmd.ProcessState, status, &r.stderr)
				}
			})
		}
	}
}
