package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/federation"
	"github.com/s2sdoctor/s2sdoctor/core/fleet"
	"github.com/s2sdoctor/s2sdoctor/core/harden"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// several examines all saved connections, or those of a list.
func (p program) several(ctx context.Context, f flags, recording *recording) int {
	baseline, err := f.readBaseline(ctx)
	if err != nil {
		return p.refused(err)
	}
	members, count, err := p.members(ctx, f)
	if err != nil {
		return p.refused(err)
	}
	harden.Allow(int64(count) * reportSize)
	reports := fleet.Examine(ctx, members, fleet.Options{Timeout: f.timeout, Offline: f.offline})
	p.printAll(f.format, reports, baseline)
	if count == 0 && f.all {
		// A pipeline that guards 40 connections must not turn green without any.
		fmt.Fprintln(p.err, "s2scheck: there are no saved profiles to examine")
		return exitUnusable
	}
	worst := exitHealthy
	for _, r := range reports {
		if baseline == nil || baseline.Worse(r) {
			worst = max(worst, status(r))
		}
	}
	return recording.each(p, reports, worst)
}

// reportSize is about how many bytes a report takes, and the goroutine that waits for its
// turn.
const reportSize = 32 << 10

// refused writes why a file that the command line names cannot be used.
func (p program) refused(err error) int {
	fmt.Fprintf(p.err, "s2scheck: %v\n", err)
	if errors.Is(err, errLate) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return exitUnfinished // such as a pipe without a writer
	}
	return exitUnusable
}

// readBaseline reads the file of --baseline; nil without the flag.
func (f flags) readBaseline(ctx context.Context) (*fleet.Baseline, error) {
	if !f.given["baseline"] {
		return nil, nil
	}
	const limit = 64 << 20 // a JSON of 10,000 connections
	data, err := f.readFile(ctx, f.baseline, limit)
	if err != nil {
		return nil, fmt.Errorf("the file of --baseline cannot be read: %w", reason(err))
	}
	b, err := fleet.ReadBaseline(data)
	return &b, err
}

var (
	errTooLong = errors.New("it is too long")
	errLate    = errors.New("nothing came within --timeout")
)

// readFile reads at most limit bytes of a file within --timeout. It may be a pipe or a
// device: its size says nothing then, and opening it may wait for a writer.
func (f flags) readFile(ctx context.Context, path string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	data, err := await(ctx, func() ([]byte, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		data, err := io.ReadAll(io.LimitReader(file, limit+1))
		if err == nil && int64(len(data)) > limit {
			err = errTooLong
		}
		return data, err
	})
	if errors.Is(err, context.DeadlineExceeded) {
		err = errLate
	}
	return data, err
}

// members returns what to examine, and how many there are.
func (p program) members(ctx context.Context, f flags) (iter.Seq[fleet.Member], int, error) {
	if f.all {
		return p.savedMembers(ctx)
	}
	data, err := f.readFile(ctx, f.connections, fleet.ListLimit)
	if err != nil {
		return nil, 0, fmt.Errorf("the file of --connections cannot be read: %w", reason(err))
	}
	entries, err := fleet.Read(data)
	var members []fleet.Member
	for _, e := range entries {
		members = append(members, p.listed(e, filepath.Dir(f.connections)))
	}
	return slices.Values(members), len(members), err
}

// savedMembers are all saved connections. Stores ask for permission one at a time:
// each is read while the ones before it are examined.
func (p program) savedMembers(ctx context.Context) (iter.Seq[fleet.Member], int, error) {
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return nil, 0, err
	}
	profiles, err := store.List(ctx)
	return func(yield func(fleet.Member) bool) {
		for _, saved := range profiles {
			loaded, err := p.load(ctx, store, saved.Name)
			if err != nil {
				fmt.Fprintf(p.err, "s2scheck: %s: %v\n", saved.Name, err)
			}
			m := fleet.Member{Name: saved.Name, Form: loaded.Form}
			if p.hasOwnCredential(&m.Form) {
				// Nothing of the environment is for it.
			} else if why := p.complete(&m.Form); !why.Empty() {
				m.Refused = withoutSecret(why)
			} else {
				p.tellMissing(saved.Name, m.Form, loaded.Why)
			}
			if !yield(m) {
				return
			}
		}
	}, len(profiles), err
}

func withoutSecret(why text.Text) connection.Problem {
	return connection.Problem{Field: connection.FieldSecret, Cause: catalog.InputSecretMissing, Summary: why}
}

// listed returns a connection of a list with its credential. Where the list names a
// variable, no other is used; otherwise that of the environment is used only for the
// application that the environment names, as with --all.
func (p program) listed(e fleet.Entry, folder string) fleet.Member {
	m := fleet.Member{Name: e.Name, Group: e.Group, Form: connection.Form{
		Environment: e.Environment, Tenant: e.TenantID, ClientID: e.ClientID, Kind: e.Credential,
	}}
	switch form := &m.Form; {
	case e.Credential == connection.FederatedKind:
		form.Federation = federation.FromEnvironment(connection.AnyIssuer, "", p.getenv)
	case e.Credential == connection.ManagedIdentityKind:
	case e.Credential == connection.CertificateStoreKind:
		form.Thumbprint = e.Certificate
	case e.Certificate != "" && e.Credential != connection.SecretKind:
		form.CertificateFile = e.Certificate
		if !filepath.IsAbs(e.Certificate) {
			form.CertificateFile = filepath.Join(folder, e.Certificate)
		}
		form.CertificatePassword = p.certificatePassword()
		if e.SecretEnv != "" {
			form.CertificatePassword = secret.New(p.getenv(e.SecretEnv))
		}
	case e.Credential == connection.CertificateKind: // without its file, which is refused
	case e.SecretEnv != "":
		form.Secret = secret.New(p.getenv(e.SecretEnv))
		if form.Secret.Empty() {
			m.Refused = withoutSecret(text.F("The variable %s, which the list names for the client secret, is empty.", e.SecretEnv))
		}
	default:
		if why := p.complete(form); !why.Empty() {
			m.Refused = withoutSecret(why)
		}
	}
	return m
}

// printAll prints the reports of several connections, in text and JSON with how they
// compare with a baseline; it may be nil.
func (p program) printAll(format string, reports []exam.Report, baseline *fleet.Baseline) {
	switch {
	case format == "json" && baseline != nil:
		report.JSONList(p.out, baseline.CompareAll(reports))
	case format == "json":
		report.JSONList(p.out, reports)
	case format == "text":
		for _, r := range reports {
			report.Text(p.out, r, report.Palette(p.colour))
			if baseline != nil {
				baseline.Compare(r).WriteText(p.out)
			}
			fmt.Fprintln(p.out)
		}
	default:
		p.printTable(format, reports)
	}
}

// printTable prints reports in a format that has one shape for one and for several.
func (p program) printTable(format string, reports []exam.Report) {
	switch format {
	case "junit":
		report.JUnit(p.out, reports)
	case "csv":
		report.CSV(p.out, reports)
	case "prometheus":
		report.Prometheus(p.out, reports)
	case "github":
		report.GitHub(p.out, reports)
		p.summarize(reports)
	}
}
