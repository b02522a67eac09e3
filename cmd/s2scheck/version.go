package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/report"
)

// What the linker sets (scripts/dist): the version, and the day of its commit. Both are
// "" in a program that was built in another way.
var numbered, released string

// versionOf returns the version that the linker set, or else that of the module, as go
// install leaves it; "" if neither is known.
func versionOf() string {
	if numbered != "" {
		return numbered
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return ""
}

func versionSet(format *string) *flag.FlagSet {
	set := flag.NewFlagSet("version", flag.ContinueOnError)
	set.StringVar(format, "format", "text", oneOf(textOrJSON)+" the form of the output")
	return set
}

// version prints the version, and what it was built with.
func (p program) version(_ context.Context, args []string) int {
	var format string
	rest, err := parseFlags(versionSet(&format), args)
	switch {
	case err != nil:
	case len(rest) > 0:
		err = errors.New("only flags are understood after version")
	case !slices.Contains(textOrJSON, format):
		err = errors.New("--format must be one of text, json")
	}
	if err != nil {
		return p.unusable(err)
	}
	if format == "json" {
		report.VersionJSON(p.out, "s2scheck", versionOf())
		return exitHealthy
	}
	fmt.Fprintf(p.out, "s2scheck %s (%s, %s/%s)\n", firstOf(versionOf(), "without a version"), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitHealthy
}
