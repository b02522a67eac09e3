package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/rhysd/actionlint"
)

// An export is a format of "s2scheck export" and the program that reads it.
type export struct {
	format, file string
	// runs is true if the program must print WhoAmI; otherwise it only reads the file.
	runs bool
	with func(e exported) error
}

// exported is a file that was printed for a served sandbox.
type exported struct {
	ctx       context.Context
	path      string
	node      string
	variables []string
	// output is the output of the program.
	output *bytes.Buffer
}

// command runs a program on the file in a folder.
func (e exported) command(dir string, name string, args ...string) error {
	cmd := exec.CommandContext(e.ctx, name, args...)
	cmd.Dir, cmd.Env, cmd.Stdout = dir, e.variables, e.output
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s%s", name, err, stderr.Bytes(), e.output.Bytes())
	}
	return nil
}

var exports = []export{
	{"env", ".env", false, func(e exported) error {
		if err := e.command(e.node, "node", "dotenv.mjs", e.path); err != nil {
			return err
		}
		var read map[string]string
		if err := json.Unmarshal(e.output.Bytes(), &read); err != nil {
			return err
		}
		for name, want := range map[string]string{"DATAVERSE_URL": e.value("S2S_ENVIRONMENT"), "AZURE_CLIENT_ID": e.value("S2S_CLIENT_ID")} {
			if read[name] != want {
				return fmt.Errorf("%s is %q, want %q", name, read[name], want)
			}
		}
		return nil
	}},
	{"github", "workflow.yml", false, func(e exported) error {
		linter, err := actionlint.NewLinter(e.output, &actionlint.LinterOptions{Shellcheck: "shellcheck"})
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(e.path)
		if err != nil {
			return err
		}
		found, err := linter.Lint(e.path, raw, nil)
		for _, f := range found {
			err = errors.Join(err, f)
		}
		return err
	}},
	{"curl", "whoami.sh", true, func(e exported) error {
		if e.value("IDENTITY_ENDPOINT") != "" {
			return errNotServed // the program requests 169.254.169.254, which the sandbox does not serve
		}
		return e.command(filepath.Dir(e.path), "sh", e.path)
	}},
	{"python", "whoami.py", true, func(e exported) error { return e.command(filepath.Dir(e.path), pythonWithAzure, e.path) }},
	{"javascript", "whoami.mjs", true, func(e exported) error {
		// Node looks for a module next to the file that imports it.
		beside := filepath.Join(e.node, "exported.mjs")
		defer os.Remove(beside)
		raw, err := os.ReadFile(e.path)
		if err == nil {
			err = os.WriteFile(beside, raw, 0o600)
		}
		if err != nil {
			return err
		}
		return e.command(e.node, "node", "--import", "./peer.mjs", "exported.mjs")
	}},
	{"go", "main.go", true, func(e exported) error {
		// The build uses this computer's environment, the run only the sandbox's.
		built := filepath.Join(filepath.Dir(e.path), "whoami")
		if out, err := exec.CommandContext(e.ctx, "go", "build", "-o", built, e.path).CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %w\n%s", err, out)
		}
		return e.command(filepath.Dir(e.path), built)
	}},
	{"csharp", "Program.cs", false, func(e exported) error {
		return e.command(e.node, "node", "--liftoff-only", "parse.mjs", "c-sharp", e.path)
	}},
	{"powershell", "whoami.ps1", false, func(e exported) error {
		return e.command(e.node, "node", "--liftoff-only", "parse.mjs", "powershell", e.path)
	}},
	{"postman", "postman.json", true, func(e exported) error {
		raw, err := os.ReadFile(e.path)
		if err != nil {
			return err
		}
		raw = bytes.Replace(raw, []byte("<client secret (Value)>"), []byte(e.value("S2S_CLIENT_SECRET")), 1)
		if err := os.WriteFile(e.path, raw, 0o600); err != nil {
			return err
		}
		if err := e.command(e.node, "node", "node_modules/newman/bin/newman.js", "run", "whoami.postman_collection.json",
			"-e", e.path, "--ssl-extra-ca-certs", e.value("SSL_CERT_FILE"), "--color", "off"); err != nil {
			return err
		}
		e.output.WriteString(userID) // the collection's own test has checked it
		return nil
	}},
}

