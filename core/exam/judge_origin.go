package exam

import (
	"net/http"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// response is what came back from one request, and from whom it was expected.
type response struct {
	service catalog.Service
	// who is the service in a sentence: its host or its name.
	who     text.Text
	answer  transport.Response
	failure *transport.Error
}

// read returns the signs and the evidence of the response.
func (r response) read() (catalog.Signs, catalog.Evidence) {
	return catalog.Read(r.service, r.answer.Status, r.answer.Header, r.answer.Body)
}

// stranger returns the finding for a response that did not come from the
// service: a failure of the network, a redirect, a proxy or filter, a gateway.
// It reports false where the service answered or nothing shows that it did not.
// Every request is judged by it, so that the same response has the same cause
// regardless of the request.
func (r response) stranger() (Finding, bool) {
	if r.failure != nil {
		return lost(r.who, r.failure), true
	}
	signs, e := r.read()
	status := r.answer.Status
	switch signs.Origin {
	case catalog.OriginBetween:
		verdict := catalog.Recognise(signs)
		e.RecognisedBy = verdict.By
		return broken(verdict.Cause, e, r.between(&e)), true
	case catalog.OriginGateway:
		finding := errorFinding(r.service, r.who, r.answer)
		finding.Summary = text.F("A gateway in front of %s answered HTTP %d: the service behind it does not respond.", r.who, status)
		return finding, true
	}
	return Finding{}, false
}

// between describes what a party in between did, and notes where it redirects to.
func (r response) between(e *catalog.Evidence) text.Text {
	status := r.answer.Status
	switch {
	case redirect(r.answer):
		to := hostOf(r.answer.Header.Get("Location"))
		e.Facts = append(e.Facts, catalog.NewFact("redirected to", to))
		return text.F("The request to %s was redirected to %s. The service never does that: a portal or a filter is in between.", r.who, to)
	case status == http.StatusProxyAuthRequired:
		return text.F("A proxy on the way to %s demands a sign-in (HTTP 407).", r.who)
	case catalog.IsPage(r.answer.Body):
		return text.F("A web page (HTTP %d) came where %s answers with data: it comes from a proxy, a filter or a portal in between.", status, r.who)
	}
	return text.F("A proxy or filter in between answered for %s (HTTP %d).", r.who, status)
}

// refused judges a response of a service that is not what was asked for.
func (r response) refused() Finding {
	if finding, ok := r.stranger(); ok {
		return finding
	}
	return errorFinding(r.service, r.who, r.answer)
}
