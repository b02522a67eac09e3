package manual_test

import (
	"bytes"
	"flag"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/manual"
)

func example() manual.Program {
	set := flag.NewFlagSet("tool", flag.ContinueOnError)
	set.String("format", "", "`text|json` the form of the output")
	set.String("key", "", "`FILE|-` the private key")
	set.String("folder", "", "`DIR` where the files go")
	set.String("profile", "", "`NAME` a saved connection")
	set.Bool("all", false, "examine all of them, one after the other, however many there may be in the list that was saved")
	return manual.Program{
		Name: "tool", Title: "Tools", Summary: "examines a connection",
		Description: []string{".profile is 'read' first; a\\b~c is not."},
		Commands: []manual.Command{
			{Summary: "examine one connection", Flags: manual.Select(set, "profile", "format", "key", "folder", "all")},
			{Name: "explain", Words: "[TEXT|-]", Summary: "explain an error", Flags: manual.Select(set, "format")},
			{
				Name: "export", Words: "A", Summary: "print it", Files: true,
				Complete: func() []manual.Candidate { return []manual.Candidate{{Word: "UAT"}, {Word: "Contoso\tUAT"}} },
			},
			{Name: "secretly", Hidden: true},
		},
		Sections: []manual.Section{{Title: "Exit status", Items: []manual.Item{{Term: "0", Text: "healthy"}}}},
		Values: map[string]func() []manual.Candidate{
			"profile": func() []manual.Candidate { return []manual.Candidate{{Word: "UAT", Text: "saved"}, {Word: "uk"}} },
		},
	}
}

func TestHelp(t *testing.T) {
	want := `tool examines a connection.

  tool [flags]                      examine one connection
  tool explain [flags] [TEXT|-]     explain an error
  tool export A                     print it

The flags of a command are printed by tool COMMAND --help. Those of tool alone:

  --profile NAME            a saved connection
  --format text|json        the form of the output
  --key FILE|-              the private key
  --folder DIR              where the files go
  --all                     examine all of them, one after the other, however many there may be
                            in the list that was saved

Exit status:
  0                         healthy
`
	if diff := cmp.Diff(want, example().Help("")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	want = "tool explain [flags] [TEXT|-]: explain an error.\n\n  --format text|json        the form of the output\n"
	if diff := cmp.Diff(want, example().Help("explain")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestPage(t *testing.T) {
	got := example().Page("2026-11-22", "1.0.0")
	for _, want := range []string{
		`.TH TOOL 1 "2026\-11\-22" "Tools 1.0.0" "User Commands"`,
		"tool \\- examines a connection\n",
		// A request of roff at the start of a line, and its special characters.
		"\n\\&.profile is \\(aqread\\(aq first; a\\eb\\(tic is not.\n",
		".TP\n\\fB\\-\\-key\\fR \\fIFILE|\\-\\fR\nThe private key.\n",
		".SH \"EXIT STATUS\"\n.TP\n\\fB0\\fR\nHealthy.\n",
		"\\fBtool explain\\fR [\\fIflags\\fR] \\fI[TEXT|\\-]\\fR\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "secretly") {
		t.Error("a hidden command is in the page")
	}
}

func TestComplete(t *testing.T) {
	for _, test := range []struct {
		name, words, want string
		paths             manual.Paths
	}{
		{"commands", ":", "explain export", manual.NoPaths},
		{"part of a command", "exp", "explain export", manual.NoPaths},
		{"no command after a flag", "--all :", "", manual.NoPaths},
		{"flags", "--f", "--format --folder", manual.NoPaths},
		{"flags of a command", "explain -", "--format --help", manual.NoPaths},
		{"a given flag once", "--format json --fo", "--folder", manual.NoPaths},
		{"a given flag with its value", "--format=json --fo", "--folder", manual.NoPaths},
		{"words of a value", "--format :", "text json", manual.NoPaths},
		{"part of a value", "--format j", "json", manual.NoPaths},
		{"one hyphen", "-format j", "json", manual.NoPaths},
		{"after an equals sign", "--format=j", "--format=json", manual.NoPaths},
		{"equals sign as a word of its own", "--format = j", "--format=json", manual.NoPaths},
		{"nothing after the equals sign", "--format =", "--format=text --format=json", manual.NoPaths},
		{"a flag in the place of a value", "--key --format j", "", manual.NoPaths},
		{"file", "--key :", "-", manual.Files},
		{"folder", "--folder /t", "", manual.Folders},
		{"names, whatever their case", "--profile u", "UAT uk", manual.NoPaths},
		{"no value for a switch", "--all=t", "", manual.NoPaths},
		{"unknown flag", "--other=t", "", manual.NoPaths},
		{"words of a command", "export U", "UAT", manual.Files},
		{"an unknown command", "word :", "", manual.NoPaths},
	} {
		t.Run(test.name, func(t *testing.T) {
			words := strings.Fields(test.words)
			words[len(words)-1] = strings.TrimPrefix(words[len(words)-1], ":")
			found, paths := example().Complete(words)
			var got []string
			for _, c := range found {
				got = append(got, c.Word)
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" || paths != test.paths {
				t.Errorf("paths %d, -want +got\n%s", paths, diff)
			}
		})
	}
}

func TestWriteCandidates(t *testing.T) {
	for _, test := range []struct{ shell, words, want string }{
		{"zsh", "--key :", "-\t\n:files\n"},
		{"zsh", "--folder :", ":folders\n"},
		{"zsh", ":--format=j", "--format=json\t\n"},
		{"bash", "--format = :j", "json\t\n"},
		{"bash", `--profile :"U`, "UAT\tsaved\nuk\t\n"},
		// A line break in a name does not end the line.
		{"fish", "export :c", "Contoso UAT\t\n:files\n"},
	} {
		var out bytes.Buffer
		example().WriteCandidates(&out, test.shell, strings.Fields(test.words))
		if diff := cmp.Diff(test.want, out.String()); diff != "" {
			t.Errorf("%s %s: -want +got\n%s", test.shell, test.words, diff)
		}
	}
}

func TestScripts(t *testing.T) {
	for _, shell := range manual.Shells {
		script, ok := example().Script(shell)
		if !ok || !strings.Contains(script, "complete "+shell) || strings.Contains(script, "PROGRAM") {
			t.Errorf("%s: %v\n%s", shell, ok, script)
		}
	}
	if _, ok := example().Script("tcsh"); ok {
		t.Error("a script for a shell that is not in Shells")
	}
}

func TestSelectKnowsItsFlags(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown flag was selected")
		}
	}()
	manual.Select(flag.NewFlagSet("x", flag.ContinueOnError), "nothing")
}