// errNotServed means that the sandbox has no such endpoint.
var errNotServed = errors.New("not served")

// value returns a variable of the sandbox.
func (e exported) value(name string) string { return value(e.variables, name) }

// kinds are the kinds of credential, each with the scenario in which it must succeed.
var kinds = []struct {
	name, scenario string
	flags          []string
	// mustFail is true for the control.
	mustFail bool
}{
	{"secret", "healthy", nil, false},
	{"certificate", "healthy-certificate", []string{"--certificate", "$AZURE_CLIENT_CERTIFICATE_PATH"}, false},
	{"token file", "healthy-token-file", []string{"--federated", "file"}, false},
	{"Azure job", "healthy-azure-devops", []string{"--federated", "azuredevops"}, false},
	{"identity", "healthy-managed-identity", []string{"--managed-identity"}, false},
	{"control", "application-disabled", nil, true},
}

// pythonWithAzure is an interpreter that has azure-identity, or "".
var pythonWithAzure = func() string {
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import azure.identity, requests").Run() == nil {
			return name
		}
	}
	return ""
}()

// playExports runs every export of every kind in its sandbox and prints the results.
func playExports(ctx context.Context, w io.Writer, s2scheck, node string) error {
	node, err := filepath.Abs(node)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "exports")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	var errs []error
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(tab, "export")
	cells := map[string][]string{}
	for _, k := range kinds {
		fmt.Fprintf(tab, "\t%s", k.name)
		sandbox, err := serve(ctx, s2scheck, k.scenario, true)
		if err != nil {
			return err
		}
		for _, x := range exports {
			cell, err := x.play(ctx, s2scheck, node, folder, sandbox.variables, k.flags, k.mustFail)
			if err != nil {
				errs = append(errs, fmt.Errorf("export %s of %s: %w", x.format, k.name, err))
			}
			cells[x.format] = append(cells[x.format], cell)
		}
		errs = append(errs, sandbox.stop())
	}
	fmt.Fprintln(tab)
	for _, x := range exports {
		fmt.Fprintf(tab, "%s\t%s\n", x.format, strings.Join(cells[x.format], "\t"))
	}
	_ = tab.Flush()
	return errors.Join(errs...)
}

// play exports a connection, runs the export, and returns the cell of the table.
func (x export) play(ctx context.Context, s2scheck, node, folder string, variables, flags []string, mustFail bool) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	e := exported{ctx: ctx, path: filepath.Join(folder, x.file), node: node, output: &bytes.Buffer{}}
	e.variables = append(slices.Clone(variables), "PATH="+os.Getenv("PATH"), "HOME="+os.Getenv("HOME"))
	e.variables = append(e.variables, "AZURE_CLIENT_SECRET="+e.value("S2S_CLIENT_SECRET"), "CURL_CA_BUNDLE="+e.value("SSL_CERT_FILE"))
	args := append([]string{"export", "--format", x.format}, flags...)
	for i, a := range args {
		if name, ok := strings.CutPrefix(a, "$"); ok {
			args[i] = e.value(name)
		}
	}
	cmd := exec.CommandContext(ctx, s2scheck, args...)
	cmd.Env = e.variables
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() == 2:
		return "refused", nil
	case err != nil:
		return "FAIL", err
	}
	if err := os.WriteFile(e.path, out, 0o600); err != nil {
		return "FAIL", err
	}
	if x.format == "python" && pythonWithAzure == "" {
		return "no azure-identity here", nil
	}
	if mustFail && !x.runs {
		return "-", nil // reading a file proves no connection
	}
	err = x.with(e)
	switch {
	case errors.Is(err, errNotServed):
		return "not served", nil
	case err != nil && strings.Contains(err.Error(), "cannot import name"):
		return "azure-identity too old", nil
	}
	if err == nil && x.runs && !strings.Contains(e.output.String(), userID) {
		err = fmt.Errorf("WhoAmI was not printed: %s", e.output.Bytes())
	}
	switch {
	case mustFail && x.runs && err == nil:
		return "FAIL", errors.New("succeeds where it must fail")
	case mustFail && x.runs:
		return "failed as it must", nil
	case err != nil:
		return "FAIL", err
	case x.runs:
		return "ran", nil
	}
	return "read", nil
}
