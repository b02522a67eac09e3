package certificate_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

// TestFieldCertificates loads the files of testdata/field, see its README.
func TestFieldCertificates(t *testing.T) {
	// A time within the validity of the valid files.
	now := time.Date(2026, 12, 15, 0, 0, 0, 0, time.UTC)
	lines := bufio.NewScanner(bytes.NewReader(certtest.Must(os.ReadFile("testdata/field/cases.jsonl"))))
	for lines.Scan() {
		var c struct {
			ID, Kind, File, Key, Password, Right, Says string
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.ID == "base" {
			continue
		}
		t.Run(c.Kind+"/"+c.ID, func(t *testing.T) {
			dir := certtest.Must(filepath.Abs(filepath.Join("testdata", "field", c.ID)))
			t.Setenv("HOME", dir)
			t.Setenv("USERPROFILE", dir)
			t.Chdir(dir)
			source := certificate.Source{File: c.File, KeyFile: c.Key, Password: secret.New(c.Password)}
			cert, err := certificate.Load(context.Background(), source, now)
			switch fault := (*certificate.Error)(nil); c.Right {
			case "input.certificate":
				if !errors.As(err, &fault) || !strings.Contains(fault.Summary.String(), c.Says) || c.Says == "" {
					t.Errorf("want %q, got %v", c.Says, err)
				}
			default:
				if err != nil {
					t.Fatal(err)
				}
				got := map[bool]string{now.Before(cert.NotBefore()): "certificate.not-yet-valid", now.After(cert.NotAfter()): "certificate.expired"}[true]
				if got != c.Right || !strings.Contains(strings.Join(notes(cert), "; "), c.Says) {
					t.Errorf("want %q %q, got %q %q", c.Right, c.Says, got, notes(cert))
				}
			}
		})
	}
}

func notes(cert *certificate.Certificate) []string {
	var all []string
	for _, n := range cert.Notes {
		all = append(all, n.String())
	}
	return all
}
