package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// saved gives the form of one saved profile. What flags say goes before what was
// saved; a secret that the store does not give may come from the environment.
func (p program) saved(ctx context.Context, f flags) (connection.Form, error) {
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return connection.Form{}, err
	}
	loaded, err := p.load(ctx, store, f.profile)
	if err != nil {
		return connection.Form{}, err
	}
	form := loaded.Form
	f.override(&form)
	if p.keyless(f, &form) {
		return form, nil
	}
	switch {
	case f.given["certificate"]:
		form.CertificatePassword = p.certificatePassword() // the saved one is of another file
	case form.CertificateFile != "" && form.CertificatePassword.Empty():
		form.CertificatePassword = p.certificatePassword()
	case f.secretStdin:
		form.Secret, err = p.readSecret(ctx)
	case form.CertificateFile == "" && form.Secret.Empty():
		form.Secret = p.secretFromEnvironment()
	}
	p.tellMissing(f.profile, form, loaded.Why)
	return form, err
}

func (p program) load(ctx context.Context, store *profile.Store, name string) (profile.Loaded, error) {
	loaded, err := store.Load(ctx, name)
	if errors.Is(err, profile.ErrNoProfile) {
		err = errors.New("there is no saved profile " + plain.Called(name))
	}
	return loaded, err
}

// tellMissing reports why the store did not give the secret of a profile that is
// still without one.
func (p program) tellMissing(name string, form connection.Form, why text.Text) {
	if form.Secret.Empty() && form.CertificatePassword.Empty() && !why.Empty() {
		fmt.Fprintf(p.err, "s2scheck: %s: %s\n", name, why)
	}
}

// everyProfile examines all saved connections, a few at a time, and returns the
// highest of their exit statuses.
func (p program) everyProfile(ctx context.Context, f flags, recording *recording) int {
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return p.unusable(err)
	}
	profiles, err := store.List(ctx)
	if err != nil {
		return p.unusable(err)
	}
	reports := make([]exam.Report, len(profiles))
	var gate core.Gate
	var group sync.WaitGroup
	for i, saved := range profiles {
		// Stores ask for permission one at a time: read before running side by side.
		loaded, err := p.load(ctx, store, saved.Name)
		if err != nil {
			fmt.Fprintf(p.err, "s2scheck: %s: %v\n", saved.Name, err)
		}
		form := loaded.Form
		why := p.complete(&form)
		if !why.Empty() {
			reports[i] = exam.Refused(form, connection.Problem{Field: connection.FieldSecret, Cause: "input.secret-missing", Summary: why})
			reports[i].Profile = saved.Name
			continue
		}
		p.tellMissing(saved.Name, form, loaded.Why)
		group.Go(func() {
			defer crash.Guard(nil) // an empty report is an unfinished one
			reports[i].Profile = saved.Name
			reports[i] = oneOfMany(ctx, f, &gate, form)
			reports[i].Profile = saved.Name
		})
	}
	group.Wait()
	p.printAll(f.format, reports)
	if len(profiles) == 0 {
		// A pipeline that guards 40 connections must not turn green on none.
		fmt.Fprintln(p.err, "s2scheck: there are no saved profiles to examine")
		return exitUnusable
	}
	worst := exitHealthy
	for _, r := range reports {
		worst = max(worst, status(r))
	}
	return recording.each(p, reports, worst)
}

// oneOfMany examines a saved connection in its turn; its time begins then.
func oneOfMany(ctx context.Context, f flags, gate *core.Gate, form connection.Form) exam.Report {
	doctor := core.Doctor{Clouds: core.CloudsFor(form)}
	if leave, err := gate.Enter(ctx, doctor.Host(form)); err == nil {
		defer leave()
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	return doctor.Examine(ctx, form, f.offline, nil)
}

func (p program) printAll(format string, reports []exam.Report) {
	switch format {
	case "json":
		if reports == nil {
			reports = []exam.Report{}
		}
		p.json(map[string]any{"version": 1, "results": reports})
	case "junit":
		writeJUnit(p.out, reports)
	default:
		for _, r := range reports {
			writeText(p.out, r, palette(p.colour))
			fmt.Fprintln(p.out)
		}
	}
}
