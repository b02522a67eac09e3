package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/cmdline"
)

// TestEveryFlagIsDescribed guards that help, manual page and completion contain every
// flag and the name of its value.
func TestEveryFlagIsDescribed(t *testing.T) {
	listed := map[string]bool{}
	for _, c := range commands() {
		if c.Summary == "" && !c.Hidden {
			t.Errorf("%q has no summary", c.Name)
		}
		for _, f := range c.Flags {
			listed[f.Name] = true
			isBool, _ := f.Value.(interface{ IsBoolFlag() bool })
			named := strings.HasPrefix(f.Usage, "`")
			if f.Usage == "" || named == (isBool != nil) || strings.Count(f.Usage, "`")%2 != 0 || strings.HasSuffix(f.Usage, ".") {
				t.Errorf("%s --%s is described as %q", c.Name, f.Name, f.Usage)
			}
		}
	}
	for _, set := range []*flag.FlagSet{new(planFlags).define(), new(serveFlags).define(), new(expiryFlags).define(), new(rotateFlags).define()} {
		for _, name := range cmdline.Names(set) {
			if !listed[name] {
				t.Errorf("no command lists --%s", name)
			}
		}
	}
}

// TestListedFlagsAreTaken guards that no command lists a flag that it refuses.
func TestListedFlagsAreTaken(t *testing.T) {
	t.Chdir(t.TempDir()) // --record and others write files
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", "")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	// company has the flags that a flag requires.
	company := map[string][]string{
		"scenario": {"--sandbox"}, "baseline": {"--all"}, "watch-for": {"--watch"}, "federated-token-file": {"--federated", "file"},
		"certificate-key": {"--certificate", "x"}, "ends": {"--profile", "x"}, "save": {"--apply"}, "certificate-out": {"--apply"},
		"privileges": {"--role", "minimal"},
	}
	values := map[string]string{
		"timeout": "1s", "watch-for": "1s", "port": "0", "within": "1", "steps": "role", "privileges": "account:read:org",
		"admin-client-id": "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", "scenario": "list", "ends": "2027-03-31", "client-secret-stdin": "",
	}
	for _, c := range commands() {
		for _, f := range c.Flags {
			args := []string{"--" + f.Name}
			if isBool, _ := f.Value.(interface{ IsBoolFlag() bool }); isBool == nil {
				value := firstOf(values[f.Name], strings.Split(strings.Trim(f.Usage[:strings.LastIndex(f.Usage, "`")], "`"), "|")[0])
				args = append(args, value)
			}
			if c.Name == "consent-url" {
				args = append([]string{"--style", "v2"}, args...)
			}
			if c.Name != "serve" && c.Name != "compare" {
				args = append(args, company[f.Name]...)
			}
			var refusal string
			if c.Name == "plan" {
				// A run may open a browser.
				_, _, err := parsePlan(args)
				if err != nil {
					refusal = err.Error()
				}
			} else {
				var out, stderr bytes.Buffer
				p := program{in: strings.NewReader(""), out: &out, err: &stderr, getenv: func(string) string { return "" }, name: c.Name}
				if c.Name != "" {
					args = append([]string{c.Name}, args...)
				}
				p.run(ended, args)
				refusal, _, _ = strings.Cut(stderr.String(), "\n")
			}
			for _, phrase := range []string{"goes with", "go with", "not with", "no flag", "exclude", "is about one", "must be", "examines: "} {
				if strings.Contains(refusal, phrase) {
					t.Errorf("%v: %s", args, refusal)
				}
			}
		}
	}
}

// TestCommandsAreDocumented guards docs/command.md.
func TestCommandsAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/command.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range commands()[1:] {
		if !c.Hidden && !bytes.Contains(doc, []byte("s2scheck "+c.Name)) {
			t.Errorf("%s is not in docs/command.md", c.Name)
		}
	}
}

// TestManualPage guards that the command's manual page contains everything, and that man
// prints no warning about it.
func TestManualPage(t *testing.T) {
	page := helpOf(t, "man")
	for _, c := range commands() {
		if c.Hidden {
			continue
		}
		_, after, found := strings.Cut(page, `.SS "`+strings.TrimSpace("s2scheck "+strings.ReplaceAll(c.Name, "-", `\-`))+"\"\n")
		section, _, _ := strings.Cut(after, "\n.S")
		if !found {
			t.Errorf("no section about %q", c.Name)
		}
		for _, f := range c.Flags {
			if !strings.Contains(section, `\fB\-\-`+strings.ReplaceAll(f.Name, "-", `\-`)+`\fR`) {
				t.Errorf("%q: no --%s", c.Name, f.Name)
			}
		}
	}
	man, err := exec.LookPath("man")
	if err != nil {
		t.Skip("no man here")
	}
	file := filepath.Join(t.TempDir(), "s2scheck.1")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), man, "--warnings=w", "-l", file)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "MANROFFSEQ=", "MANWIDTH=80")
	var shown, warnings bytes.Buffer
	cmd.Stdout, cmd.Stderr = &shown, &warnings
	if err := cmd.Run(); err != nil || warnings.Len() > 0 || !strings.Contains(shown.String(), "EXIT STATUS") {
		t.Errorf("%v %s", err, &warnings)
	}
}

