package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestMCP acts as an agent with the SDK's client, over the standard input and output of a
// process. It checks what the tools return, and that they return no secret.
func TestMCP(t *testing.T) {
	world := startMicrosoft(t)
	session := agentOf(t, world)
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range tools.Tools {
		names = append(names, tool.Name)
		if tool.Annotations == nil || !tool.Annotations.ReadOnlyHint {
			t.Errorf("%s is not said to be read-only", tool.Name)
		}
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "connections examine explain plan sandbox" {
		t.Errorf("tools %s", got)
	}
	all := schemas(t)
	for _, c := range []struct {
		name, tool string
		arguments  map[string]any
		failed     bool
		want       string
		schema     string
	}{
		{"the list", "connections", nil, false, `"name": "Connection 1"`, ""},
		{"a healthy one", "examine", map[string]any{"connection": "Connection 1"}, false, `"healthy": true`, "examination"},
		{"an unknown one", "examine", map[string]any{"connection": world.secret}, true, "no saved connection of that name", ""},
		{"no argument", "examine", nil, true, "needs the argument connection", ""},
		{"a secret as an argument", "examine", map[string]any{"connection": "Connection 1", "clientSecret": world.secret}, true, "secrets are never arguments", ""},
		{"a number", "explain", map[string]any{"text": 7}, true, "is no text", ""},
		{"an error", "explain", map[string]any{"text": "AADSTS7000215: Invalid client secret provided. client_secret=" + world.secret}, false, `"cause": "secret.wrong"`, "explanation"},
		{"a plan", "plan", map[string]any{"connection": "Connection 1"}, false, `"status": "todo"`, "plan"},
		{"scenarios", "sandbox", nil, false, `"name": "appuser-missing"`, ""},
		{"a scenario", "sandbox", map[string]any{"scenario": "appuser-missing"}, false, `"rootCause": "appuser.missing"`, "examination"},
		{"no scenario", "sandbox", map[string]any{"scenario": world.secret}, true, "no scenario of that name", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: c.tool, Arguments: c.arguments})
			if err != nil {
				t.Fatal(err)
			}
			raw, err := json.Marshal(result)
			if err != nil {
				t.Fatal(err)
			}
			text := result.Content[0].(*mcp.TextContent).Text
			if result.IsError != c.failed || !strings.Contains(text, c.want) {
				t.Errorf("error %v: %s", result.IsError, text)
			}
			if c.schema != "" {
				if err := validate(all[c.schema], text); err != nil {
					t.Error(err)
				}
			}
			for i := 0; i+12 <= len(world.secret); i += 4 {
				if part := world.secret[i : i+12]; strings.Contains(string(raw), part) {
					t.Errorf("a part of the secret is in the result: %s", raw)
				}
			}
			if token.Match(raw) {
				t.Errorf("a token is in the result: %s", raw)
			}
		})
	}
}

// agentOf starts s2scheck mcp with the saved connection Connection 1 to world, and
// returns the agent's session.
func agentOf(t *testing.T, world *fakeMicrosoft) *mcp.ClientSession {
	t.Helper()
	home := saveProfiles(t, map[string]string{"environment": "https://" + world.environment, "clientId": world.client})
	path, err := exec.LookPath("s2scheck")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, "mcp")
	cmd.Env = []string{
		"HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, ".config"), "HTTPS_PROXY=" + world.proxy, "SSL_CERT_FILE=" + world.caFile,
		"S2S_CLIENT_SECRET=" + world.secret, "S2S_CLIENT_ID=" + world.client,
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// TestMCPEnds guards that the command ends with its input, and takes no arguments.
func TestMCPEnds(t *testing.T) {
	p := program{in: strings.NewReader(""), out: writerFunc(func(b []byte) (int, error) { return len(b), nil }), err: writerFunc(func(b []byte) (int, error) { return len(b), nil }), getenv: func(string) string { return "" }}
	if status := p.run(context.WithoutCancel(t.Context()), []string{"mcp"}); status != exitHealthy {
		t.Errorf("status %d", status)
	}
	if status := p.run(t.Context(), []string{"mcp", "x"}); status != exitUnusable {
		t.Errorf("status %d", status)
	}
}

// TestMCPNamesInputThatIsNone guards that input of another form is an error in words,
// which quotes nothing of it: the command ended with 3 and said nothing.
func TestMCPNamesInputThatIsNone(t *testing.T) {
	const canary = "Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"
	var out, stderr bytes.Buffer
	p := program{in: strings.NewReader(canary + "\n"), out: &out, err: &stderr, getenv: func(string) string { return "" }}
	status := p.run(t.Context(), []string{"mcp"})
	if status != exitUnfinished || !strings.Contains(stderr.String(), "Model Context Protocol") || strings.Contains(stderr.String()+out.String(), canary) {
		t.Errorf("status %d: %s%s", status, &out, &stderr)
	}
}
