// Command client runs the Go clients against a served sandbox and prints a JSON line for
// each case. Like any Go program, it trusts the certificates in SSL_CERT_FILE and uses
// HTTPS_PROXY.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"
)

// world is the connection and the known facts about it.
type world struct {
	environment, tenant, client, secret, certificate string
	login, graph, user                               string
	microsoft                                        bool
}

func (w world) scope() string     { return w.environment + "/.default" }
func (w world) authority() string { return "https://" + w.login + "/" + w.tenant }

// A peer is a client library and its cases.
type peer struct {
	module string
	cases  map[string]func(context.Context, world) error
}

var peers = map[string]peer{"azidentity": azidentityPeer, "msal": msalPeer, "kiota": kiotaPeer}

const wrongSecret = "wrong~wrong~wrong~wrong~wrong~wrong~wron"

func main() {
	w := world{
		environment: os.Getenv("S2S_ENVIRONMENT"), tenant: os.Getenv("S2S_TENANT_ID"),
		client: os.Getenv("S2S_CLIENT_ID"), secret: os.Getenv("S2S_CLIENT_SECRET"),
		certificate: os.Getenv("AZURE_CLIENT_CERTIFICATE_PATH"),
		login:       os.Getenv("PEERS_LOGIN"), graph: os.Getenv("PEERS_GRAPH"), user: os.Getenv("PEERS_USER_ID"),
		microsoft: os.Getenv("PEERS_NAMES") == "microsoft",
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p := peers[os.Args[1]]
	out := json.NewEncoder(os.Stdout)
	for _, name := range strings.Split(os.Getenv("PEERS_CASES"), ",") {
		result := map[string]string{"client": p.module, "version": version(p.module), "case": name}
		if run, ok := p.cases[name]; !ok {
			result["error"] = "there is no such case"
		} else if err := run(ctx, w); err != nil {
			result["error"] = err.Error()
		}
		if err := out.Encode(result); err != nil {
			os.Exit(1)
		}
	}
}

func version(module string) string {
	info, _ := debug.ReadBuildInfo()
	for _, dep := range info.Deps {
		if dep.Path == module {
			return strings.TrimPrefix(dep.Version, "v")
		}
	}
	return "?"
}

// whoAmI proves a token at the Web API, for clients that only return tokens.
func (w world) whoAmI(ctx context.Context, token string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.environment+"/api/data/v9.2/WhoAmI", nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("WhoAmI: %s %s", resp.Status, raw)
	}
	return w.isUser(raw)
}

// isUser checks the body of WhoAmI.
func (w world) isUser(raw []byte) error {
	var got struct{ UserId string } //nolint:revive // the service's spelling
	if err := json.Unmarshal(raw, &got); err != nil {
		return err
	}
	if got.UserId != w.user {
		return fmt.Errorf("UserId %q, want %q", got.UserId, w.user)
	}
	return nil
}

// contains returns nil if err contains this text, and an error otherwise.
func contains(err error, text string) error {
	switch {
	case err == nil:
		return fmt.Errorf("no error, want %s", text)
	case !strings.Contains(err.Error(), text):
		return fmt.Errorf("%s is not in: %w", text, err)
	}
	return nil
}
