package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

// TestNoEchoThroughMCP guards that an agent receives no secret. Entra echoes the secret
// in every spelling while a connection is examined, and the text that the agent sends to
// explain contains it.
func TestNoEchoThroughMCP(t *testing.T) {
	world := startMicrosoft(t)
	session := agentOf(t, world)
	outputs := 0
	for _, spelling := range smuggle.Spellings {
		echo := spelling.Write(world.secret)
		world.answering(asksForToken, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Ms-Request-Id", strings.Map(visible, echo))
			reply(w, 401, map[string]any{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided: " + echo, "trace_id": echo})
		})
		for tool, arguments := range map[string]map[string]any{
			"examine": {"connection": "Connection 1"},
			"explain": {"text": "AADSTS7000215: Invalid client secret provided. client_secret=" + echo},
		} {
			result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
			if err != nil {
				t.Fatal(err)
			}
			raw, err := json.Marshal(result)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(raw), "secret.wrong") {
				t.Errorf("%s, %s: the cause is not named: %s", tool, spelling.Name, raw)
			}
			outputs++
			if part := smuggle.Leak(string(raw), world.secret); part != "" {
				t.Errorf("%s, %s: %q is in %s", tool, spelling.Name, part, raw)
			}
		}
	}
	t.Logf("%d outputs in %d spellings", outputs, len(smuggle.Spellings))
}
