package xray

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// warnings are the causes that an examination reports as warnings.
var warnings = []catalog.Cause{
	catalog.RoleSystemAdministrator, catalog.AppUserLicensed, catalog.AppUserWrongObjectID, catalog.AppUserNoApplicationIDURI,
}

// Report returns an examination with its blind spots filled in: the checks that could
// not be tried, when the credential ends, and which federated credential a refused token
// differs from. Other checks that ran stay as they are.
func (p Picture) Report(r exam.Report, t plan.Target) exam.Report {
	r.Checks = slices.Clone(r.Checks)
	for i, c := range r.Checks {
		if c.ID == exam.CheckToken && c.Status == exam.Fail {
			r.Checks[i] = p.federation(c, t)
		}
		if c.Status != exam.Skip && c.Status != exam.Manual {
			continue
		}
		switch c.ID {
		case exam.CheckCredentialExpiry:
			r.Checks[i] = p.expiry(c, t)
		case exam.CheckAppUser:
			r.Checks[i] = p.settle(c, p.user, t, text.F("The environment has its application user, and it is enabled: an administrator's sign-in has read it."))
		case exam.CheckRoles:
			r.Checks[i] = p.settle(c, p.role, t, text.F("Security roles: %s. An administrator's sign-in has read them.", p.roleNames()))
		case exam.CheckLicence:
			r.Checks[i] = p.settle(c, p.licence, t, text.F("The application user has no licence: an administrator's sign-in has read it."))
		}
	}
	return conclude(r)
}

// settle returns the check with what the picture shows of it.
func (p Picture) settle(c exam.Result, judge func(plan.Target) (catalog.Cause, bool), t plan.Target, good text.Text) exam.Result {
	cause, known := judge(t)
	if !known {
		return c
	}
	settled := exam.Result{ID: c.ID, Title: c.Title, Status: exam.Pass, Summary: good, Fix: []text.Text{}, Links: []catalog.Link{}}
	if cause != "" {
		settled = exam.ResultOf(c.ID, cause, catalog.Vars{"clientId": t.ClientID, "environment": t.Environment})
		settled.Summary = settled.Title
		if slices.Contains(warnings, cause) {
			settled.Status = exam.Warn
		}
		settled.Title = c.Title
	}
	if c.ID == exam.CheckAppUser {
		settled.Evidence.Facts = p.userFacts()
	}
	return settled
}

func (p Picture) userFacts() []catalog.Fact {
	var facts []catalog.Fact
	for _, u := range p.Users {
		facts = append(facts, catalog.NewFact("systemuserid", u.ID))
		if u.Deleted {
			facts = append(facts, catalog.NewFact("deletedstate", "1"))
			continue
		}
		facts = append(facts, catalog.NewFact(catalog.FactApplicationIDURI, u.IDURI), catalog.NewFact(catalog.FactObjectID, u.ObjectID))
	}
	return facts
}

func (p Picture) roleNames() string {
	var names []string
	for _, u := range p.active() {
		for _, r := range slices.Concat(u.Roles, u.TeamRoles) {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, ", ")
}

// expiry returns the check of the credential's end.
func (p Picture) expiry(c exam.Result, t plan.Target) exam.Result {
	secret := t.Given == connection.SecretKind
	key, found, others := p.given(secret)
	if !found || !p.State.Applications.Read {
		return c
	}
	if p.ended(key) {
		cause := catalog.CertificateExpired
		if secret {
			cause = catalog.SecretExpired
		}
		settled := exam.ResultOf(c.ID, cause, catalog.Vars{"clientId": t.ClientID})
		settled.Title, settled.Summary = c.Title, text.F("The credential “%s” ended on %s.", key.DisplayName, day(key.End))
		settled.Evidence.Facts = keyFacts(key, others)
		return settled
	}
	settled := exam.Result{ID: c.ID, Title: c.Title, Status: exam.Pass, Fix: []text.Text{}, Links: c.Links, Owner: c.Owner}
	settled.Summary = text.F("The credential “%s” lasts until %s, %d days from now.", key.DisplayName, day(key.End), int(key.End.Sub(p.State.Now)/(24*time.Hour)))
	settled.Evidence.Facts = keyFacts(key, others)
	return settled
}

func keyFacts(key plan.Key, others int) []catalog.Fact {
	facts := []catalog.Fact{catalog.NewFact(catalog.FactCredentialEnds, key.End.UTC().Format(time.RFC3339)), catalog.NewFact("key ID", key.KeyID)}
	if others > 0 {
		facts = append(facts, catalog.NewFact("other credentials", strconv.Itoa(others)))
	}
	return facts
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// conclude sets what follows from the checks.
func conclude(r exam.Report) exam.Report {
	root, broken := r.Root()
	r.Healthy, r.RootCause, r.Warnings = r.Healthy && !broken, "", nil
	if broken {
		r.RootCause = root.Cause
	}
	for _, c := range r.Checks {
		if c.Status == exam.Warn && c.Cause != "" {
			r.Warnings = append(r.Warnings, c.Cause)
		}
	}
	return r
}
