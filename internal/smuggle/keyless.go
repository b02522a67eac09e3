package smuggle

import "net/http"

// PipelineHost is the host of the endpoint that issues a pipeline's assertions.
const PipelineHost = "pipelines.actions.githubusercontent.com"

// Keyless is [Echo] with the endpoints of a pipeline and of a managed identity.
type Keyless struct {
	Echo
	// Assertion is the assertion that the pipeline's endpoint issues.
	Assertion string
	// Local returns the response of the endpoint of the pipeline or managed identity,
	// given the text to echo; nil responds with the assertion.
	Local func(text string) *http.Response
}

// RoundTrip implements [http.RoundTripper].
func (k *Keyless) RoundTrip(r *http.Request) (*http.Response, error) {
	switch {
	case r.URL.Host == PipelineHost && k.Local == nil:
		return jsonResponse(200, map[string]any{"value": k.Assertion}), nil
	case r.URL.Host == PipelineHost || r.URL.Scheme == "http":
		return k.Local(k.Spoken(nil)), nil
	}
	return k.Echo.RoundTrip(r)
}

// LocalAnswers are the places where such an endpoint may echo values of the request.
var LocalAnswers = map[string]func(text string) *http.Response{
	"message":    rawIn(403, "application/json", `{"message":"no: %s ."}`),
	"refusal":    rawIn(400, "application/json", `{"error":"invalid_request","error_description":"Identity not found %s"}`),
	"page":       rawIn(200, "text/html", "<html><title>no: %s .</title><p>%s</p>"),
	"text":       rawIn(401, "text/plain", "no: %s ."),
	"header":     headerOf(401, "X-Ms-Request-Id", "%s"),
	"challenge":  headerOf(401, "WWW-Authenticate", `Basic realm=/var/%s.key`),
	"Location":   headerOf(302, "Location", "https://filter.example/%[1]s?q=%[1]s"),
	"the member": rawIn(200, "application/json", `{"value":"%s","oidcToken":"%s"}`),
	"another":    rawIn(200, "application/json", `{"count":1,"data":{"text":"%s"}}`),
}

// Nowhere is a place that no request reaches.
var Nowhere = Place{Name: "nowhere", at: func(*http.Request) bool { return false }}
