package browser

import (
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/harden"
)

// opening is held while the environment lacks its secrets.
var opening sync.Mutex

// hideSecrets takes the secrets out of this process's environment until restore
// is called: pkg/browser starts its child with all of it and cannot be told otherwise. Hold
// [opening].
func hideSecrets() (restore func()) {
	hidden := map[string]string{}
	for _, name := range slices.Concat(harden.Variables, harden.Shared) {
		if value, ok := os.LookupEnv(name); ok {
			hidden[name] = value
			_ = os.Unsetenv(name)
		}
	}
	return func() {
		for name, value := range hidden {
			_ = os.Setenv(name, value)
		}
	}
}

// ForgetSecrets takes the secrets out of this process's environment for good. It
// is for a program that never reads them and starts others, which then do not inherit them.
func ForgetSecrets() {
	opening.Lock()
	defer opening.Unlock()
	harden.Take()
}

// withoutSecrets is an environment for a child that we start ourselves.
func withoutSecrets(environ []string) []string {
	var clean []string
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if !harden.IsSecret(name) {
			clean = append(clean, entry)
		}
	}
	return clean
}
