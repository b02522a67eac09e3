package core

import (
	"context"
	"errors"
	"net/http"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Discovered is what an environment states about itself without a credential.
type Discovered struct {
	// TenantID is the directory it belongs to; "" when it did not say, or named an
	// authority that the table of clouds does not have.
	TenantID string
	Cloud    cloud.Cloud
	// Region is "EMEA"; zero for a region that has no title yet.
	Region text.Text
}

// Discover finds the tenant and the cloud of the environment in the form, without a credential. The
// rest of the form does not count. false when the address cannot be used or
// no Dataverse answers.
func (d Doctor) Discover(ctx context.Context, form connection.Form) (Discovered, bool) {
	found, err := d.discover(ctx, form)
	return found, err == nil
}

var errUnnamed = errors.New("the environment did not name its tenant: give it with --tenant, or examine the connection first")

// discover is [Doctor.Discover] with the reason: a *[transport.Error], a
// *[setup.ServiceError] of a service that is busy or down, or errUnnamed.
func (d Doctor) discover(ctx context.Context, form connection.Form) (Discovered, error) {
	c, _, _ := connection.Form{Environment: form.Environment}.Clean(d.clouds())
	if c.Host == "" {
		return Discovered{}, errUnnamed
	}
	client := transport.New(d.Transport)
	defer client.Close()
	facts := dataverse.Probe(ctx, client, c.Environment)
	switch status := facts.Response.Status; {
	case facts.Err != nil:
		return Discovered{}, facts.Err
	case status == http.StatusTooManyRequests, status >= http.StatusInternalServerError:
		return Discovered{}, &setup.ServiceError{Host: c.Host, Status: status}
	case !facts.Complete() || facts.TenantID == "" || !c.Cloud.Issues(facts.Login):
		return Discovered{}, errUnnamed
	}
	return Discovered{TenantID: facts.TenantID, Cloud: c.Cloud, Region: cloud.RegionTitle(c.Host)}, nil
}
