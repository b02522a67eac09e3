//go:build keyring && windows

package profile

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestCredentialManagerIsFaithful uses the Windows Credential Manager of the current
// user; make wine runs the test under Wine.
func TestCredentialManagerIsFaithful(t *testing.T) { faithful(t) }

func TestCredentialManagerKeepsAProfile(t *testing.T) { keepsAProfile(t, settings(t)) }

// settings returns a folder that is cleared file by file: Wine 8 lacks the call with
// which Go deletes a whole tree, as t.TempDir does.
func settings(t *testing.T) string {
	t.Helper()
	dir := must(os.MkdirTemp("", "profile"))
	t.Cleanup(func() {
		var all []string
		_ = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, _ error) error {
			all = append(all, path)
			return nil
		})
		for _, path := range slices.Backward(all) {
			if err := os.Remove(path); err != nil {
				t.Error(err)
			}
		}
	})
	return dir
}
