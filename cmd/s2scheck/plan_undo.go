package main

import (
	"context"
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
)

// undoPlan takes back what a journal made, and prints the plan with what became of
// each step.
func (p program) undoPlan(ctx context.Context, f planFlags) int {
	journal, err := setup.Open(f.undo)
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	}
	defer journal.Close()
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
	session, err := doctor.OpenSetup(ctx, form, target, p.signIn(f, doctor, needsOf(journal)...))
	if err != nil {
		return p.noPlan(ctx, f.format, target, err)
	}
	defer session.Close()
	run := &setup.Run{Session: &session.Session, Journal: journal}
	err = run.Undo(ctx)
	if err == nil {
		if forget := forgetSaved(ctx, journal); forget != nil {
			err = &setup.StepError{Step: plan.Credential, Err: forget}
		}
	}
	status := p.printPlan(f.format, session.Target, run.Undone(err))
	if err == nil {
		return status
	}
	fmt.Fprintf(p.err, "s2scheck: not everything was taken back: %v\nRun the same command again to go on.\n", err)
	if ctx.Err() != nil {
		return exitUnfinished
	}
	return exitBroken
}

// needsOf returns the permissions of Microsoft Graph that taking a journal back needs
// besides those of every set-up.
func needsOf(journal *setup.Journal) []string {
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

// agrees returns an error where the command line names another connection than a
// journal.
func (f planFlags) agrees(journal *setup.Journal) error {
	if f.environment == "" && f.tenant == "" {
		return nil
	}
	environment := f.environment
	if environment == "" {
		environment = journal.Head.Environment
	}
	return journal.Belongs(plan.Target{Environment: environment, TenantID: f.tenant})
}
