package certificate_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
)

func TestMake(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	made, err := certificate.Make("S2S contoso", now, certificate.Lifetime)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "s2s.pem")
	if err := made.Write(path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	read, err := certificate.Load(t.Context(), certificate.Source{File: path}, now)
	if err != nil {
		t.Fatal(err)
	}
	if read.Thumbprint() != made.Thumbprint() || read.NotAfter() != now.Add(certificate.Lifetime) || !read.NotBefore().Before(now) {
		t.Errorf("read %s from %s to %s", read.Thumbprint(), read.NotBefore(), read.NotAfter())
	}
	if err := made.Write(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("an existing file: %v", err)
	}
	if shown := fmt.Sprintf("%v %+v %#v", made, made, *made); strings.Contains(shown, "PRIVATE KEY") {
		t.Error("the key prints")
	}
}
