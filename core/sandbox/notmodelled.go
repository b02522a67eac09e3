package sandbox

import (
	"fmt"
	"net/http"
)

// The sandbox refuses what the real services refuse. What they would serve, or
// might, and the sandbox does not have is marked with a header, so that no
// client takes the answer for the service's own.
const (
	modelHeader = "X-Sandbox"
	notModelled = "not-modelled"
)

// unmodelled returns the answer of a Dataverse host to a request that the real
// service might serve. Status is 404 where it might as well not know the address,
// else 501.
func unmodelled(status int, format string, args ...any) *refused {
	return &refused{
		fault: fault{Status: status}, NotModelled: true,
		Message: "The sandbox does not model " + fmt.Sprintf(format, args...) + ".",
	}
}

// writeUnmodelled is the same answer of the other hosts.
func writeUnmodelled(w http.ResponseWriter, status int, what string) {
	w.Header().Set(modelHeader, notModelled)
	message := "The sandbox does not model " + what + "."
	writeJSON(w, status, object{{"error", "not_modelled"}, {"error_description", message}})
}
