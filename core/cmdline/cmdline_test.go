package cmdline_test

import (
	"errors"
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/cmdline"
)

type values struct {
	Name string
	All  bool
	Port int
	Time time.Duration
}

func define(v *values) *flag.FlagSet {
	set := flag.NewFlagSet("test", flag.ContinueOnError)
	set.StringVar(&v.Name, "environment", "", "")
	set.BoolVar(&v.All, "all", false, "")
	set.IntVar(&v.Port, "port", 0, "")
	set.DurationVar(&v.Time, "timeout", 0, "")
	return set
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		name string
		args string
		want values
		rest string
	}{
		{"nothing", "", values{}, ""},
		{"one hyphen or two", "-all --port 1", values{All: true, Port: 1}, ""},
		{"equals sign", "--environment=a=b --all=false --timeout=3s", values{Name: "a=b", Time: 3 * time.Second}, ""},
		{"a value that begins with a hyphen", "--environment --all", values{Name: "--all"}, ""},
		{"words end the flags", "--all word --port 1", values{All: true}, "word --port 1"},
		{"two hyphens end the flags", "--all -- --port 1", values{All: true}, "--port 1"},
		{"a hyphen is a word", "-", values{}, "-"},
		{"empty value", "--environment= --all", values{All: true}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got values
			rest, err := cmdline.Parse(define(&got), strings.Fields(test.args))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if diff := cmp.Diff(test.rest, strings.Join(rest, " ")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestErrorsQuoteNothing(t *testing.T) {
	const canary = "Zx9~qW8e.RtY7uIoP6aSdF5g"
	for _, test := range []struct{ args, want string }{
		{"--all=CANARY", "--all takes no value, or =true or =false"},
		{"--=CANARY", "argument 1 is not a flag: a name follows the hyphens"},
		{"--all ---CANARY", "argument 2 is not a flag: a name follows the hyphens"},
		{"-CANARY", "argument 1 is not a known flag"},
		{"--CANARY=x", "argument 1 is not a known flag"},
		{"--port 1 --enviroment CANARY", "argument 3 is not a known flag; --environment is one"},
		{"--port CANARY", "the value of --port cannot be used"},
		{"--timeout=CANARY", "the value of --timeout cannot be used"},
		{"--all --environment", "--environment needs a value"},
		{"--style CANARY", "there is no flag --style here"},
	} {
		args := strings.Fields(strings.ReplaceAll(test.args, "CANARY", canary))
		_, err := cmdline.Parse(define(new(values)), args, "style")
		var e *cmdline.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", test.args, err)
			continue
		}
		if diff := cmp.Diff(test.want, err.Error()); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.args, diff)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, arg := range []string{"-h", "--help", "-help"} {
		if _, err := cmdline.Parse(define(new(values)), []string{"--all", arg}); !errors.Is(err, flag.ErrHelp) {
			t.Errorf("%s: %v", arg, err)
		}
	}
}
