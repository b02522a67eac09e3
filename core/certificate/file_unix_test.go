//go:build unix

package certificate_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// TestPipeIsNotOpened guards against opening a named pipe, which waits for a writer: the
// window would hang.
func TestPipeIsNotOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := load(path, "", secret.Value{})
	if fault := (*certificate.Error)(nil); !errors.As(err, &fault) || fault.Summary.String() != "The certificate file is not a regular file." {
		t.Errorf("got %v", err)
	}
}
