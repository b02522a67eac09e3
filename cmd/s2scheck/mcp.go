package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// mcpTool is a tool that an agent may call. It changes nothing, and neither takes nor
// returns a secret: connections are named as they are saved.
type mcpTool struct {
	name, description string
	// argument is the one argument, or ""; required is true if it must be there.
	argument, means string
	required        bool
	// network is true for a tool that asks Microsoft's services.
	network bool
	call    func(p program, ctx context.Context, argument string) (any, error)
}

var mcpTools = []mcpTool{
	{"connections", "List the saved connections to Dataverse by name, with environment and application. No secrets.", "", "", false, false, program.mcpConnections},
	{"examine", "Examine a saved server-to-server connection to Dynamics 365 / Dataverse: every check from the form to WhoAmI, the root cause, who can remove it and how.", "connection", "The name of a saved connection, as the tool connections lists it.", true, true, program.mcpExamine},
	{"explain", "Explain an error, response, log, HAR file or redirect of Entra or Dataverse: the cause, who can remove it and how. Needs no network.", "text", "What was seen. A secret in it is not repeated.", true, false, program.mcpExplain},
	{"plan", "Plan the set-up of a saved connection from nothing, as requests in order. Reads nothing and changes nothing.", "connection", "The name of a saved connection.", true, false, program.mcpPlan},
	{"sandbox", "Examine a scenario of the practice tenant on this computer; without a scenario, list them.", "scenario", "The name of a scenario, such as appuser-missing.", false, false, program.mcpSandbox},
}

// mcp serves the tools to an agent over standard input and output until either ends.
func (p program) mcp(ctx context.Context, args []string) int {
	rest, err := parseFlags(flag.NewFlagSet("mcp", flag.ContinueOnError), args)
	if err == nil && len(rest) > 0 {
		err = errors.New("mcp takes no arguments: connections are named in the calls")
	}
	if err != nil {
		return p.unusable(err)
	}
	server := mcp.NewServer(&mcp.Implementation{Name: "s2scheck", Title: "S2S Doctor", Version: firstOf(p.self().Version, "0")}, nil)
	for _, t := range mcpTools {
		server.AddTool(t.describe(), func(ctx context.Context, request *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return p.callTool(ctx, t, request.Params.Arguments), nil
		})
	}
	err = server.Run(ctx, &mcp.IOTransport{Reader: io.NopCloser(p.in), Writer: keepOpen{p.out}})
	if err != nil && ctx.Err() == nil && !errors.Is(err, io.EOF) {
		if out, ok := p.out.(*output); !ok || !out.failed() {
			// The error quotes what was read, which may be a secret.
			fmt.Fprintln(p.err, "s2scheck: standard input is no message of the Model Context Protocol (JSON-RPC, one message a line)")
		}
		return exitUnfinished
	}
	return exitHealthy
}

// keepOpen is standard output, which the command closes itself.
type keepOpen struct{ io.Writer }

func (keepOpen) Close() error { return nil }

func (t mcpTool) describe() *mcp.Tool {
	properties := map[string]any{}
	required := []string{}
	if t.argument != "" {
		properties[t.argument] = map[string]any{"type": "string", "description": t.means}
		if t.required {
			required = append(required, t.argument)
		}
	}
	no := false
	return &mcp.Tool{
		Name: t.name, Description: t.description,
		InputSchema: map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false},
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, DestructiveHint: &no, OpenWorldHint: &t.network},
	}
}

// mcpTimeout bounds one call.
const mcpTimeout = time.Minute

