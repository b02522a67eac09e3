package main

import (
	"context"
	"errors"
	"flag"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/rotate"
)

var rotateFormats = []string{"text", "json"}

// rotateFlags is the command line of rotate.
type rotateFlags struct {
	profile, folder, format string
	abandon                 bool
	timeout                 time.Duration
}

func (f *rotateFlags) define() *flag.FlagSet {
	set := flag.NewFlagSet("rotate", flag.ContinueOnError)
	set.StringVar(&f.profile, "profile", "", "`NAME` a saved connection; those that share its certificate change with it")
	set.StringVar(&f.folder, "folder", "", "`DIR` the folder of the new files; one in the settings folder when left out")
	set.BoolVar(&f.abandon, "abandon", false, "delete what was made, as long as nothing was switched")
	set.StringVar(&f.format, "format", "text", oneOf(rotateFormats)+" the form of the output")
	set.DurationVar(&f.timeout, "timeout", time.Minute, "`DURATION` how long it lasts at most; 60s when left out")
	return set
}

// rotate replaces the credential of saved connections by a new certificate, or goes on
// with that.
func (p program) rotate(ctx context.Context, args []string) int {
	var f rotateFlags
	rest, err := parseFlags(f.define(), args)
	switch {
	case err != nil:
	case len(rest) > 0:
		err = errors.New("only flags are understood after rotate")
	case f.profile == "":
		err = errors.New("rotate needs --profile, the name of a saved connection")
	case !slices.Contains(rotateFormats, f.format):
		err = errors.New("--format must be one of text, json")
	case f.timeout <= 0:
		err = errors.New("--timeout must be longer than nothing, such as 30s")
	}
	if err != nil {
		return p.unusable(err)
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return p.refused(err)
	}
	if f.abandon {
		if err := rotate.Abandon(ctx, store, f.profile); err != nil {
			return p.refused(err)
		}
		return exitHealthy
	}
	var subject exam.Subject
	result, err := rotate.Run(ctx, rotate.Options{Store: store, Name: f.profile, Folder: f.folder, Test: func(ctx context.Context, form connection.Form) exam.Report {
		r := core.Doctor{Clouds: core.CloudsFor(form)}.Examine(ctx, form, false, nil)
		subject = r.Connection
		return r
	}})
	switch {
	case errors.Is(err, profile.ErrNoProfile):
		return p.unusable(noSuchName("there is no saved profile " + plain.Called(f.profile)))
	case err != nil:
		return p.refused(err)
	}
	link := "https://" + vars(subject)["portal"] + "/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/" + subject.ClientID + "/isMSAApp~/false"
	if f.format == "json" {
		rotate.WriteJSON(p.out, result, link)
	} else {
		rotate.WriteText(p.out, result, link)
	}
	switch {
	case result.Step == rotate.Switched:
		return exitHealthy
	case ctx.Err() != nil, result.Report.RootCause.Unreachable():
		return exitUnfinished
	}
	return exitBroken
}

// vars returns the hosts of a connection's cloud.
func vars(s exam.Subject) map[string]string {
	return core.Doctor{Clouds: core.CloudsFor(connection.Form{Environment: s.Environment})}.Vars(s)
}