func helpOf(t *testing.T, args ...string) string {
	t.Helper()
	var out, stderr bytes.Buffer
	p := program{in: strings.NewReader(""), out: &out, err: &stderr, getenv: func(string) string { return "" }}
	if status := p.run(t.Context(), args); status != exitHealthy {
		t.Fatalf("%v: %d %s", args, status, &stderr)
	}
	return out.String()
}

// TestHelpOfCommands guards that each command prints its own help, also after an error.
func TestHelpOfCommands(t *testing.T) {
	for _, c := range commands() {
		if c.Hidden {
			continue
		}
		args := slices.DeleteFunc([]string{c.Name, "--help"}, func(s string) bool { return s == "" })
		help := helpOf(t, args...)
		for _, f := range c.Flags {
			if !strings.Contains(help, "--"+f.Name) {
				t.Errorf("%v: no --%s", args, f.Name)
			}
		}
		if c.Name != "" && strings.Contains(help, "Exit status:") {
			t.Errorf("%v is the help of the program", args)
		}
	}
}

// shellTests are a typed line, and a word that the shell then offers.
var shellTests = []struct{ typed, want string }{
	{"s2scheck pl", "plan"},
	{"s2scheck plan --admin d", "device"},
	{"s2scheck --format ju", "junit"},
	{"s2scheck --format=ju", "junit"},
	{"s2scheck --profile Connection", "Connection 1"},
	{"s2scheck export --format connection-s", "connection-string"},
	{"s2scheck --scenario appuser-missing-g", "appuser-missing-german"},
	{"s2scheck --from ./there", "there.txt"},
	{"s2scheck completion z", "zsh"},
}

// TestCompletionInShells runs the completion scripts in the shells that are installed.
func TestCompletionInShells(t *testing.T) {
	home := saveProfiles(t, map[string]string{"environment": "https://contoso.crm4.dynamics.com", "clientId": "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"})
	bin := t.TempDir()
	if err := os.Symlink(os.Args[0], filepath.Join(bin, "s2scheck")); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "there.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for shell, script := range map[string]string{
		"bash": `eval "$(s2scheck completion bash)"
			COMP_LINE=$1
			read -ra COMP_WORDS <<< "${1/=/ = }"
			COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
			_s2scheck && printf '%s\n' "${COMPREPLY[@]}"`,
		"fish": `s2scheck completion fish | source; complete -C $argv[1]`,
	} {
		t.Run(shell, func(t *testing.T) {
			path, err := exec.LookPath(shell)
			if err != nil {
				t.Skip("no " + shell + " here")
			}
			for _, test := range shellTests {
				args := []string{"-c", script, shell, test.typed}
				if shell == "fish" {
					args = []string{"--no-config", "-c", script, test.typed}
				}
				cmd := exec.CommandContext(t.Context(), path, args...)
				cmd.Dir = folder
				cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"))
				out, err := cmd.CombinedOutput()
				// bash escapes the space itself.
				if err != nil || !strings.Contains(strings.ReplaceAll(string(out), `\ `, " "), test.want) {
					t.Errorf("%s: %v\n%s", test.typed, err, out)
				}
			}
		})
	}
}

// TestCompletionReadsNoSecret guards that completion reads the names of saved connections
// from the file of profiles only, opens no other file of the settings folder, and writes
// no file.
func TestCompletionReadsNoSecret(t *testing.T) {
	home := saveProfiles(t, map[string]string{"environment": "https://contoso.crm4.dynamics.com", "clientId": "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"})
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	before := tree(t, home)
	if got := helpOf(t, "complete", "zsh", "--profile", ":"); got != "Connection 1\tsaved connection\n" {
		t.Errorf("%q", got)
	}
	if after := tree(t, home); !slices.Equal(before, after) {
		t.Errorf("%v became %v", before, after)
	}
}

func tree(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		all = append(all, path+" "+info.ModTime().String())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
