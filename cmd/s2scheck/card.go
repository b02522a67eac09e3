package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/card"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/support"
)

// card prints what the administrators of a connection have to do.
func (p program) card(ctx context.Context, args []string) int {
	f, err := parse(args, cardFormats...)
	if err != nil {
		return p.unusable(err)
	}
	return p.afterwards(ctx, f, "card", func(r exam.Report) {
		c := card.Make(r)
		switch f.format {
		case "markdown":
			fmt.Fprint(p.out, c.Markdown(nil))
		case "html":
			fmt.Fprint(p.out, c.HTML(nil, "en"))
		default:
			fmt.Fprint(p.out, c.Text(nil))
		}
	})
}

// report prints the support report of a connection.
func (p program) report(ctx context.Context, args []string) int {
	f, err := parse(args, reportFormats...)
	if err != nil {
		return p.unusable(err)
	}
	if f.given["result"] {
		return p.unusable(errors.New("report examines: an earlier answer has no times of requests"))
	}
	return p.afterwards(ctx, f, "report", func(r exam.Report) {
		made := support.Make(r, p.self(), time.Now())
		if f.format == "json" {
			made.WriteJSON(p.out)
			return
		}
		fmt.Fprint(p.out, made.Markdown())
	})
}

// afterwards examines a connection, or reads an earlier answer, and writes something
// about it. The exit status is 0 once that is written, 3 where the examination did not
// come to its end.
func (p program) afterwards(ctx context.Context, f flags, word string, write func(exam.Report)) int {
	switch {
	case len(f.rest) > 0:
		return p.unusable(fmt.Errorf("only flags are understood after %s", word))
	case f.all || f.given["connections"] || f.given["record"] || f.style != "":
		return p.unusable(fmt.Errorf("%s is about one connection: it goes with none of --all, --connections, --record and --style", word))
	}
	if f.given["result"] {
		r, err := f.readResult(ctx)
		if errors.Is(err, errLate) || errors.Is(err, context.Canceled) {
			return p.refused(err)
		}
		if err != nil {
			return p.unusable(err)
		}
		write(r)
		return exitHealthy
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	doctor, form, done, err := p.subject(ctx, f)
	var examined exam.Report
	if refused := (*fromError)(nil); errors.As(err, &refused) {
		examined = exam.Refused(form, refused.problem)
	} else if err != nil {
		return p.unusable(err)
	} else {
		defer done()
		examined = doctor.Examine(ctx, form, f.offline, nil)
		examined.Profile = f.profile
	}
	write(examined)
	if !examined.Complete {
		return exitUnfinished
	}
	return exitHealthy
}

// resultLimit is the size in bytes past which a file is no answer of s2scheck.
const resultLimit = 16 << 20

// readResult reads the JSON of an examination.
func (f flags) readResult(ctx context.Context) (exam.Report, error) {
	var r exam.Report
	raw, err := f.readFile(ctx, f.result, resultLimit)
	if err != nil {
		return r, fmt.Errorf("the file of --result cannot be read: %w", reason(err))
	}
	if json.Unmarshal([]byte(plain.Decode(raw)), &r) != nil || r.Version != 1 || r.Checks == nil {
		return r, errors.New("the file of --result is no JSON of an examination of one connection")
	}
	return r, nil
}

// self describes this program for a support report.
func (p program) self() support.Program {
	s := support.Program{Name: "s2scheck", Version: versionOf(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	if proxy, err := url.Parse(firstOf(p.getenv("HTTPS_PROXY"), p.getenv("https_proxy"))); err == nil {
		s.Proxy = proxy.Hostname()
	}
	return s
}
