package harden_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/s2sdoctor/s2sdoctor/core/harden"
)

const canary = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"

// TestMain runs the hardened process.
func TestMain(m *testing.M) {
	if os.Getenv("HARDEN_CHILD") == "" {
		os.Exit(m.Run())
	}
	getenv := harden.Take()
	before, errBefore := os.ReadFile("/proc/self/environ")
	harden.Process()
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	var limit unix.Rlimit
	errLimit := unix.Getrlimit(unix.RLIMIT_CORE, &limit)
	child, _ := exec.Command("env").Output()
	fmt.Println("dumpable", dumpable, err)
	fmt.Println("core", limit.Cur, errLimit)
	fmt.Println("taken", getenv("S2S_CLIENT_SECRET") == canary && getenv("AZURE_CLIENT_SECRET") == canary && getenv("HOME") == os.Getenv("HOME"))
	fmt.Println("block", bytes.Contains(before, []byte(canary)), bytes.Contains(before, []byte("OTHER=kept")), errBefore)
	fmt.Println("inherited", bytes.Contains(child, []byte(canary)))
}

// TestProcess guards SE-14 and SE-3: a hardened process cannot be dumped, and its
// environment contains no secret.
func TestProcess(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", `ulimit -c unlimited 2> /dev/null; exec "$0"`, self)
	cmd.Env = append(os.Environ(), "HARDEN_CHILD=1", "A=b", "S2S_CLIENT_SECRET="+canary, "OTHER=kept", "AZURE_CLIENT_SECRET="+canary)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{"dumpable 0 <nil>", "core 0 <nil>", "taken true", "block false true <nil>", "inherited false"} {
		if !strings.Contains(string(out), want+"\n") {
			t.Errorf("want %q in:\n%s", want, out)
		}
	}
}
