package consent

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Limit is how long a [Run] waits for the answer (RFC 8252 section 8.3 asks to
// listen no longer than needed).
const Limit = 5 * time.Minute

// Step is a step of a [Run].
type Step string

// The steps, in order; CopyAddress in the place of Waiting where no browser could
// be opened.
const (
	// Opening: the address is known, and about to be opened.
	Opening Step = "opening"
	// Waiting: the browser is open, and the answer can come.
	Waiting Step = "waiting"
	// CopyAddress: the browser could not be opened. Show the address to be copied;
	// the answer is being waited for all the same.
	CopyAddress Step = "copy-address"
	// Answered: the page answered yes. Callers of [Run] set it: they go on to verify
	// the consent.
	Answered Step = "answered"
)

// Progress is the state of a [Run] under way.
type Progress struct {
	Step Step
	// Attempt has the address; and [Read] needs it where a user pastes the
	// answer because their browser is on another computer.
	Attempt Attempt
	// Host is where the address goes, to be shown before it is opened.
	Host string
	// Deadline is when the wait ends; zero where nothing is waited for.
	Deadline time.Time
	// Err is the reason why no browser could be opened, nil otherwise.
	Err error
}

// Browser opens an address in a browser. It must return when its context ends.
type Browser func(ctx context.Context, address string) error

// Run opens the consent page and waits for its response, five minutes
// at most. With a loopback redirect URI it listens before it opens the browser;
// with any other, it opens the browser and the outcome is [Paste]. progress, which
// may be nil, is called by one goroutine at a time, before Run returns.
func Run(ctx context.Context, r Request, open Browser, progress func(Progress)) Outcome {
	return run(ctx, r, open, progress, Limit)
}

func run(ctx context.Context, r Request, open Browser, progress func(Progress), limit time.Duration) Outcome {
	if progress == nil {
		progress = func(Progress) {}
	}
	if ctx.Err() != nil {
		return Outcome{Ending: Canceled, Summary: text.F("Opening the consent page was cancelled.")}
	}
	// A request that cannot work shall not open a port.
	if _, err := Build(r); err != nil {
		return refused(err)
	}
	if !Listens(r.RedirectURI) {
		return openOnly(ctx, r, open, progress)
	}
	build := func(redirectURI string) (Attempt, error) {
		r.RedirectURI = redirectURI
		return Build(r)
	}
	return listenAndOpen(ctx, r.RedirectURI, r.Locale, build, open, progress, limit)
}

// listenAndOpen listens at a loopback redirect URI, opens the address that build returns for it,
// and waits for the answer.
func listenAndOpen(ctx context.Context, redirectURI string, locale Locale, build func(redirectURI string) (Attempt, error),
	open Browser, progress func(Progress), limit time.Duration,
) Outcome {
	l, err := Listen(ctx, redirectURI)
	if err != nil {
		return refused(err)
	}
	defer l.Close()
	l.Locale = locale
	a, err := build(l.RedirectURI())
	if err != nil {
		return refused(err)
	}
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	deadline, _ := timed.Deadline()

	var opening sync.WaitGroup
	out := l.Wait(timed, a, func() {
		progress(Progress{Step: Opening, Attempt: a, Host: hostOf(a.URL), Deadline: deadline})
		opening.Go(func() {
			defer crash.Guard(nil)
			stage := opened(a, deadline, open(timed, a.URL))
			if timed.Err() == nil { // otherwise the answer has overtaken the opener
				progress(stage)
			}
		})
	})
	timedOut := out.Ending == Canceled && ctx.Err() == nil && errors.Is(timed.Err(), context.DeadlineExceeded)
	cancel() // the answer is here: the browser's opener need not be waited for
	opening.Wait()
	if timedOut {
		out.fail(catalog.ConsentTimedOut, text.F("Nobody finished the consent page within 5 minutes."))
	}
	return out
}

// openOnly is for a redirect to another computer: the user pastes the response.
func openOnly(ctx context.Context, r Request, open Browser, progress func(Progress)) Outcome {
	a, err := Build(r)
	if err != nil {
		return refused(err)
	}
	progress(Progress{Step: Opening, Attempt: a, Host: hostOf(a.URL)})
	stage := opened(a, time.Time{}, open(ctx, a.URL))
	if ctx.Err() != nil {
		return Outcome{Ending: Canceled, Attempt: a, Summary: text.F("Opening the consent page was cancelled.")}
	}
	progress(stage)
	return Outcome{
		Ending: Paste, Attempt: a,
		Summary: text.F("The Redirect URI leads elsewhere than to this computer. When the browser is there, copy its address into Paste what you see."),
	}
}

func opened(a Attempt, deadline time.Time, err error) Progress {
	s := Progress{Step: Waiting, Attempt: a, Host: hostOf(a.URL), Deadline: deadline}
	if err != nil {
		s.Step, s.Err = CopyAddress, err
	}
	return s
}

// refused is the outcome of a journey that cannot begin.
func refused(err error) Outcome {
	cause, field := catalog.InputRedirectURI, connection.FieldRedirectURI // what a ListenError is about
	var request *RequestError
	if errors.As(err, &request) {
		cause, field = request.Cause, request.Field
	}
	out := Outcome{Field: field}
	out.fail(cause, text.OfError(err))
	return out
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
