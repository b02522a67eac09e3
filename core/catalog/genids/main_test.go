package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestIDsAreGenerated guards that each generated file matches its data file.
func TestIDsAreGenerated(t *testing.T) {
	for _, f := range files {
		t.Run(f.data, func(t *testing.T) {
			want, err := f.source("..")
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(filepath.Join("..", f.path))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s is out of date, run go generate ./core/catalog (-want +got):\n%s", f.path, diff)
			}
		})
	}
}

func TestIdentifier(t *testing.T) {
	for words, want := range map[string]string{
		"secret.wrong":                   "SecretWrong",
		"appuser.no-application-id-uri":  "AppUserNoApplicationIDURI",
		"network.dns":                    "NetworkDNS",
		"whoami-soap":                    "WhoAmISOAP",
		"Administrator of this computer": "AdministratorOfThisComputer",
	} {
		if got := identifier(words); got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
}
