package browse

import (
	"os"
	"strings"
	"sync"
)

// secrets are the environment variables that may hold one; no child gets them.
var secrets = []string{"S2S_CLIENT_SECRET", "AZURE_CLIENT_SECRET", "S2S_CERTIFICATE_PASSWORD"}

// opening is held while the environment lacks its secrets.
var opening sync.Mutex

// hideSecrets takes the secrets out of this process's environment until restore
// is called: pkg/browser starts its child with all of it, and has no say. Hold
// [opening].
func hideSecrets() (restore func()) {
	hidden := map[string]string{}
	for _, name := range secrets {
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
// is for a program that never reads them and starts others: none inherits them.
func ForgetSecrets() {
	opening.Lock()
	defer opening.Unlock()
	for _, name := range secrets {
		_ = os.Unsetenv(name)
	}
}

// withoutSecrets is an environment for a child that we start ourselves.
func withoutSecrets(environ []string) []string {
	var clean []string
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if !isSecret(name) {
			clean = append(clean, entry)
		}
	}
	return clean
}

// isSecret ignores case, as Windows does.
func isSecret(name string) bool {
	for _, s := range secrets {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}
