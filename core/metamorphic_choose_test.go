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
// response that no scenario before it has. Most scenarios differ from the healthy one in
// one or two responses; to read the others in another form once more is the same
// examination. Every response is thus examined in every form, and a diagnosis holds what
// was read of all of them. For what only the wire shows, responses of one shape are the
// same.
//
// A scenario without a response of its own differs in what was typed, or in time: it is
// examined under everything that changes more than the wire. Another order of the
// responses, and HTTP/1.1, are for every scenario.
//
// Of these, one in three is examined unless every one is asked for: a response that
// several scenarios have still is in every form, in one of them.
//
// For the race detector only the order of responses matters: each scenario is examined
// in one other order, and each order in several scenarios.
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

// ofTheWire reports whether the perturbation leaves body, code and challenge as they
// are: the rest of a response is read in one place.
func (p perturbation) ofTheWire() bool { return p.concerns("header", "status", "framing") }

// concerns reports whether the perturbation is of one of the groups of the table.
func (p perturbation) concerns(groups ...string) bool {
	group, _, _ := strings.Cut(p.name, ":")
	return slices.Contains(groups, group)
}

// shape is what a response has in common with those that travel as it does: the names
// of its header fields and the kind of its body.
func (m message) shape() string {
	var b strings.Builder
	fmt.Fprintln(&b, m.method, m.host, stable(m.path), m.status, m.page(), m.soap(), m.structured(), len(m.body) == 0)
	for _, f := range m.header {
		fmt.Fprintln(&b, f.name)
	}
	return b.String()
}

// fingerprint identifies a response: it leaves out what is new in every run.
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
	// anyNonce are a cookie's value, and the claims of a token that are new in each.
	anyNonce = regexp.MustCompile(`(?m)^(ARRAffinity|fpc|buid|esctx)=[^;]*|"(iat|nbf|exp|uti|rh|aio)":("[^"]*"|\d+)|\b\d{60,}\b|\b0[\w-]{54}\b`)
)

// settled is a text as it is in every run. Of a token it keeps the claims.
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
