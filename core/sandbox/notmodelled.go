package sandbox

import (
	"fmt"
	"net/http"
)

// The header that marks what the real services would serve, or might, and the
// sandbox does not have: no client takes such a response for the service's own.
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

// writeUnmodelled writes the same response for the other hosts.
func writeUnmodelled(w http.ResponseWriter, status int, what string) {
	w.Header().Set(modelHeader, notModelled)
	message := "The sandbox does not model " + what + "."
	writeJSON(w, status, object{{"error", "not_modelled"}, {"error_description", message}})
}
