package core

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
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
	c, _, _ := connection.Form{Environment: form.Environment}.Clean(d.clouds())
	if c.Host == "" {
		return Discovered{}, false
	}
	client := transport.New(d.Transport)
	defer client.Close()
	facts := dataverse.Probe(ctx, client, c.Environment)
	if !facts.Complete() || facts.TenantID == "" || !c.Cloud.Issues(facts.Login) {
		return Discovered{}, false
	}
	return Discovered{TenantID: facts.TenantID, Cloud: c.Cloud, Region: cloud.RegionTitle(c.Host)}, true
}
