package export

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/connstring"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

var update = flag.Bool("update", false, "write the goldens")

const (
	environment = "https://contoso.crm4.dynamics.com"
	tenant      = "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91"
	client      = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	thumbprint  = "0123456789ABCDEF0123456789ABCDEF01234567"
	canary      = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
	// hostile is a name with the special characters of every language.
	hostile = "a'b\"c`d$(touch x)${HOME}%{y}\\ «ü» # */ -- {{client}}\n: x"
)

func form(change func(*connection.Form)) connection.Form {
	f := connection.Form{Environment: environment, Tenant: tenant, ClientID: client}
	change(&f)
	return f
}

// forms returns a form for each kind of credential, by name.
func forms(t *testing.T) map[string]connection.Form {
	key := certtest.RSA()
	pem := certtest.PEM(certtest.SelfSigned("S2S", key, time.Now().Year(), time.Now().Year()+2)) + certtest.KeyPEM(key)
	folder := certtest.Folder(t, map[string]string{"app's cert.pem": pem, "app.pfx": pem})
	return map[string]connection.Form{
		"secret": form(func(f *connection.Form) { f.Secret = secret.New(canary) }),
		"gov": form(func(f *connection.Form) {
			f.Environment, f.Secret = "https://contoso.crm.microsoftdynamics.us", secret.New(canary)
		}),
		"pem": form(func(f *connection.Form) { f.CertificateFile = filepath.Join(folder, "app's cert.pem") }),
		"pfx": form(func(f *connection.Form) {
			f.CertificateFile, f.CertificatePassword = filepath.Join(folder, "app.pfx"), secret.New(canary)
		}),
		"store": form(func(f *connection.Form) { f.Kind, f.Thumbprint = connection.CertificateStoreKind, thumbprint }),
		"file": form(func(f *connection.Form) {
			f.Kind = connection.FederatedKind
			f.Federation = connection.Federation{Issuer: connection.TokenFile, File: "/var/run/secrets/azure/tokens/azure-identity-token"}
		}),
		"github-job": form(func(f *connection.Form) {
			f.Kind, f.Federation = connection.FederatedKind, connection.Federation{Issuer: connection.GitHub, RequestToken: secret.New(canary)}
		}),
		"azure-job": form(func(f *connection.Form) {
			f.Kind, f.Federation = connection.FederatedKind, connection.Federation{Issuer: connection.AzureDevOps, RequestToken: secret.New(canary)}
		}),
		"identity":        form(func(f *connection.Form) { f.Kind = connection.ManagedIdentityKind }),
		"system-identity": form(func(f *connection.Form) { f.Kind, f.ClientID, f.Tenant = connection.ManagedIdentityKind, "", "" }),
	}
}

func options(name string) Options {
	return Options{Clouds: cloud.Table, TenantID: tenant, Name: name}
}

