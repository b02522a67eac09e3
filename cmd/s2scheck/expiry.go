package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/fleet"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/report"
)

var expiryFormats = []string{"text", "json", "csv", "ics"}

// expiryFlags is the command line of expiry.
type expiryFlags struct {
	profile, connections, format, ends string
	within                             int
	timeout                            time.Duration
	given                              map[string]bool
}

func (f *expiryFlags) define() *flag.FlagSet {
	set := flag.NewFlagSet("expiry", flag.ContinueOnError)
	set.StringVar(&f.profile, "profile", "", "`NAME` a saved connection; all of them when left out")
	set.StringVar(&f.connections, "connections", "", "`FILE` the connections of a list in JSON or CSV, which holds no secrets")
	set.IntVar(&f.within, "within", 30, "`DAYS` exit with 1 if something ends within so many days; 30 when left out")
	set.StringVar(&f.ends, "ends", "", "`DAY` remember with --profile when the secret ends, such as 2027-03-31")
	set.StringVar(&f.format, "format", "text", oneOf(expiryFormats)+" the form of the output")
	set.DurationVar(&f.timeout, "timeout", time.Minute, "`DURATION` how long it lasts at most; 60s when left out")
	return set
}

func parseExpiry(args []string) (f expiryFlags, err error) {
	set := f.define()
	rest, err := parseFlags(set, args)
	if err != nil {
		return f, err
	}
	f.given = map[string]bool{}
	set.Visit(func(given *flag.Flag) { f.given[given.Name] = true })
	switch {
	case len(rest) > 0:
		err = errors.New("only flags are understood after expiry")
	case !slices.Contains(expiryFormats, f.format):
		err = errors.New("--format must be one of " + strings.Join(expiryFormats, ", "))
	case f.given["ends"] && f.profile == "":
		err = errors.New("--ends goes with --profile")
	case f.profile != "" && f.connections != "":
		err = errors.New("--profile and --connections exclude each other")
	case f.within < 0:
		err = errors.New("--within is a number of days")
	case f.timeout <= 0:
		err = errors.New("--timeout must be longer than nothing, such as 30s")
	}
	return f, err
}

// expiry prints when the credentials of saved or listed connections end. It sends nothing.
func (p program) expiry(ctx context.Context, args []string) int {
	f, err := parseExpiry(args)
	if err != nil {
		return p.unusable(err)
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	if f.given["ends"] {
		return p.setEnds(ctx, f)
	}
	list, err := p.lifetimes(ctx, f)
	if err != nil {
		return p.refused(err)
	}
	now := time.Now()
	lifetime.Sort(list)
	switch f.format {
	case "json":
		lifetime.WriteJSON(p.out, list, now)
	case "csv":
		lifetime.WriteCSV(p.out, list, now)
	case "ics":
		_ = lifetime.Calendar(p.out, list, now)
	default:
		lifetime.WriteText(p.out, list, now, report.Palette(p.colour))
	}
	for _, l := range list {
		if !l.Ends.IsZero() && l.Days(now) < f.within {
			return exitBroken
		}
	}
	return exitHealthy
}

// setEnds saves the day on which the secret of a connection ends.
func (p program) setEnds(ctx context.Context, f expiryFlags) int {
	day, err := lifetime.ParseDay(f.ends)
	if err != nil {
		return p.unusable(errors.New("--ends is a day such as 2027-03-31, or empty to forget it"))
	}
	store, err := profile.Open(profile.Options{})
	if err == nil {
		err = store.SetEnds(ctx, f.profile, day)
	}
	if errors.Is(err, profile.ErrNoProfile) {
		return p.unusable(noSuchName("there is no saved profile " + plain.Called(f.profile)))
	}
	if err != nil {
		return p.refused(err)
	}
	return exitHealthy
}

// lifetimes are those of the saved connections, or of a list.
func (p program) lifetimes(ctx context.Context, f expiryFlags) ([]lifetime.Lifetime, error) {
	var list []lifetime.Lifetime
	if f.connections != "" {
		data, err := flags{timeout: f.timeout}.readFile(ctx, f.connections, fleet.ListLimit)
		if err != nil {
			return nil, fmt.Errorf("the list of connections cannot be read: %w", reason(err))
		}
		entries, err := fleet.Read(data)
		for _, e := range entries {
			m := p.listed(e, filepath.Dir(f.connections))
			list = append(list, lifetimeOf(ctx, e.Name, e.Group, m.Form, time.Time{}))
		}
		return list, err
	}
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return nil, err
	}
	saved, err := store.List(ctx)
	for _, one := range saved {
		if f.profile != "" && !strings.EqualFold(one.Name, f.profile) {
			continue
		}
		// Only a certificate needs what the system's store holds: the password of its file.
		form := connection.Form{Environment: one.Environment, ClientID: one.ClientID, Kind: one.Credential, Thumbprint: one.Thumbprint, CertificateFile: one.CertificateFile, KeyFile: one.KeyFile}
		if one.CertificateFile != "" {
			loaded, err := p.load(ctx, store, one.Name)
			if err != nil {
				return list, err
			}
			form = loaded.Form
		}
		list = append(list, lifetimeOf(ctx, one.Name, string(one.Label), form, one.Ends))
	}
	if f.profile != "" && len(list) == 0 && err == nil {
		err = noSuchName("there is no saved profile " + plain.Called(f.profile))
	}
	return list, err
}

func lifetimeOf(ctx context.Context, name, group string, form connection.Form, typed time.Time) lifetime.Lifetime {
	l := lifetime.Lifetime{Name: name, Group: group, Environment: form.Environment, ClientID: form.ClientID, Kind: form.CredentialKind()}
	var ends time.Time
	switch cert, err := certificateOf(ctx, form); {
	case err != nil || cert == nil:
	default:
		ends, l.Thumbprint = cert.NotAfter(), cert.Thumbprint()
	}
	l.Source, l.Ends = lifetime.Of(l.Kind, ends, typed)
	return l
}

// certificateOf opens the certificate of a form; nil for another kind.
func certificateOf(ctx context.Context, form connection.Form) (*certificate.Certificate, error) {
	switch form.CredentialKind() {
	case connection.CertificateKind:
		source := certificate.Source{File: certificate.Path(form.CertificateFile), KeyFile: certificate.Path(form.KeyFile), Password: form.CertificatePassword}
		return certificate.Load(ctx, source, time.Now())
	case connection.CertificateStoreKind:
		return certificate.FromStore(ctx, form.Thumbprint)
	}
	return nil, nil
}
