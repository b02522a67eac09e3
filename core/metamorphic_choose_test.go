package core_test

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/sample"
)

// choosePerturbations chooses the perturbations of each scenario: those that change a
// response which no earlier scenario has. Most scenarios differ from the healthy scenario
// in a response or two; perturbing the others again would repeat the same examination. So
// every response is examined in every form, because a diagnosis contains what was read
// from all responses. For perturbations of the wire only, responses of the same shape are
// equal.
//
// A scenario without a response of its own differs in the form or in time: it is examined
// under every perturbation that changes more than the wire. Another order of the
// responses, and HTTP/1.1, apply to every scenario.
//
// Every third of these is examined; with -args -every, all of them. A response of several
// scenarios is still examined in every form, in one of the scenarios.
//
// For the race detector only the order of responses matters: each scenario is examined in
// one other order, and each order in several scenarios.
func choosePerturbations(rows []*row) {
	seen, examined := map[string]bool{}, map[string]bool{}
	for i, r := range rows {
		fingerprints := make([]string, len(r.messages))
		own := false
		for j, m := range r.messages {
			fingerprints[j] = m.fingerprint()
			own = own || !seen[fingerprints[j]]
		}
		for n, p := range perturbations {
			sampled := sample.Has(3, i, n)
			changes, news := false, false
			for j, m := range r.messages {
				if !p.changes(m) {
					continue
				}
				key := p.name + "\n"
				if p.ofTheWire() {
					key += m.shape()
				} else {
					key += fingerprints[j]
				}
				changes, news = true, news || sampled && !examined[key]
				examined[key] = examined[key] || sampled
			}
			all := sample.Every() || sampled && !own && !p.ofTheWire() || p.concerns("order")
			if changes && (news || all) || !changes && p.http1 {
				r.perturbations = append(r.perturbations, p)
			}
		}
		for _, f := range fingerprints {
			seen[f] = true
		}
		if race.Enabled {
			r.perturbations = slices.DeleteFunc(r.perturbations, func(p perturbation) bool { return !p.concerns("order") })
			if n := len(r.perturbations); n > 0 {
				r.perturbations = r.perturbations[i%n:][:1]
			}
		}
	}
}

// ofTheWire reports whether the perturbation leaves body, code and challenge unchanged:
// the rest of a response is read in a single place.
func (p perturbation) ofTheWire() bool { return p.concerns("header", "status", "framing") }

// concerns reports whether the perturbation is in one of the groups of the table.
func (p perturbation) concerns(groups ...string) bool {
	group, _, _ := strings.Cut(p.name, ":")
	return slices.Contains(groups, group)
}

// shape returns what a response shares with others on the wire: the names of its header
// fields and the kind of its body.
func (m message) shape() string {
	var b strings.Builder
	fmt.Fprintln(&b, m.method, m.host, stable(m.path), m.status, m.page(), m.soap(), m.structured(), len(m.body) == 0)
	for _, f := range m.header {
		fmt.Fprintln(&b, f.name)
	}
	return b.String()
}

// fingerprint identifies a response, without what is new in every run.
func (m message) fingerprint() string {
	var b strings.Builder
	fmt.Fprintln(&b, m.method, m.host, stable(m.path), m.status)
	for _, f := range m.header {
		fmt.Fprintln(&b, f.name, settled(f.value))
	}
	return b.String() + settled(string(m.body))
}

var (
	anyToken = regexp.MustCompile(`eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]*`)
	// anyNonce matches the value of a cookie, and the claims that are new in each token.
	anyNonce = regexp.MustCompile(`(?m)^(ARRAffinity|fpc|buid|esctx)=[^;]*|"(iat|nbf|exp|uti|rh|aio)":("[^"]*"|\d+)|\b\d{60,}\b|\b0[\w-]{54}\b`)
)

// settled returns a text without what is new in every run. Of a token it keeps the
// claims.
func settled(s string) string {
	s = anyToken.ReplaceAllStringFunc(s, func(token string) string {
		claims, err := base64.RawURLEncoding.DecodeString(anyToken.FindStringSubmatch(token)[1])
		if err != nil {
			return token
		}
		return string(claims)
	})
	return stable(anyNonce.ReplaceAllString(s, "$1$2"))
}
