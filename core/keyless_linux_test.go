package core_test

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

// arcKeys is the only folder from which MSAL reads a key of the Azure Arc agent.
const arcKeys = "/var/opt/azcmagent/tokens"

// TestAzureArc examines the identity of a server with Azure Arc. It runs in a process
// with a separate /var/opt, so that the computer is not changed.
func TestAzureArc(t *testing.T) {
	if os.Getenv("S2S_TEST_ARC") == "" {
		inNamespace(t)
		return
	}
	if err := syscall.Mount("tmpfs", "/var/opt", "tmpfs", 0, ""); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	if err := os.MkdirAll(arcKeys, 0o700); err != nil {
		t.Fatal(err)
	}
	agent := func(t *sandbox.Tenant) { t.Identity.KeyFolder = arcKeys }
	with := func(f func(*sandbox.Identity)) func(*sandbox.Tenant) {
		return func(t *sandbox.Tenant) { agent(t); f(&t.Identity) }
	}
	for _, test := range []keyless{
		{"the machine's own", agent, identity(sandbox.AzureArc, false), "", "endpoint: AzureArc", sandbox.ClientID},
		{"user-assigned", agent, identity(sandbox.AzureArc, true), "", "identity asked for: " + sandbox.ClientID, sandbox.ClientID},
		{"user-assigned, old agent", with(func(i *sandbox.Identity) { i.OneOnly = true }), identity(sandbox.AzureArc, true), "identity.not-assigned", "another identity than the one that is named", sandbox.ClientID},
		{"not assigned", with(func(i *sandbox.Identity) { i.Unassigned = true }), identity(sandbox.AzureArc, true), "identity.not-assigned", "", sandbox.ClientID},
		{"no identity", with(func(i *sandbox.Identity) { i.Unassigned = true }), identity(sandbox.AzureArc, false), "identity.none", "", "-"},
		{"key elsewhere", nil, identity(sandbox.AzureArc, false), "identity.none", "names a key file that this account cannot read", "-"},
		{"no agent", with(func(i *sandbox.Identity) { i.NoEndpoint = true }), identity(sandbox.AzureArc, false), "identity.none", "", "-"},
	} {
		t.Run(test.name, test.run)
	}
	if left, err := os.ReadDir(arcKeys); err != nil || len(left) > 0 {
		t.Errorf("keys are left: %v, %v", left, err)
	}
}

// inNamespace repeats the test in a process with separate mounts.
func inNamespace(t *testing.T) {
	t.Helper()
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), "S2S_TEST_ARC=1")
	again.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := again.CombinedOutput()
	switch exit := (*exec.ExitError)(nil); {
	case errors.As(err, &exit):
		t.Fatalf("%s", out)
	case err != nil:
		t.Skipf("no namespace can be made here: %v", err)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("%s", out)
	case strings.Count(string(out), "    --- PASS") < 7:
		t.Errorf("too few cases ran:\n%s", out)
	}
}
