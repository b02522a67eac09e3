package sandbox

import (
	"errors"
	"io"
	"log"
	"net"
	"net/http"
)

// Serve serves TLS on a further listener, such as a listener in memory, until it is
// closed. Then it closes the listener's connections and returns nil.
func (s *Server) Serve(l net.Listener) error {
	// A server of its own: inside a synctest bubble nothing may be shared with the
	// outside.
	server := s.newTLSServer(log.New(io.Discard, "", 0))
	defer server.Close()
	err := server.ServeTLS(l, "", "")
	if errors.Is(err, http.ErrServerClosed) || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
