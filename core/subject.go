package core

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Subject describes the connection in a form as an examination's report does,
// without a request. What cannot be used is empty.
func (d Doctor) Subject(form connection.Form) exam.Subject {
	// The credential is left out: a certificate takes time to open.
	c, _, _ := connection.Form{Environment: form.Environment, Tenant: form.Tenant, ClientID: form.ClientID}.Clean(d.clouds())
	return exam.Subject{Environment: c.Environment, Cloud: c.Cloud.Name, TenantID: c.Tenant, ClientID: c.ClientID}
}

// Vars returns the values of a connection for the catalogue's texts and links, with
// the hosts of its cloud.
func (d Doctor) Vars(s exam.Subject) catalog.Vars {
	return s.Vars(d.clouds())
}
