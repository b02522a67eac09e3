package ui

import (
	"context"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

const contoso = "https://contoso.crm4.dynamics.com"

// TestTheShownAddressLearnsTheTenant guards the consent page's address that was
// opened before the environment had answered.
func TestTheShownAddressLearnsTheTenant(t *testing.T) {
	j := newJourney(t)
	j.s.w.deps.Discover = func(context.Context, connection.Form) (core.Discovered, bool) {
		return core.Discovered{TenantID: testTenant, Cloud: cloud.Cloud{Title: text.F("public cloud")}, Region: text.F("EMEA")}, true
	}
	j.s.w.session.ForgetDiscovery()
	j.s.w.session.Look()
	j.s.press("Open consent page")
	j.s.until("the tenant", func() bool { return j.choice.TenantID == testTenant })
	j.s.press("Close")
	if j.s.w.consenting != nil {
		t.Error("the window keeps a dialog that is closed")
	}
}
