package main

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"s2sdoctor/core"
	"s2sdoctor/core/connection"
	"s2sdoctor/core/exam"
	"s2sdoctor/core/profile"
)

// saved gives the form of one saved profile. What flags say goes before what was
// saved; a secret that the store does not give may come from the environment.
func (p program) saved(ctx context.Context, f flags) (connection.Form, error) {
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return connection.Form{}, err
	}
	form, err := p.load(ctx, store, f.profile)
	if err != nil {
		return form, err
	}
	f.override(&form)
	if f.given["certificate"] {
		form.CertificatePassword = p.certificatePassword() // the saved one is of another file
	}
	if f.secretStdin {
		form.Secret, err = p.readSecret()
	}
	return form, err
}

func (p program) load(ctx context.Context, store *profile.Store, name string) (connection.Form, error) {
	loaded, err := store.Load(ctx, name)
	switch {
	case errors.Is(err, profile.ErrNoProfile):
		return connection.Form{}, fmt.Errorf("there is no saved profile %q", name)
	case err != nil:
		return connection.Form{}, err
	}
	if !loaded.Why.Empty() {
		loaded.Form.Secret = p.secretFromEnvironment()
		if loaded.Form.Secret.Empty() {
			fmt.Fprintf(p.err, "s2scheck: %s: %s\n", name, loaded.Why)
		}
	}
	return loaded.Form, nil
}

// everyProfile examines all saved connections, a few at a time, and gives the
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
	var group errgroup.Group
	group.SetLimit(core.SideBySide)
	for i, saved := range profiles {
		// Stores ask for permission one at a time: read before running side by side.
		form, err := p.load(ctx, store, saved.Name)
		if err != nil {
			fmt.Fprintf(p.err, "s2scheck: %s: %v\n", saved.Name, err)
		}
		group.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, f.timeout)
			defer cancel()
			reports[i] = core.Doctor{Clouds: core.CloudsFor(form)}.Examine(ctx, form, f.offline, nil)
			reports[i].Profile = saved.Name
			return nil
		})
	}
	_ = group.Wait()
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
