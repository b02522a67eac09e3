package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/setup"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// applyPlan does the plan, reads it again and examines the connection.
func (p program) applyPlan(ctx context.Context, f planFlags, doctor core.Doctor, form connection.Form, target plan.Target) int {
	session, err := doctor.OpenSetup(ctx, form, target, p.signIn(f, doctor))
	if err != nil {
		return p.noPlan(ctx, f.format, target, err)
	}
	defer session.Close()
	journal, err := openJournal(f.journal, session.Target)
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	}
	defer journal.Close()
	keep, err := newKeeper(ctx, f, session.Target, journal)
	if err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return exitUnusable
	}
	run := &setup.Run{Session: &session.Session, Journal: journal, Held: session.Held, Keeper: keep, Unkept: keep.unkept, Observe: p.follow(f.format)}
	planned, err := run.Apply(ctx)
	if err != nil {
		return p.stopped(ctx, f, session.Target, planned, err)
	}
	if planned.Obstructed() {
		return p.printPlan(f.format, run.Target, planned)
	}
	form = keep.fill(form, run.Target, journal)
	if err := keep.save(form); err != nil {
		fmt.Fprintf(p.err, "s2scheck: the connection was not saved: %v\n", err)
	}
	return p.prove(ctx, f, doctor, form, run.Target, planned)
}

// follow tells a person at a terminal what is going on.
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

// prove examines the connection and prints the finished plan.
func (p program) prove(ctx context.Context, f planFlags, doctor core.Doctor, form connection.Form, target plan.Target, planned plan.Plan) int {
	proof := &planned.Steps[len(planned.Steps)-1]
	if proof.Status == plan.Todo || proof.Status == plan.Optional && target.Includes(plan.Proof) {
		report := doctor.ExamineReplicating(ctx, form)
		planned.Report = &report
		planned.Prove(report)
	}
	return p.printPlan(f.format, target, planned)
}

// openJournal opens the journal of a target, or starts one.
func openJournal(path string, t plan.Target) (*setup.Journal, error) {
	if path == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return nil, errors.New("there is no folder for your settings: name a file with --journal")
		}
		dir = filepath.Join(dir, profile.Folder, "plans")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("the journal cannot be made: %w", err)
		}
		name := strings.TrimPrefix(t.Environment, "https://")
		if t.ClientID != "" {
			name += "-" + t.ClientID
		}
		path = filepath.Join(dir, name+".journal")
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return setup.Create(path, t)
	}
	journal, err := setup.Open(path)
	if err != nil {
		return nil, err
	}
	if err := journal.Belongs(t); err != nil {
		_ = journal.Close()
		return nil, err
	}
	return journal, nil
}