// callTool reads the arguments and calls a tool. An error repeats no value that it was
// given: that may be a secret in the wrong place.
func (p program) callTool(ctx context.Context, t mcpTool, arguments json.RawMessage) *mcp.CallToolResult {
	ctx, cancel := context.WithTimeout(ctx, mcpTimeout)
	defer cancel()
	argument, err := t.read(arguments)
	var result any
	if err == nil {
		result, err = t.call(p, ctx, argument)
	}
	var out bytes.Buffer
	if err != nil {
		out.WriteString(err.Error())
	} else {
		jsondoc.Write(&out, result)
	}
	return &mcp.CallToolResult{IsError: err != nil, Content: []mcp.Content{&mcp.TextContent{Text: strings.TrimSpace(out.String())}}}
}

// read returns the one argument of a call.
func (t mcpTool) read(arguments json.RawMessage) (string, error) {
	given := map[string]json.RawMessage{}
	if len(arguments) > 0 && json.Unmarshal(arguments, &given) != nil {
		return "", errors.New("the arguments are no JSON object")
	}
	var argument string
	raw, ok := given[t.argument]
	switch {
	case len(given) > 1 || len(given) == 1 && !ok:
		return "", errors.New("the tool " + t.name + " has no such argument; secrets are never arguments: save the connection and name it")
	case ok && json.Unmarshal(raw, &argument) != nil:
		return "", errors.New("the argument " + t.argument + " is no text")
	case t.required && strings.TrimSpace(argument) == "":
		return "", errors.New("the tool " + t.name + " needs the argument " + t.argument)
	}
	return argument, nil
}

func (p program) mcpConnections(ctx context.Context, _ string) (any, error) {
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return nil, err
	}
	list, err := store.List(ctx)
	type row struct {
		Name        string `json:"name"`
		Environment string `json:"environment"`
		ClientID    string `json:"clientId"`
	}
	rows := []row{}
	for _, one := range list {
		rows = append(rows, row{one.Name, one.Environment, one.ClientID})
	}
	return map[string]any{"version": 1, "connections": rows}, err
}

// named returns a saved connection with its secret.
func (p program) named(ctx context.Context, name string) (profile.Loaded, error) {
	store, err := profile.Open(profile.Options{})
	if err != nil {
		return profile.Loaded{}, err
	}
	loaded, err := store.Load(ctx, name)
	if errors.Is(err, profile.ErrNoProfile) {
		err = errors.New("there is no saved connection of that name; the tool connections lists them")
	}
	return loaded, err
}

func (p program) mcpExamine(ctx context.Context, name string) (any, error) {
	loaded, err := p.named(ctx, name)
	if err != nil {
		return nil, err
	}
	if why := p.complete(&loaded.Form); !why.Empty() {
		return nil, text.Error(why)
	}
	r := p.doctorOf(loaded.Form).Examine(ctx, loaded.Form, false, nil)
	r.Profile = loaded.Profile.Name
	return r, nil
}

func (p program) mcpExplain(_ context.Context, seen string) (any, error) {
	return core.Doctor{}.Explain(seen), nil
}

func (p program) mcpPlan(ctx context.Context, name string) (any, error) {
	loaded, err := p.named(ctx, name)
	if err != nil {
		return nil, err
	}
	target, err := p.doctorOf(loaded.Form).PlanTarget(loaded.Form, plan.Target{})
	if err != nil {
		return nil, err
	}
	return plan.Make(target, plan.State{}), nil
}

func (p program) mcpSandbox(ctx context.Context, name string) (any, error) {
	if name == "" {
		type row struct {
			Name  string        `json:"name"`
			Title text.Text     `json:"title"`
			Cause catalog.Cause `json:"cause"`
		}
		rows := []row{}
		for _, s := range core.Scenarios() {
			rows = append(rows, row{s.Name, s.Title, s.Cause})
		}
		return map[string]any{"version": 1, "scenarios": rows}, nil
	}
	sandbox, err := core.OpenSandbox()
	if err != nil {
		return nil, err
	}
	defer sandbox.Close()
	form, err := sandbox.Play(name)
	if err != nil {
		return nil, errors.New("there is no scenario of that name; the tool without an argument lists them")
	}
	return sandbox.Examine(ctx, form, false, nil), nil
}
