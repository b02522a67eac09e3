package core

import (
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// SignIn is how an administrator signs in. The zero value is the browser, for reading
// alone.
type SignIn struct {
	// Way is [admin.ByBrowser], [admin.ByAzureCLI] or [admin.ByDevice]; "" is the
	// browser.
	Way admin.Way
	// ClientID is the public client to sign in with; "" takes the first that has what is
	// needed.
	ClientID string
	// EnvironmentWay is how another administrator signs in, for the environment alone; ""
	// where one has the rights for both halves.
	EnvironmentWay admin.Way
	// Turn is called before one of the two is asked to sign in; see [admin.Halves].
	Turn func(environment bool)
	// Changes is true where the plan is to be done, and not read alone.
	Changes bool
	// Needs are permissions of Microsoft Graph that are needed besides those of the
	// target.
	Needs []string
	// Open, Progress and Locale are those of the page in the browser, and Show shows a
	// device code: see [admin.Options].
	Open     consent.Browser
	Progress func(consent.Progress)
	Locale   consent.Locale
	Show     func(entra.DeviceCode)
}

// Client returns the public client that signs the administrator of a target in. The
// error is an *[admin.Error].
func (how SignIn) Client(t plan.Target) (admin.Client, error) {
	if how.ClientID == "" {
		return admin.DefaultClient(how.needs(t)), nil
	}
	c, ok := admin.FindClient(how.ClientID)
	if !ok {
		return c, &admin.Error{Cause: catalog.InputClientID, Summary: text.F("The client ID of the sign-in is no GUID."), Next: []admin.Way{admin.ByBrowser, admin.ByScript}}
	}
	return c, nil
}

// Another returns the public client of Microsoft's to try after one that was refused,
// or false if all were tried.
func (how SignIn) Another(t plan.Target, after admin.Client) (admin.Client, bool) {
	return admin.NextClient(after, how.needs(t))
}

// needs returns the permissions of Microsoft Graph that a target needs.
func (how SignIn) needs(t plan.Target) []string {
	if !how.Changes && !t.Classic {
		return []string{admin.ReadApplications}
	}
	needs := []string{admin.WriteApplications}
	if t.Classic && t.Includes(plan.Consent) {
		needs = append(needs, admin.WriteGrants)
	}
	if t.Classic && t.Includes(plan.Licence) {
		needs = append(needs, admin.WriteUsers)
	}
	for _, need := range how.Needs {
		if !slices.Contains(needs, need) {
			needs = append(needs, need)
		}
	}
	return needs
}

// SetupNeeds returns the permissions of Microsoft Graph that taking a journal back
// needs besides those of every set-up.
func SetupNeeds(journal *setup.Journal) []string {
	var needs []string
	for _, e := range journal.Entries {
		switch e.Step {
		case plan.Consent:
			needs = append(needs, admin.WriteGrants)
		case plan.Licence:
			needs = append(needs, admin.WriteUsers)
		}
	}
	return needs
}

// AzureCLI reports whether the Azure CLI can sign an administrator in: it is installed,
// and the tenant is one that it can know.
func (d Doctor) AzureCLI() bool {
	_, err := admin.FindAzureCLI("")
	return err == nil && d.scratch == ""
}

// Administrator returns an administrator for a target; the target must name a tenant. The
// user signs in when the first token is asked for, and the other user of
// [SignIn.EnvironmentWay] when one for the environment is. The error is an *[admin.Error].
func (d Doctor) Administrator(t plan.Target, how SignIn) (admin.Administrator, error) {
	entra, err := d.oneAdministrator(t, how)
	if err != nil || how.EnvironmentWay == "" {
		return entra, err
	}
	how.Way = how.EnvironmentWay
	dataverse, err := d.oneAdministrator(t, how)
	if err != nil {
		return nil, err
	}
	return &admin.Halves{Environment: t.Environment, Entra: entra, Dataverse: dataverse, Turn: how.Turn}, nil
}

func (d Doctor) oneAdministrator(t plan.Target, how SignIn) (admin.Administrator, error) {
	if how.Way == admin.ByAzureCLI {
		cli, err := admin.FindAzureCLI(t.TenantID)
		if err != nil {
			return nil, err // not cli: an interface that holds a nil pointer is not nil
		}
		return cli, nil
	}
	client, err := how.Client(t)
	if err != nil {
		return nil, err
	}
	o := admin.Options{
		Transport: d.Transport, Cloud: t.Cloud, TenantID: t.TenantID, Client: client, Needs: how.needs(t),
		Open: how.Open, Progress: how.Progress, Authority: d.Authority, Locale: how.Locale, Show: how.Show,
	}
	if how.Way == admin.ByDevice {
		return admin.NewDevice(o), nil
	}
	return admin.NewBrowser(o), nil
}
