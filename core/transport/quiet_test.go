package transport_test

import (
	"io"
	"log"
)

// quiet drops a server's messages about handshakes that a test breaks on purpose.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
