package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestIDsAreGenerated guards that ids.go is what causes.json makes of it.
func TestIDsAreGenerated(t *testing.T) {
	data, err := os.ReadFile("../causes.json")
	if err != nil {
		t.Fatal(err)
	}
	want, err := render(data)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../ids.go")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("core/catalog/ids.go is out of date, run go generate ./core/catalog (-want +got):\n%s", diff)
	}
}

func TestIdentifier(t *testing.T) {
	for words, want := range map[string]string{
		"secret.wrong":                   "SecretWrong",
		"appuser.no-application-id-uri":  "AppUserNoApplicationIDURI",
		"network.dns":                    "NetworkDNS",
		"Administrator of this computer": "AdministratorOfThisComputer",
	} {
		if got := identifier(words); got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
}
