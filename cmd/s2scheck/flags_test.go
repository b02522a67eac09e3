package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/cmdline"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
)

// FuzzFlagsQuoteNoValue guards M3: no error about a command line quotes an argument,
// because the argument may be a secret in the wrong place. Only flag names are quoted,
// and what has the shape of a name where a name is expected.
func FuzzFlagsQuoteNoValue(f *testing.F) {
	const canary = "Zx9~qW8e.RtY7uIoP6aSdF5g"
	for _, prefix := range []string{
		"--client-secret-stdin=", "--timeout=", "--", "-", "--all=", "--=", "---", "-x", "--client-secret=", "--client-secret\n", "--format=",
		"--style=", "", "--offline\n", "--scenario=", "serve\n--port=", "serve\n", "serve\n--scenario=", "serve\n--scenario\n", "explain\n--from=", "consent-url\n--style=", "plan\n--role=", "plan\n--steps=", "plan\n--privileges=", "--\n", "--record=\n",
	} {
		f.Add(prefix + canary)
	}
	known := slices.Concat(secretFlags, cmdline.Names(new(planFlags).define()), cmdline.Names(new(serveFlags).define()))
	f.Fuzz(func(t *testing.T, line string) {
		args := strings.Split(line, "\n")
		if !refusedAtOnce(args) {
			return
		}
		var out, err bytes.Buffer
		p := program{in: strings.NewReader(""), out: &out, err: &err, getenv: func(string) string { return "" }}
		if status := p.run(t.Context(), args); status == exitUnfinished {
			t.Errorf("%q: status %d", args, status)
		}
		// A word of the usage may also be an argument.
		said, _, _ := strings.Cut(out.String()+err.String(), "\n")
		for _, arg := range args {
			name, value, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
			for _, part := range []string{arg, name, value} {
				if len(part) >= 6 && !slices.Contains(known, part) && !plain.IsName(part) && strings.Contains(said, part) {
					t.Errorf("%q is quoted: %s", part, said)
				}
			}
		}
	})
}

// refusedAtOnce reports whether a command line is refused before anything is read, opened
// or sent.
func refusedAtOnce(args []string) bool {
	switch args[0] {
	case "serve":
		o, _, err := parseServe(args[1:])
		return err != nil || o.Scenario != "" && !slices.ContainsFunc(core.Scenarios(), func(s scenario.Scenario) bool { return s.Name == o.Scenario })
	case "plan":
		_, _, err := parsePlan(args[1:])
		return err != nil
	case "explain":
		_, err := parse(args[1:], "text", "json")
		return err != nil
	case "consent-url":
		f, err := parse(args[1:], "text", "json")
		_, styleErr := styleOf(f.style)
		return err != nil || styleErr != nil
	}
	f, err := parse(args, examineFormats...)
	return err != nil || f.conflict() != nil
}
