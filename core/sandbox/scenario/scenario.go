// Package scenario is the lessons of the sandbox: named states of its tenant and
// of the form, each with what an examination has to find.
//
// It promises:
//   - A scenario is data: a fault of the tenant, a change of the form, the cause
//     and the warnings that they lead to.
//   - The names are public: they are printed by the command and never change.
//   - Every scenario starts from the healthy tenant.
package scenario

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Scenario is a named state of the world: what is wrong with the tenant, what is
// wrong with the form, and what an examination has to find.
type Scenario struct {
	// Name is in kebab-case: "secret-expired".
	Name string
	// Title describes the state for users, without a full stop.
	Title text.Text
	// Cause is the contract's name of the root cause; "" when the connection is
	// healthy.
	Cause catalog.Cause
	// Warnings are further causes that an examination shows, of a healthy or a broken
	// connection.
	Warnings []catalog.Cause
	// Consent is the cause that consenting ends in when it is done as the title
	// describes; "" when it works.
	Consent catalog.Cause
	// Set and Form put the faults in, Credential the credential. They are not nil. The order
	// is Set, Credential, Form.
	Set        func(*sandbox.Tenant)
	Credential func(*sandbox.Server, *connection.Form)
	Form       func(*connection.Form)
	// Slow is true if it lasts as long as the caller waits; otherwise it lasts
	// seconds.
	Slow bool
	// Lesson is what it teaches, in one sentence.
	Lesson text.Text
}

// All returns every scenario in the order to show them; the first is healthy.
func All() []Scenario {
	all := slices.Concat(
		healthy, article, input, tenant, application, credential, federation, identity, token, consent, environment, user, network, setup,
	)
	for i := range all {
		if all[i].Set == nil {
			all[i].Set = func(*sandbox.Tenant) {}
		}
		if all[i].Credential == nil {
			all[i].Credential = ordinary
		}
		if all[i].Form == nil {
			all[i].Form = func(*connection.Form) {}
		}
	}
	return all
}

// Find returns the scenario of a name.
func Find(name string) (Scenario, bool) {
	all := All()
	i := slices.IndexFunc(all, func(s Scenario) bool { return s.Name == name })
	if i < 0 {
		return Scenario{}, false
	}
	return all[i], true
}

// Start starts a sandbox in this scenario and fills its form.
func (sc Scenario) Start() (*sandbox.Server, connection.Form, error) {
	var t sandbox.Tenant
	sc.Set(&t)
	s, err := sandbox.Start(&t)
	if err != nil {
		return nil, connection.Form{}, err
	}
	return s, sc.fill(s), nil
}

// Apply puts a running sandbox into this scenario, from any state, and
// fills its form.
func (sc Scenario) Apply(s *sandbox.Server) connection.Form {
	s.Reset(sc.Set)
	return sc.fill(s)
}
