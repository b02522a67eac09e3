package plan

import (
	"iter"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/handoff"
)

// line is one request of a script, with what must be read before it.
type line struct {
	reads   []Source
	request Request
	// expands are the values of privileges, which are read of the tables' metadata.
	expands []Value
}

// section is a step of a script.
type section struct {
	step  Step
	lines []line
}

// script returns the steps that are to be done as what a script has to send. A
// value that no earlier request brings is read where a read can bring it; each is
// read once. Steps that are done are left out.
func script(t Target, p Plan) []section {
	known := map[Value]bool{}
	for _, s := range p.Steps {
		for v := range s.Result {
			known[v] = true
		}
	}
	if t.ClientID != "" {
		known[ApplicationAppID] = true
	}
	var all []section
	for _, s := range p.Steps {
		if s.Status != Todo || len(s.Requests) == 0 {
			continue
		}
		sec := section{step: s}
		for _, r := range s.Requests {
			r = r.Fill(map[Value]string{Marker: scriptMarker})
			l := line{request: r, expands: privilegeValues(string(r.Body))}
			for _, v := range r.Missing() {
				l.reads = append(l.reads, t.reads(v, known)...)
			}
			for _, m := range r.Makes {
				known[m.Value] = true
			}
			sec.lines = append(sec.lines, l)
		}
		all = append(all, sec)
	}
	return all
}

// made are the values of a script's result that its lines bring or that were known
// before, in order.
func (p Plan) made(sections []section) []Value {
	known := map[Value]bool{}
	for v := range results(p) {
		known[v] = true
	}
	for _, s := range sections {
		for _, l := range s.lines {
			for _, r := range l.reads {
				known[r.Value] = true
			}
			for _, m := range l.request.Makes {
				known[m.Value] = true
			}
			for _, v := range l.request.Missing() {
				if v == CertificateKey {
					known[Thumbprint] = true
				}
			}
		}
	}
	var all []Value
	for _, name := range handoff.Names {
		if known[Value(name)] {
			all = append(all, Value(name))
		}
	}
	return all
}

// result returns the line of JSON that a script prints at its end, with its values in
// braces: what [handoff.Read] reads.
func (t Target) result(made []Value) string {
	values := map[string]string{}
	for _, v := range made {
		values[string(v)] = v.String()
	}
	clientID := t.ClientID
	if clientID == "" {
		clientID = ApplicationAppID.String()
	}
	return string(body(struct {
		Version     int               `json:"s2sdoctor"`
		Environment string            `json:"environment"`
		TenantID    string            `json:"tenantId"`
		ClientID    string            `json:"clientId"`
		Result      map[string]string `json:"result"`
	}{1, t.Environment, t.TenantID, clientID, values}))
}

// repeatable reports whether a request may be sent again after a refusal: one that
// makes something, and would make it twice, may not.
func (r Request) repeatable() bool {
	return r.Method != "POST" || !strings.HasSuffix(r.URL, "/applications") && !strings.HasSuffix(r.URL, "/roles") && !strings.HasSuffix(r.URL, "/addPassword")
}

// reads returns the reads that bring a value, those that its own address needs first.
func (t Target) reads(v Value, known map[Value]bool) []Source {
	if known[v] {
		return nil
	}
	known[v] = true
	source, ok := t.Source(v)
	switch {
	case v == SourcePrivileges:
		return t.reads(SourceRoleID, known)
	case !ok:
		return nil // the script makes it: a certificate, an end
	}
	var all []Source
	for _, needed := range (Request{URL: source.URL}).Missing() {
		all = append(all, t.reads(needed, known)...)
	}
	return append(all, source)
}

// scriptMarker is the tag of a registration that a script makes: it keeps no journal.
const scriptMarker = "s2sdoctor"

// privilegePrefix begins the values that name a privilege: privilege.account.read.
const privilegePrefix = "privilege."

// privilegeValues returns the values of privileges in a body, in order.
func privilegeValues(body string) []Value {
	var all []Value
	for rest := body; ; {
		_, after, ok := strings.Cut(rest, "{"+privilegePrefix)
		if !ok {
			return all
		}
		name, behind, _ := strings.Cut(after, "}")
		all = append(all, Value(privilegePrefix+name))
		rest = behind
	}
}

// variable returns a value's name in a script: application.id is application_id.
func (v Value) variable() string {
	return strings.NewReplacer(".", "_", "-", "_").Replace(string(v))
}

// pieces splits s into literal text and values, in turns: the first is literal.
func pieces(s string) []string {
	var all []string
	for {
		open := -1
		var found Value
		for _, v := range append(privilegeValues(s), values...) {
			if i := strings.Index(s, v.String()); i >= 0 && (open < 0 || i < open) {
				open, found = i, v
			}
		}
		if open < 0 {
			return append(all, s)
		}
		all = append(all, s[:open], string(found))
		s = s[open+len(found.String()):]
	}
}

// results iterates over the IDs that are known, in the order of the values.
func results(p Plan) iter.Seq2[Value, string] {
	return func(yield func(Value, string) bool) {
		for _, v := range values {
			for _, s := range p.Steps {
				if id := s.Result[v]; id != "" {
					if !yield(v, id) {
						return
					}
					break
				}
			}
		}
	}
}
