package sandbox

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// The headers of Entra's endpoints are those of published records.

// entraHeaders sets the headers of every response of the login host.
func entraHeaders(w http.ResponseWriter, r *http.Request, trace string) {
	h := w.Header()
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-XSS-Protection", "0")
	h.Set("P3P", `CP="DSP CUR OTPi IND OTRi ONL FIN"`)
	h.Set("x-ms-request-id", trace)
	h.Set("x-ms-ests-server", "2.1.0.0 - SANDBOX ProdSlices")
	h["Set-Cookie"] = []string{
		"fpc=" + b64(random(18)) + "; path=/; secure; HttpOnly; SameSite=None",
		"x-ms-gateway-slice=estsfd; path=/; secure; samesite=none; httponly",
		"stsservicecookie=estsfd; path=/; secure; samesite=none; httponly",
	}
	if id := r.Header.Get("client-request-id"); strings.EqualFold(r.Header.Get("return-client-request-id"), "true") && guid.IsPlain(id) {
		h.Set("client-request-id", id)
	}
}

// tokenHeaders sets those of the token endpoint; code is 0 for a success.
func tokenHeaders(w http.ResponseWriter, r *http.Request, trace string, code int) {
	entraHeaders(w, r, trace)
	h := w.Header()
	h.Set("Cache-Control", "no-store, no-cache")
	h.Set("Pragma", "no-cache")
	h.Set("Expires", "-1")
	if code != 90002 { // the directory sends it, and there is no directory
		h.Set("x-ms-clitelem", fmt.Sprintf("1,%d,0,,", code))
	}
}

// documentHeaders sets those of metadata, which any page may read.
func documentHeaders(w http.ResponseWriter, r *http.Request, trace string) {
	entraHeaders(w, r, trace)
	h := w.Header()
	h.Set("Cache-Control", "max-age=86400, private")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "GET, OPTIONS")
}
