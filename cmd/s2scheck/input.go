package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

var errCrashed = errors.New("s2scheck itself crashed while it read its input")

var errTooLongSecret = errors.New("standard input holds more than a client secret")

// await returns what read returns, or the error of ctx if that ends first. Nothing
// can interrupt a read of standard input: its goroutine stays until the process
// ends.
func await[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		defer crash.Guard(func(string) { done <- result{err: errCrashed} })
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	case r := <-done:
		return r.value, r.err
	}
}

// readText reads the text to explain from standard input.
func (p program) readText(ctx context.Context, limit time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	p.hint("Paste the text, then press Enter and " + endOfInput + ".\n")
	text, err := await(ctx, func() (string, error) { return explain.ReadText(p.in) })
	if err != nil && ctx.Err() == nil {
		err = errors.New("the text could not be read from standard input")
	}
	return text, err
}

// readSecret reads the client secret from standard input. At a terminal it asks for
// it, and what is typed does not show.
func (p program) readSecret(ctx context.Context) (secret.Value, error) {
	read := p.readLine
	if fd, ok := p.terminal(); ok {
		before, err := term.GetState(fd)
		if err != nil {
			return secret.Value{}, errors.New("the terminal could not be used to type the client secret")
		}
		// Where ctx ends first, the terminal is left as it was found.
		defer func() { _ = term.Restore(fd, before) }()
		defer fmt.Fprintln(p.err)
		p.hint("Client secret (it does not show): ")
		read = func() ([]byte, error) { return term.ReadPassword(fd) }
	}
	raw, err := await(ctx, read)
	switch {
	case ctx.Err() != nil:
		return secret.Value{}, ctx.Err()
	case errors.Is(err, errTooLongSecret):
		return secret.Value{}, err
	case err != nil && !errors.Is(err, io.EOF):
		return secret.Value{}, errors.New("the client secret could not be read from standard input")
	}
	// echo adds a line break.
	return secret.New(strings.TrimSuffix(strings.TrimSuffix(plain.Decode(raw), "\n"), "\r")), nil
}

func (p program) readLine() ([]byte, error) {
	const limit = 64 << 10
	raw, err := io.ReadAll(io.LimitReader(p.in, limit+1))
	if len(raw) > limit {
		return nil, errTooLongSecret
	}
	return raw, err
}

// hint shows a user at a terminal what is waited for.
func (p program) hint(text string) {
	if _, ok := p.terminal(); ok {
		fmt.Fprint(p.err, text)
	}
}

// terminal returns the file descriptor of standard input where that is a terminal.
func (p program) terminal() (fd int, ok bool) {
	file, ok := p.in.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	return int(file.Fd()), true
}

// notRead reports that ctx ended while standard input was read.
func (p program) notRead(err error) int {
	why := "cancelled"
	if errors.Is(err, context.DeadlineExceeded) {
		why = "the time of --timeout was up"
	}
	fmt.Fprintf(p.err, "s2scheck: %s before the end of standard input\n", why)
	return exitUnfinished
}
