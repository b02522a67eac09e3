//go:build keyring && darwin && cgo

package profile

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

func TestKeychainIsFaithful(t *testing.T) { faithful(t) }

func TestKeychainKeepsAProfile(t *testing.T) { keepsAProfile(t, t.TempDir()) }

// TestKeychainAsksBeforeAnotherProgramReads guards that another program, such as Apple's
// own, gets a secret only if the user allows it in a dialog. The dialog stays unanswered
// here.
func TestKeychainAsksBeforeAnotherProgramReads(t *testing.T) {
	ctx, v, account := t.Context(), System(), newAccount()
	if err := v.Set(ctx, account, secret.New(canary)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cleanUp(context.Background(), v, account) })
	limited, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	out, err := exec.CommandContext(limited, "/usr/bin/security", "find-generic-password", "-w", "-s", Service, "-a", account).Output()
	if plain, _ := keychainPlain(strings.TrimSpace(string(out))); err == nil || plain == canary {
		t.Errorf("it got %d bytes, %v", len(out), err)
	}
}
