package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/report"
)

// snapshot prints what a connection may do, as JSON, to be compared later.
func (p program) snapshot(ctx context.Context, args []string) int {
	f, err := parse(args, textOrJSON...)
	switch {
	case err != nil:
	case len(f.rest) > 0:
		err = errors.New("only flags are understood after snapshot")
	case f.all || f.given["connections"] || f.given["record"] || f.style != "" || f.offline || f.watch || f.given["result"]:
		err = errors.New("snapshot examines one connection: it goes with none of --all, --connections, --record, --offline, --watch, --result and --style")
	}
	if err != nil {
		return p.unusable(err)
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	doctor, form, done, err := p.subject(ctx, f)
	if refused := (*fromError)(nil); errors.As(err, &refused) {
		return p.refuse("text", err)
	}
	if err != nil {
		return p.unusable(err)
	}
	defer done()
	taken, examined := doctor.Snapshot(ctx, f.profile, form, nil)
	taken.WriteJSON(p.out)
	if !examined.Concluded() {
		return exitUnfinished
	}
	return exitHealthy
}

// compare prints how two connections differ: saved ones, snapshots of files, or
// scenarios of the sandbox.
func (p program) compare(ctx context.Context, args []string) int {
	var words []string
	for len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		words, args = append(words, args[0]), args[1:]
	}
	f, err := parse(args, reportFormats...)
	words = append(words, f.rest...)
	switch {
	case err != nil:
	case len(words) != 2:
		err = errors.New("compare needs two names of saved connections, or files of s2scheck snapshot")
	case f.all || f.given["connections"] || f.given["record"] || f.style != "" || f.offline || f.watch || f.given["result"] || f.profile != "":
		err = errors.New("compare goes with --format, --timeout and --sandbox")
	}
	if err != nil {
		return p.unusable(err)
	}
	sides := [2]drift.Snapshot{}
	for i, word := range words {
		ctx, cancel := context.WithTimeout(ctx, f.timeout)
		side, concluded, err := p.side(ctx, f, word)
		cancel()
		if err != nil {
			return p.refused(err)
		}
		if sides[i] = side; !concluded {
			fmt.Fprintf(p.err, "s2scheck: connection %d was not examined to the end\n", i+1)
			return exitUnfinished
		}
	}
	a, b := sides[0], sides[1]
	differences := drift.Compare(a, b)
	switch f.format {
	case "json":
		drift.WriteJSON(p.out, a, b, differences)
	case "markdown":
		drift.WriteMarkdown(p.out, a, b, differences)
	default:
		drift.WriteText(p.out, a, b, differences, report.Palette(p.colour))
	}
	if len(differences) > 0 {
		return exitBroken
	}
	return exitHealthy
}

// side returns the snapshot that a word names, a file, a saved connection, or a scenario,
// and whether it says something about it.
func (p program) side(ctx context.Context, f flags, word string) (drift.Snapshot, bool, error) {
	if f.sandbox {
		sandbox, err := core.OpenSandbox()
		if err != nil {
			return drift.Snapshot{}, false, err
		}
		defer sandbox.Close()
		form, err := sandbox.Play(word)
		if err != nil {
			return drift.Snapshot{}, false, fmt.Errorf("%w; --scenario list prints the names", err)
		}
		s, examined := sandbox.Snapshot(ctx, word, form, nil)
		return s, examined.Concluded(), nil
	}
	if _, err := os.Stat(word); !errors.Is(err, fs.ErrNotExist) {
		s, err := await(ctx, func() (drift.Snapshot, error) { return drift.ReadFile(word) })
		if err != nil {
			err = fmt.Errorf("the file cannot be compared: %w", err)
		}
		return s, true, err
	}
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return drift.Snapshot{}, false, err
	}
	loaded, err := p.load(ctx, store, word)
	if err != nil {
		return drift.Snapshot{}, false, fmt.Errorf("%w, and no file of that name", err)
	}
	form := loaded.Form
	if why := p.complete(&form); !why.Empty() {
		return drift.Snapshot{}, false, errors.New(why.String())
	}
	p.tellMissing(loaded.Profile.Name, form, loaded.Why)
	s, examined := p.doctorOf(form).Snapshot(ctx, loaded.Profile.Name, form, nil)
	return s, examined.Concluded(), nil
}

func (p program) doctorOf(form connection.Form) core.Doctor {
	return core.Doctor{Clouds: core.CloudsFor(form)}
}
