// Package harden keeps the memory of this process, which holds secrets, from disk
// and from other processes, as far as the operating system offers it without
// privileges. It is best effort: what a system does not have or allows is left out.
package harden

import (
	"os"
	"slices"
	"strings"
)

// Variables are the environment variables that hold a secret.
var Variables = []string{
	"S2S_CLIENT_SECRET", "AZURE_CLIENT_SECRET", "S2S_CERTIFICATE_PASSWORD",
	// The tokens with which the job of a pipeline asks for others.
	"ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SYSTEM_ACCESSTOKEN",
}

// Shared are variables that hold a secret and stay in the environment, because MSAL
// reads them there. Programs that are started do not inherit them either.
var Shared = []string{"IDENTITY_HEADER", "MSI_SECRET"}

// Process switches core dumps off and, on Linux, keeps other processes of the same
// user from reading this one's memory and its environment in /proc. Windows and
// macOS write no core dump by themselves: there Go ends a process that crashes,
// and the limit is set to 0 where there is one. Call it before anything else.
func Process() { process() }

// Take removes [Variables] from the environment of this process and returns a
// getenv that still knows them, for the caller alone. Programs that are started
// later do not inherit them. On Linux their text is also overwritten where the kernel put
// it, which is what /proc/PID/environ shows.
func Take() (getenv func(string) string) {
	taken := map[string]string{}
	for _, name := range Variables {
		if value, ok := os.LookupEnv(name); ok {
			taken[name] = value
			_ = os.Unsetenv(name)
		}
	}
	if len(taken) > 0 {
		overwrite()
	}
	return func(name string) string {
		if value, ok := taken[name]; ok {
			return value
		}
		return os.Getenv(name)
	}
}

// IsSecret reports whether a variable holds a secret. It ignores case, as Windows
// does.
func IsSecret(name string) bool {
	for _, v := range slices.Concat(Variables, Shared) {
		if strings.EqualFold(v, name) {
			return true
		}
	}
	return false
}
