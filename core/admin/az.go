package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// azTime bounds one call of the Azure CLI, which starts slowly and may refresh a
// token over the network.
const azTime = time.Minute

// azOutput is how much of the output of the Azure CLI is read, in bytes.
const azOutput = 1 << 20

// AzureCLI is the administrator who is signed in to the Azure CLI. The zero value
// cannot be used: see [FindAzureCLI].
type AzureCLI struct {
	program, tenantID string

	mu     sync.Mutex
	tokens map[string]Token // by resource
	ended  bool
	now    func() time.Time
}

// FindAzureCLI looks for the Azure CLI on PATH. tenantID is the environment's own.
func FindAzureCLI(tenantID string) (*AzureCLI, error) {
	// LookPath refuses a program of the current folder with ErrDot.
	program, err := exec.LookPath("az")
	if err != nil {
		return nil, &Error{Cause: catalog.AdminNoSignIn, Next: withoutAzureCLI, Summary: text.F(
			"The Azure CLI is not installed here: there is no az on PATH. Install it and run az login, or sign in with the browser.")}
	}
	return &AzureCLI{program: program, tenantID: tenantID, tokens: map[string]Token{}, now: time.Now}, nil
}

// Token asks the Azure CLI, once for each resource until the token is about to end.
//
// Source: learn.microsoft.com/cli/azure/account#az-account-get-access-token.
func (a *AzureCLI) Token(ctx context.Context, resource string) (Token, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ended {
		return Token{}, errSignedOut
	}
	if t, ok := a.tokens[resource]; ok && t.Expires.Sub(a.now()) > time.Minute {
		return t, nil
	}
	value, err := a.ask(ctx, resource)
	if err != nil {
		return Token{}, err
	}
	token, err := expectTenant(value, resource, a.tenantID)
	if err == nil {
		a.tokens[resource] = token
	}
	return token, err
}

func (a *AzureCLI) ask(ctx context.Context, resource string) (secret.Value, error) {
	ctx, cancel := context.WithTimeout(ctx, azTime)
	defer cancel()
	args := []string{"account", "get-access-token", "--resource", resource}
	if a.tenantID != "" {
		args = append(args, "--tenant", a.tenantID)
	}
	args = append(args, "--output", "json")
	cmd := exec.CommandContext(ctx, a.program, args...) // #nosec G204 -- az of PATH; resource and tenant are ours
	cmd.Env = environment(os.Environ())
	cmd.WaitDelay = 2 * time.Second // az is a script: its child may hold the pipes
	var out, refusal bytes.Buffer
	cmd.Stdout, cmd.Stderr = &limited{&out, azOutput}, &limited{&refusal, azOutput}
	err := cmd.Run()
	switch {
	case ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded):
		return secret.Value{}, ctx.Err()
	case ctx.Err() != nil:
		return secret.Value{}, &Error{Cause: catalog.AdminNoSignIn, Next: withoutAzureCLI, Summary: text.F("The Azure CLI did not answer in time. Run az account get-access-token in a terminal to see why.")}
	case err != nil:
		return secret.Value{}, azRefused(refusal.String())
	}
	var answer struct {
		AccessToken string `json:"accessToken"`
	}
	if json.Unmarshal(out.Bytes(), &answer) != nil || answer.AccessToken == "" {
		return secret.Value{}, &Error{Cause: catalog.AdminNoSignIn, Next: withoutAzureCLI, Summary: text.F("The Azure CLI answered without a token. Update it, and run az login again.")}
	}
	return secret.New(answer.AccessToken), nil
}

var aadsts = lazyregexp.New(`\bAADSTS([0-9]{4,7})\b`)

// azRefused explains a refusal by Entra's code, which the Azure CLI prints. A refusal
// without a code means that there is no sign-in.
func azRefused(stderr string) error {
	found := aadsts.FindStringSubmatch(stderr)
	if found == nil {
		return &Error{Cause: catalog.AdminNoSignIn, Next: withoutAzureCLI, Summary: text.F("Nobody is signed in to the Azure CLI for this tenant. Run az login --tenant with the environment's tenant.")}
	}
	refused := refusal(found[1])
	refused.Next = slices.DeleteFunc(refused.Next, func(w Way) bool { return w == ByAzureCLI })
	return refused
}

// withoutAzureCLI are the ways where the Azure CLI has no sign-in.
var withoutAzureCLI = []Way{ByBrowser, ByScript}

// Account implements [Administrator].
func (a *AzureCLI) Account() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, t := range a.tokens {
		return t.Account
	}
	return ""
}

// SignOut forgets the tokens. The sign-in of the Azure CLI itself stays.
func (a *AzureCLI) SignOut() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.tokens)
	a.ended = true
}

// withheld are the words in the names of variables that the Azure CLI does not get.
// Everything else reaches it: it is started through interpreters that need settings of
// their own, such as PYTHONPATH, and it finds its sign-in and its proxy by variables.
var withheld = []string{"S2S_", "SECRET", "PASSWORD", "PASSWD", "TOKEN", "CREDENTIAL", "APIKEY", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY", "CONNECTIONSTRING", "CONNECTION_STRING"}

// environment returns the variables for the Azure CLI: without those that may hold a
// secret, and without colours and hints in its output.
func environment(all []string) []string {
	var env []string
	for _, variable := range all {
		name, _, _ := strings.Cut(variable, "=")
		name = strings.ToUpper(name)
		if !slices.ContainsFunc(withheld, func(word string) bool { return strings.Contains(name, word) }) {
			env = append(env, variable)
		}
	}
	return append(env, "AZURE_CORE_NO_COLOR=true", "AZURE_CORE_ONLY_SHOW_ERRORS=true")
}

// limited keeps the beginning of what is written, and takes the rest without error.
type limited struct {
	w    io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if n := min(len(p), l.left); n > 0 {
		if _, err := l.w.Write(p[:n]); err != nil {
			return 0, err
		}
		l.left -= n
	}
	return len(p), nil
}
