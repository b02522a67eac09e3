package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// applyPlan does the plan, reads it again and examines the connection.
func (p program) applyPlan(ctx context.Context, f planFlags, doctor core.Doctor, form connection.Form, target plan.Target) int {
	kept, err := f.kept()
	if err == nil {
		err = f.readable()
	}
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	}
	work, err := doctor.OpenSetup(ctx, form, target, p.signIn(f, doctor))
	if err != nil {
		return p.noPlan(ctx, f.format, target, err)
	}
	defer work.Close()
	result, err := work.Apply(ctx, core.SetupOrder{Form: form, Journal: f.journal, Kept: kept, Observe: p.follow(f.format)})
	switch {
	case errors.As(err, new(*setup.JournalError)) || errors.As(err, new(*core.KeepError)) && result.Plan.Steps == nil:
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	case err != nil:
		return p.stopped(ctx, f, work.Target(), result.Plan, err)
	case result.Unsaved != nil:
		fmt.Fprintf(p.err, "s2scheck: the connection was not saved: %v\n", result.Unsaved)
	}
	return p.printPlan(f.format, work.Target(), result.Plan)
}

// readable returns an error where --journal names a file that is no journal: it is found
// before anything is sent.
func (f planFlags) readable() error {
	if _, err := os.Stat(f.journal); f.journal == "" || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	_, err := setup.Peek(f.journal)
	return err
}

// kept returns where --save and --certificate-out keep what is made.
func (f planFlags) kept() (core.Kept, error) {
	kept := core.Kept{Name: f.save}
	if f.certificateOut != "" {
		file, err := filepath.Abs(f.certificateOut)
		if err != nil {
			return kept, err
		}
		kept.File = file
	}
	if f.save == "" && f.undo == "" {
		return kept, nil
	}
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return kept, err
	}
	kept.Store = store
	return kept, nil
}

// follow shows a user at a terminal what is going on.
func (p program) follow(format string) func(plan.Step, text.Text) {
	if format != "text" {
		return nil
	}
	return func(s plan.Step, note text.Text) {
		fmt.Fprintf(p.err, "%s: %s %s\n", s.Title, s.Status, note)
	}
}

// stopped prints a plan that ended early.
func (p program) stopped(ctx context.Context, f planFlags, target plan.Target, planned plan.Plan, err error) int {
	if planned.Steps == nil {
		return p.noPlan(ctx, f.format, target, err)
	}
	p.printPlan(f.format, target, planned)
	fmt.Fprintf(p.err, "s2scheck: %v\nRun the same command again to go on, or s2scheck plan --admin %s --undo %s to take back what was done.\n", err, f.admin, planned.Journal)
	p.suggest(err, target)
	if ctx.Err() != nil {
		return exitUnfinished
	}
	return exitBroken
}
