package session

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Scenario is a state of the practice tenant.
type Scenario struct {
	Name  string
	Title text.Text
	// Lesson is a sentence on what it teaches.
	Lesson text.Text
	// Group is the heading under which it is listed, or the zero value.
	Group text.Text
}

// Scenarios returns the sandbox's scenarios, under the headings of a menu.
func Scenarios() []Scenario {
	var list []Scenario
	for _, s := range core.Scenarios() {
		list = append(list, Scenario{Name: s.Name, Title: s.Title, Lesson: s.Lesson, Group: group(s.Name, s.Cause)})
	}
	return list
}

// groups are the headings, by the first word of a scenario's name.
var groups = map[string]text.Text{
	"article": text.F("The article of 2017"), "input": text.F("The form"), "network": text.F("Network"),
	"environment": text.F("Environment"), "tenant": text.F("Tenant"), "application": text.F("Application"),
	"secret": text.F("Secret and certificate"), "certificate": text.F("Secret and certificate"), "token": text.F("Token"),
	"federation": text.F("Federated credential"), "identity": text.F("Managed identity"),
	"clock": text.F("Clock"), "consent": text.F("Consent"), "policy": text.F("Policies"), "appuser": text.F("Application user"),
	"service": text.F("Services in trouble"), "entra": text.F("Services in trouble"), "soap": text.F("Services in trouble"),
	"dataverse": text.F("Services in trouble"), "healthy": text.F("Healthy"), "setup": text.F("To be set up"),
}

// group returns the heading of a scenario. Where the evidence does not decide, the
// first word of its name would promise more than the responses show.
func group(name string, cause catalog.Cause) text.Text {
	switch {
	case name == "healthy":
		return text.Text{}
	case cause == catalog.Unknown:
		return text.F("Undecided")
	}
	family, _, _ := strings.Cut(name, "-")
	if title, ok := groups[family]; ok {
		return title
	}
	return text.F("Others")
}
