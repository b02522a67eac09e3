package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// playAzure has the Azure CLI sign an administrator in, and uses that sign-in for the
// set-up: through "s2scheck plan --admin az", and through the script that it prints.
func playAzure(ctx context.Context, w io.Writer, s2scheck string) error {
	if _, err := exec.LookPath("az"); err != nil {
		return err
	}
	s2scheck, err := filepath.Abs(s2scheck)
	if err != nil {
		return err
	}
	for _, c := range []struct {
		name, account string
		do            func(*azure) error
	}{
		{"applied, done already, and taken back", "administrator", (*azure).apply},
		{"as a script, with its result read back", "administrator", (*azure).script},
		{"refused to who has no rights", "maker", (*azure).refused},
	} {
		if err := inAzure(ctx, s2scheck, c.account, c.do); err != nil {
			return fmt.Errorf("azure %s: %w", c.name, err)
		}
		fmt.Fprintf(w, "azure  %s  ok\n", c.name)
	}
	return nil
}

// azure is an Azure CLI that is signed in to a served sandbox with an empty tenant.
type azure struct {
	ctx              context.Context
	s2scheck, folder string
	variables        []string
	environment      string
}

func inAzure(ctx context.Context, s2scheck, account string, do func(*azure) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	sandbox, err := serve(ctx, s2scheck, "setup-empty", true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sandbox.stop()) }()
	folder, err := os.MkdirTemp("", "azure")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	a := &azure{ctx: ctx, s2scheck: s2scheck, folder: folder}
	tenant := value(sandbox.variables, "S2S_TENANT_ID")
	a.environment = value(sandbox.variables, "S2S_ENVIRONMENT")
	a.variables = append(slices.DeleteFunc(slices.Clone(sandbox.variables), func(v string) bool {
		return strings.HasPrefix(v, "S2S_CLIENT_")
	}), "PATH="+os.Getenv("PATH"), "HOME="+folder, "AZURE_CONFIG_DIR="+folder, "AZURE_CORE_COLLECT_TELEMETRY=no")
	if err := a.signIn(sandbox.variables, tenant, account); err != nil {
		return err
	}
	return do(a)
}

// value returns the value of a variable.
func value(variables []string, name string) string {
	for _, v := range variables {
		if text, ok := strings.CutPrefix(v, name+"="); ok {
			return text
		}
	}
	return ""
}

var deviceCode = regexp.MustCompile(`open the page (https://\S+) and enter the code (\w+)`)

// signIn runs az login, and types its device code on the page of the sandbox.
func (a *azure) signIn(variables []string, tenant, account string) error {
	cmd := a.command("az", "login", "--use-device-code", "--tenant", tenant, "--allow-no-subscriptions", "--output", "none")
	said, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	var text []byte
	typed := false
	for buffer := make([]byte, 4096); ; {
		n, err := said.Read(buffer)
		text = append(text, buffer[:n]...)
		if code := deviceCode.FindSubmatch(text); code != nil && !typed {
			typed = true
			if err := typeCode(variables, string(code[1]), string(code[2]), account); err != nil {
				return err
			}
		}
		if err != nil {
			break
		}
	}
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("az login: %w\n%s", err, text)
	}
	return nil
}

// typeCode enters the code on the page, as the administrator does.
func typeCode(variables []string, page, code, account string) error {
	proxy, err := url.Parse(value(variables, "HTTPS_PROXY"))
	if err != nil {
		return err
	}
	ca, err := os.ReadFile(value(variables, "SSL_CERT_FILE"))
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	c := &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true}}
	answer, err := c.PostForm(page, url.Values{"code": {code}, "account": {account}})
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	if !bytes.Contains(body, []byte("You have signed in")) {
		return fmt.Errorf("the code was not taken:\n%s", body)
	}
	return nil
}

func (a *azure) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(a.ctx, name, args...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = a.folder, a.variables, 5*time.Second
	return cmd
}

// plan runs "s2scheck plan --admin az" and returns what it printed.
func (a *azure) plan(status int, args ...string) (string, error) {
	return a.check(status, append([]string{"plan", "--admin", "az"}, args...)...)
}

// check runs the command, which must end with a status, and returns what it printed.
func (a *azure) check(status int, args ...string) (string, error) {
	cmd := a.command(a.s2scheck, args...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return "", err
	}
	if got := cmd.ProcessState.ExitCode(); got != status {
		return "", fmt.Errorf("s2scheck %s ends with %d, want %d:\n%s%s", strings.Join(args, " "), got, status, out.Bytes(), said.Bytes())
	}
	return out.String(), nil
}

// apply applies the set-up, applies it again, which changes nothing, and undoes it.
func (a *azure) apply() error {
	want := []string{"--apply", "--role", "Basic User", "--certificate-out", "new.pem", "--journal", "journal"}
	first, err := a.plan(0, want...)
	if err == nil && !strings.Contains(first, "WhoAmI answers.") {
		err = errors.New("no WhoAmI:\n" + first)
	}
	if err != nil {
		return err
	}
	second, err := a.plan(0, want...)
	if err == nil && strings.Count(second, "  applied  ") != 1 { // the test of the connection
		err = errors.New("the second run changes something:\n" + second)
	}
	if err != nil {
		return err
	}
	_, err = a.plan(0, "--undo", "journal")
	return err
}

// script runs the script for the Azure CLI, and examines the connection that it made.
func (a *azure) script() error {
	text, err := a.plan(1, "--role", "Basic User", "--format", "az")
	if err != nil {
		return err
	}
	script := filepath.Join(a.folder, "set-up.sh")
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		return err
	}
	cmd := a.command("sh", script)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the script: %w\n%s%s", err, out.Bytes(), said.Bytes())
	}
	made := regexp.MustCompile(`"clientId":"([0-9a-f-]{36})"`).FindSubmatch(out.Bytes())
	if made == nil {
		return fmt.Errorf("the script prints no result:\n%s", out.Bytes())
	}
	healthy, err := a.check(0, "--client-id", string(made[1]), "--certificate", "s2s-certificate.pem", "--certificate-key", "s2s-key.pem")
	if err == nil && !strings.Contains(healthy, "Healthy") {
		err = errors.New("no WhoAmI:\n" + healthy)
	}
	return err
}

// refused is the control: without rights nothing is changed.
func (a *azure) refused() error {
	said, err := a.plan(1, "--apply", "--role", "Basic User", "--certificate-out", "new.pem", "--journal", "journal", "--format", "json")
	if err == nil && !strings.Contains(said, "admin.no-rights") {
		err = errors.New("it is not refused for missing rights:\n" + said)
	}
	return err
}
