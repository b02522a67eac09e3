package sandbox

import "net/http"

// demandProxyAuth is the proxy of [Tenant.Proxy], which refuses every request (RFC
// 9110 section 15.5.8).
func (s *Server) demandProxyAuth(w http.ResponseWriter, _ *http.Request) {
	scheme := s.now().Proxy
	if scheme == "Basic" {
		scheme = `Basic realm="Contoso (sandbox)"`
	}
	w.Header().Set("Proxy-Authenticate", scheme)
	if scheme == "Negotiate" {
		w.Header().Add("Proxy-Authenticate", "NTLM") // as a Windows proxy offers both
	}
	w.Header().Set("Proxy-Connection", "close")
	w.WriteHeader(http.StatusProxyAuthRequired)
}
