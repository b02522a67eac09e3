package sandbox

import "github.com/s2sdoctor/s2sdoctor/core/connection"

// Scenario is a named state of the world: what is wrong with the tenant, what is
// wrong with the form, and what an examination has to say about it.
type Scenario struct {
	// Name is in kebab-case: "secret-expired".
	Name string
	// Title is what a person would say about it.
	Title string
	// Cause is the contract's name of the root cause; "" when the connection is
	// healthy.
	Cause string
	// Warnings are the causes that a healthy or a broken connection shows besides.
	Warnings []string
	// Consent is the cause that consenting ends in when it is done as the title
	// says; "" when it works.
	Consent string
	// Set and Form put the faults in; neither is nil. Set comes first.
	Set  func(*Tenant)
	Form func(*connection.Form)
	// Slow: it lasts as long as the caller's patience. False: seconds.
	Slow bool
	// Lesson is one sentence on what it teaches.
	Lesson string
}

// Scenarios are all of them, in the order to show them.
func Scenarios() []Scenario {
	var all []Scenario
	for _, group := range [][]Scenario{
		healthyScenarios, articleScenarios, inputScenarios, tenantScenarios, applicationScenarios,
		credentialScenarios, tokenScenarios, consentScenarios, environmentScenarios, userScenarios, networkScenarios,
	} {
		all = append(all, group...)
	}
	for i := range all {
		if all[i].Set == nil {
			all[i].Set = func(*Tenant) {}
		}
		if all[i].Form == nil {
			all[i].Form = func(*connection.Form) {}
		}
	}
	return all
}

// Find looks a scenario up by its name.
func Find(name string) (Scenario, bool) {
	for _, s := range Scenarios() {
		if s.Name == name {
			return s, true
		}
	}
	return Scenario{}, false
}

// Start starts a sandbox in this scenario and fills its form.
func (sc Scenario) Start() (*Server, connection.Form, error) {
	var t Tenant
	sc.Set(&t)
	s, err := Start(&t)
	if err != nil {
		return nil, connection.Form{}, err
	}
	return s, s.formFor(sc), nil
}

// Apply puts a running sandbox into a scenario, whatever it was in before, and
// fills its form.
func (s *Server) Apply(sc Scenario) connection.Form {
	s.Configure(func(t *Tenant) {
		*t = Tenant{IPv6Only: t.IPv6Only, MicrosoftNames: t.MicrosoftNames}
		sc.Set(t)
	})
	return s.formFor(sc)
}
