package sandbox

import (
	"net/http"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start runs a sandbox for one test.
func start(t *testing.T, set func(*Tenant)) *Server {
	t.Helper()
	var tenant Tenant
	if set != nil {
		set(&tenant)
	}
	s, err := Start(&tenant)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// client is an ordinary client that trusts the sandbox and follows nothing.
func client(t *testing.T, s *Server) *http.Client {
	t.Helper()
	tripper := s.roundTripper()
	t.Cleanup(tripper.CloseIdleConnections)
	return &http.Client{
		Transport:     tripper,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
