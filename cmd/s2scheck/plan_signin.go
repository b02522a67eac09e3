package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// adminClientID is the variable that names the client of the sign-in.
const adminClientID = "S2S_ADMIN_CLIENT_ID"

// signIn returns the function that has the administrator of --admin sign in. needs are
// further permissions of Microsoft Graph. What the user must know goes to standard
// error.
func (p program) signIn(f planFlags, doctor core.Doctor, needs ...string) func(plan.Target) (admin.Administrator, error) {
	how := core.SignIn{
		Way: admin.Way(f.admin), EnvironmentWay: admin.Way(f.environmentAdmin), ClientID: f.adminClientID, Changes: f.apply || f.undo != "", Needs: needs,
		Open: browser.Opener{Loopback: doctor.Authority != ""}.Open, Progress: p.showPage, Show: p.showCode,
	}
	if how.ClientID == "" {
		how.ClientID = p.getenv(adminClientID)
	}
	return func(t plan.Target) (admin.Administrator, error) {
		client, err := how.Client(t)
		if err != nil && (how.Way != admin.ByAzureCLI || how.EnvironmentWay != "") {
			return nil, err
		}
		if how.EnvironmentWay == "" {
			p.announceSignIn("an administrator", how.Way, client)
		}
		how.Turn = func(environment bool) {
			if environment {
				p.announceSignIn("an administrator of the environment", how.EnvironmentWay, client)
			} else {
				p.announceSignIn("an administrator of Entra", how.Way, client)
			}
		}
		return doctor.Administrator(t, how)
	}
}

// announceSignIn writes, before anything opens, who signs in, and what that will be
// called. The Azure CLI opens nothing.
func (p program) announceSignIn(who string, way admin.Way, c admin.Client) {
	if way == admin.ByAzureCLI {
		return
	}
	name := "“" + c.Name + "”, a program of Microsoft's"
	if c.Own() {
		name = "by the name of your own application"
	}
	fmt.Fprintf(p.err, "s2scheck: %s signs in. Microsoft's page and the sign-in log will call this %s (%s).\n", who, name, c.ID)
	if way == admin.ByDevice {
		fmt.Fprintf(p.err, "s2scheck: %s\n", admin.DeviceWarning)
	}
}

// showPage writes how far the sign-in page is.
func (p program) showPage(s consent.Progress) {
	switch s.Step {
	case consent.Opening:
		fmt.Fprintf(p.err, "s2scheck: opening %s in the browser, and waiting until %s\n", s.Host, s.Deadline.Format(time.TimeOnly))
	case consent.CopyAddress:
		fmt.Fprintf(p.err, "s2scheck: no browser could be opened. Open this address in one on this computer:\n%s\n", s.Attempt.URL)
	}
}

// showCode shows a device code.
func (p program) showCode(c entra.DeviceCode) {
	fmt.Fprintf(p.err, "s2scheck: open %s in a browser and enter the code %s, before %s\n", c.URL, c.UserCode, c.Expires.Format(time.TimeOnly))
}

// suggest prints the ways that can still work after a sign-in that did not.
func (p program) suggest(err error, t plan.Target) {
	var refused *admin.Error
	if !errors.As(err, &refused) || len(refused.Next) == 0 {
		return
	}
	fmt.Fprintln(p.err, "s2scheck: what can still work:")
	for _, way := range refused.Next {
		fmt.Fprintf(p.err, "  %s: %s\n", way.Title(), wayFlags(way, t))
	}
}

// wayFlags is how the command takes a way.
func wayFlags(way admin.Way, t plan.Target) string {
	switch way {
	case admin.ByAzureCLI:
		return "az login --tenant " + t.TenantID + ", then --admin az"
	case admin.ByDevice:
		return "--admin device"
	case admin.ByOwnClient:
		return "--admin-client-id ID, of a public client with the redirect URI http://localhost"
	case admin.ByAnotherClient:
		list := ""
		for _, c := range admin.Clients() {
			list += "\n    --admin-client-id " + c.ID + "  " + c.Name
		}
		return list
	case admin.ByConsent:
		return "an Entra administrator opens https://" + t.Cloud.Login + "/" + t.TenantID + "/adminconsent?client_id=ID"
	case admin.ByAllowList:
		return "Power Platform admin center, the environment, Settings, Privacy + Security, Client application access"
	case admin.ByScript:
		return "--offline --format az, powershell or terraform"
	}
	return "--admin browser"
}
