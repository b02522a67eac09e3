package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
)

// undoPlan takes back what a journal made, and prints the plan with what became of
// each step.
func (p program) undoPlan(ctx context.Context, f planFlags) int {
	journal, err := setup.Peek(f.undo)
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	}
	form := connection.Form{Environment: journal.Head.Environment, Tenant: journal.Head.TenantID, ClientID: journal.Head.ClientID}
	doctor := core.Doctor{Clouds: core.CloudsFor(form)}
	target, err := doctor.PlanTarget(form, plan.Target{Name: journal.Head.Name, Role: journal.Head.Role})
	if err == nil {
		err = f.agrees(journal)
	}
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	}
	session, err := doctor.OpenSetup(ctx, form, target, p.signIn(f, doctor, core.SetupNeeds(journal)...))
	var refused *admin.Error
	switch {
	case errors.As(err, &refused) && refused.Cause == catalog.EnvironmentWrongTenant: // the journal is of another tenant
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	case err != nil:
		return p.noPlan(ctx, f.format, target, err)
	}
	defer session.Close()
	kept, err := f.kept()
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	}
	result, err := session.Undo(ctx, core.SetupOrder{Form: form, Journal: f.undo, Kept: kept})
	status := p.printPlan(f.format, session.Target(), result.Plan)
	if err == nil {
		return status
	}
	fmt.Fprintf(p.err, "s2scheck: not everything was taken back: %v\nRun the same command again to go on.\n", err)
	if ctx.Err() != nil {
		return exitUnfinished
	}
	return exitBroken
}

// agrees returns an error where the command line names another connection than a
// journal.
func (f planFlags) agrees(journal *setup.Journal) error {
	if f.environment == "" && f.tenant == "" {
		return nil
	}
	given := plan.Target{Environment: f.environment}
	if f.environment == "" || sameEnvironment(journal.Head.Environment, f.environment) {
		given.Environment = journal.Head.Environment
	}
	if f.tenant != "" {
		id, ok := guid.Parse(f.tenant)
		if !ok {
			return errors.New("a journal has the ID of its tenant: give that with --tenant, and no domain")
		}
		given.TenantID = id
	}
	return journal.Belongs(given)
}
