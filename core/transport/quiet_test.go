package transport_test

import (
	"io"
	"log"
)

// quiet keeps a server's complaints about a handshake that we spoil on purpose
// out of the test's output.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
