package transport

import (
	"net/http"
	"time"
)

// Exchange is a request and its response as a user may see them: without Authorization,
// cookies and request body, and with every known secret and every token redacted from the
// body of the response.
type Exchange struct {
	// Number counts from 1 in the order the requests began.
	Number int
	// Check is the ID of the check that asked, see [WithCheck], or "".
	Check  string
	Method string
	// URL has scheme, host and path, and of the query the OData options only.
	URL string
	// Authorized is true if the request carried a bearer token.
	Authorized bool
	// Status is 0 when no response came; Err is then the reason.
	Status int
	// Proto is the protocol of the answer, such as "HTTP/2.0".
	Proto string
	// Header holds the allow-listed headers of the answer.
	Header http.Header
	// Dropped are the names of the answer's other headers, sorted.
	Dropped []string
	// Body is the answer's body, scrubbed, at most 64 KiB.
	Body string
	// Err is the network error, nil when a response came.
	Err   *Error
	Start time.Time
	// Duration is to the end of the answer's body.
	Duration time.Duration
	// Connect is the part of it spent on DNS, TCP, proxy and TLS; 0 on a reused
	// connection.
	Connect time.Duration
}