// TestGoldens guards every format of every kind, byte for byte, including refusals.
func TestGoldens(t *testing.T) {
	for kind, f := range forms(t) {
		t.Run(kind, func(t *testing.T) {
			var got strings.Builder
			for _, info := range Formats() {
				out, err := Write(info.Format, f, options("Contoso UAT"))
				if err != nil {
					out = "refused: " + err.Error() + "\n"
				}
				got.WriteString("-- " + string(info.Format) + " --\n" + out)
			}
			text := got.String()
			if f.CertificateFile != "" {
				text = strings.ReplaceAll(text, filepath.Dir(f.CertificateFile), "/certs")
				text = regexp.MustCompile(`Thumbprint=[0-9A-F]{40}`).ReplaceAllString(text, "Thumbprint="+thumbprint)
			}
			file := filepath.Join("testdata", kind+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), text); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// each returns a function that checks every text separately.
func each(check func(text string) error) func(*testing.T, []string) {
	return func(t *testing.T, texts []string) {
		t.Helper()
		for _, text := range texts {
			if err := check(text); err != nil {
				t.Errorf("%v in\n%s", err, text)
			}
		}
	}
}

// program returns a function that checks all files with a program of this computer in a
// single call, or nil if the program is not installed.
func program(t *testing.T, extension, name string, args ...string) func(*testing.T, []string) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		return nil
	}
	return func(t *testing.T, texts []string) {
		t.Helper()
		folder := t.TempDir()
		cmd := exec.CommandContext(t.Context(), path, args...)
		for i, text := range texts {
			file := filepath.Join(folder, strconv.Itoa(i)+extension)
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if extension != ".tf" {
				cmd.Args = append(cmd.Args, file)
			}
		}
		cmd.Dir = folder
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// checkers returns the parsers of the formats; nil if this computer has no parser.
func checkers(t *testing.T) map[Format]func(*testing.T, []string) {
	t.Helper()
	asJSON := each(func(text string) error { return json.Unmarshal([]byte(text), new(any)) })
	asYAML := each(func(text string) error { return yaml.Unmarshal([]byte(text), new(any)) })
	shell := program(t, ".sh", "sh", "-c", `for f; do sh -n "$f" || exit; done`, "sh")
	if linter := program(t, ".sh", "shellcheck", "-s", "sh", "-e", "SC2016"); linter != nil {
		shell = linter
	}
	return map[Format]func(*testing.T, []string){
		AppSettings: asJSON, Postman: asJSON, GitHub: asYAML, AzureDevOps: asYAML, PAC: shell, Curl: shell,
		ConnectionString: each(func(text string) error {
			if pairs := connstring.Parse(strings.TrimSpace(text)); len(pairs) < 3 {
				return fmt.Errorf("%d pairs", len(pairs))
			}
			return nil
		}),
		Go: each(func(text string) error {
			formatted, err := format.Source([]byte(text))
			if diff := cmp.Diff(string(formatted), text); diff != "" {
				return fmt.Errorf("%w, by gofmt (-formatted +got):\n%s", err, diff)
			}
			return nil
		}),
		Terraform:  program(t, ".tf", "terraform", "fmt", "-check"),
		Python:     program(t, ".py", "python3", "-c", "import ast, sys\nfor f in sys.argv[1:]: ast.parse(open(f, 'rb').read())"),
		JavaScript: program(t, ".mjs", "node", "--experimental-vm-modules", "--no-warnings", "-e", "for (const f of process.argv.slice(1)) new (require('vm').SourceTextModule)(require('fs').readFileSync(f, 'utf8'))"),
	}
}

// TestParsers reads every format of every kind with the parser of its language, with an
// ordinary and with a hostile name.
func TestParsers(t *testing.T) {
	texts := map[Format][]string{}
	for kind, f := range forms(t) {
		for _, info := range Formats() {
			for _, name := range []string{"Contoso UAT", hostile} {
				out, err := Write(info.Format, f, options(name))
				if err != nil {
					continue
				}
				if strings.Contains(out, canary) || name != hostile && strings.Contains(out, "{{") {
					t.Errorf("%s of %s holds the secret or a name of a value:\n%s", info.Format, kind, out)
				}
				texts[info.Format] = append(texts[info.Format], out)
			}
		}
	}
	for format, check := range checkers(t) {
		if check != nil {
			check(t, texts[format])
			t.Log(format, "parsed", len(texts[format]))
		}
	}
}

// TestNameIsData guards that a hostile name is read back unchanged.
func TestNameIsData(t *testing.T) {
	out, err := Write(Postman, forms(t)["secret"], options(hostile))
	var file struct{ Name string }
	if err != nil || json.Unmarshal([]byte(out), &file) != nil || !strings.HasPrefix(file.Name, "a'b\"c`d$(touch x)") {
		t.Errorf("%v: %q", err, file.Name)
	}
	out, err = Write(PAC, forms(t)["secret"], options(hostile))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var printed bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "sh", "-c", `pac() { printf '%s\n' "$@"; }`+"\n"+out)
	cmd.Dir, cmd.Stdout, cmd.Env = folder, &printed, []string{"AZURE_CLIENT_SECRET=from the environment"}
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(printed.String(), "\n")
	if lines[3] != string([]rune(strings.ReplaceAll(hostile, "\n", " "))[:pacNameLimit]) || lines[len(lines)-2] != "from the environment" {
		t.Errorf("arguments %q", lines)
	}
	if made, _ := os.ReadDir(folder); len(made) > 0 {
		t.Errorf("the name was run: %v", made)
	}
}

// TestWriteRefuses guards that a form which cannot be used is not exported.
func TestWriteRefuses(t *testing.T) {
	for name, f := range map[string]connection.Form{
		"no environment":    form(func(f *connection.Form) { f.Environment = "" }),
		"no application":    form(func(f *connection.Form) { f.ClientID = "" }),
		"a tenant":          form(func(f *connection.Form) { f.Tenant = "x y" }),
		"no certificate":    form(func(f *connection.Form) { f.CertificateFile = "/nonexistent/app.pem" }),
		"unknown format":    form(func(*connection.Form) {}),
		"another's address": form(func(f *connection.Form) { f.Environment = "https://make.powerapps.com" }),
	} {
		format := CSharp
		if name == "unknown format" {
			format = "cobol"
		}
		if out, err := Write(format, f, options("")); err == nil || out != "" {
			t.Errorf("%s: %q", name, out)
		}
	}
}
