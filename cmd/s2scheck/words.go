package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/report"
)

// explain names the cause in a text: the argument, or standard input.
func (p program) explain(ctx context.Context, args []string) int {
	f, err := parse(flagsFirst(args), textOrJSON...)
	if err != nil {
		return p.unusable(err)
	}
	if f.given["from"] {
		return p.unusable(errors.New("--from takes a connection from a text; to explain one, give it, or - and the text on standard input"))
	}
	text := strings.Join(f.rest, " ")
	if len(f.rest) == 0 || text == "-" {
		if text, err = p.readText(ctx, f.timeout); err != nil {
			return p.unusable(err)
		}
	}
	if strings.TrimSpace(text) == "" {
		return p.unusable(errors.New("there is nothing to explain: give the text, or - and the text on standard input"))
	}
	e := core.Doctor{}.Explain(text)
	if f.format == "json" {
		report.ExplanationJSON(p.out, e)
		return exitHealthy
	}
	report.Explanation(p.out, e, report.Palette(p.colour))
	return exitHealthy
}

// flagsFirst moves the flags of explain from behind the text to its front: they are not
// part of it. Flags inside the text, such as those of a pasted command, stay where they
// are, and so does everything after "--".
func flagsFirst(args []string) []string {
	if slices.Contains(args, "--") {
		return args
	}
	end := len(args)
	for {
		switch {
		case end > 1 && explainFlag.MatchString(args[end-1]) && strings.Contains(args[end-1], "="):
			end--
		case end > 2 && explainFlag.MatchString(args[end-2]) && !strings.Contains(args[end-2], "="):
			end -= 2
		default:
			return slices.Concat(args[end:], args[:end])
		}
	}
}

var explainFlag = lazyregexp.New(`^--?(?:format|timeout)(?:=|$)`)

// consentURL prints the address of the consent page.
func (p program) consentURL(ctx context.Context, args []string) int {
	f, err := parse(args, textOrJSON...)
	if err != nil {
		return p.unusable(err)
	}
	style, err := styleOf(f.style)
	if err == nil && len(f.rest) > 0 {
		err = errors.New("only flags are understood here")
	}
	if err != nil {
		return p.unusable(err)
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	form, err := p.form(ctx, f)
	if refused := (*fromError)(nil); errors.As(err, &refused) {
		return p.refuse(f.format, err)
	}
	if err != nil {
		return p.unusable(err)
	}
	attempt, err := core.Doctor{}.ConsentURL(form, core.ConsentChoice{Style: style})
	if err != nil {
		return p.refuse(f.format, err)
	}
	if f.format == "json" {
		report.ConsentURLJSON(p.out, string(style), attempt.URL)
		return exitHealthy
	}
	fmt.Fprintln(p.out, attempt.URL)
	return exitHealthy
}

// refuse writes which input cannot be used, in the chosen format.
func (p program) refuse(format string, err error) int {
	if format == "json" {
		report.RefusalJSON(p.out, causeOf(err), err.Error())
	} else {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
	}
	return exitUnusable
}

// causeOf returns the cause of an input that cannot be used.
func causeOf(err error) catalog.Cause {
	var request *consent.RequestError
	if errors.As(err, &request) {
		return request.Cause
	}
	var from *fromError
	if errors.As(err, &from) {
		return from.problem.Cause
	}
	return ""
}
