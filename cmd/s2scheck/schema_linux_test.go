package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/rotate"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

const schemaFolder = "../../docs/schema"

// schemas returns the published schemas by their names, with additional properties
// forbidden: a consumer accepts a new field, but the schema must describe it.
func schemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	files, err := filepath.Glob(schemaFolder + "/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(file, err)
		}
		if doc.(map[string]any)["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
			t.Errorf("%s names another draft", file)
		}
		closeObjects(doc)
		if err := compiler.AddResource(schemaURL(filepath.Base(file)), doc); err != nil {
			t.Fatal(err)
		}
	}
	all := map[string]*jsonschema.Schema{}
	for _, file := range files {
		name := filepath.Base(file)
		schema, err := compiler.Compile(schemaURL(name))
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(name, ".json")] = schema
	}
	return all
}

// schemaURL returns an address under a reserved name, so that nothing is loaded from it.
func schemaURL(file string) string { return "https://schema.invalid/" + file }

// closeObjects forbids properties that an object's schema does not describe.
func closeObjects(v any) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			closeObjects(item)
		}
	case map[string]any:
		for _, item := range v {
			closeObjects(item)
		}
		// A condition has properties, and no type.
		if v["properties"] != nil && v["type"] != nil {
			v["additionalProperties"] = false
		}
	}
}

func validate(schema *jsonschema.Schema, output string) error {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(output))
	if err != nil {
		return fmt.Errorf("%w in %q", err, output)
	}
	return schema.Validate(doc)
}

// TestSchemas validates the output of every command that prints JSON.
func TestSchemas(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("S2S_CLIENT_SECRET", "")
	home := saveProfiles(t, map[string]string{"environment": "https://contoso.crm4.dynamics.com", "clientId": "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"})
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	list := filepath.Join(home, "list.csv")
	if err := os.WriteFile(list, []byte("name,environment,clientId\nUAT,https://contoso.crm4.dynamics.com,2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e\nBad,http://x,y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := filepath.Join(home, "before.json")
	if err := os.WriteFile(before, []byte(`{"version":1,"results":[{"profile":"Bad","healthy":false,"rootCause":"secret.wrong"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	all := schemas(t)
	checked := map[string]bool{"types": true}
	connected := []string{"--environment", "https://contoso.crm4.dynamics.com", "--client-id", "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"}
	for _, c := range []struct {
		schema string
		args   []string
		status int
		want   string // a part of the output
	}{
		{"examination", []string{"--sandbox"}, exitHealthy, `"healthy": true`},
		{"examination", []string{"--sandbox", "--scenario", "appuser-missing"}, exitBroken, `"rootCause": "appuser.missing"`},
		{"examination", []string{"--sandbox", "--scenario", "healthy-certificate"}, exitHealthy, `"credential": "certificate"`},
		{"examination", slices.Concat(connected, []string{"--offline"}), exitUnusable, `"rootCause": "input.secret-missing"`},
		{"examination", []string{"--environment", "x y"}, exitUnusable, `"rootCause": "input.`},
		{"examination", []string{"--from", list + ".none"}, exitUnusable, `"rootCause": "input.`},
		{"examination", []string{"--profile", "Connection 1", "--offline"}, exitUnusable, `"checks": [`},
		{"examinations", []string{"--all", "--offline"}, exitUnusable, `"profile": "Connection 1"`},
		{"examinations", []string{"--connections", list, "--offline"}, exitUnusable, `"profile": "UAT"`},
		{"examinations", []string{"--connections", list, "--offline", "--baseline", before}, exitUnusable, `"verdict": "changed"`},
		{"scenarios", []string{"--scenario", "list"}, exitHealthy, `"name": "appuser-missing"`},
		{"scenarios", []string{"--sandbox", "--scenario", "list"}, exitHealthy, `"warnings": [`},
		{"explanation", []string{"explain", "AADSTS7000215: Invalid client secret provided."}, exitHealthy, `"cause": "secret.wrong"`},
		{"explanation", []string{"explain", "https://localhost/?code=0.AAAA-secret-code&state=1"}, exitHealthy, `"cause": ""`},
		{"explanation", []string{"explain", "the weather is fine"}, exitHealthy, `"cause": "unknown"`},
		{"explanation", []string{"explain", "HTTP/1.1 403 Forbidden\nx-ms-service-request-id: 5\n\n"}, exitHealthy, `"evidence": {`},
		{"consent-url", slices.Concat([]string{"consent-url", "--style", "v2", "--tenant", "contoso.com"}, connected), exitHealthy, `"url": "https://`},
		{"consent-url", []string{"consent-url", "--style", "authorize", "--client-id", "x"}, exitUnusable, `"cause": "input.`},
		{"consent-url", slices.Concat([]string{"consent-url", "--style", "adminconsent-v1", "--tenant", "contoso.com"}, connected), exitHealthy, `"url": "https://`},
		{"version", []string{"version"}, exitHealthy, `"program": "s2scheck"`},
		{"plan", slices.Concat([]string{"plan", "--offline"}, connected), exitBroken, `"status": "todo"`},
		{"plan", []string{"plan", "--offline", "--environment", "https://contoso.crm4.dynamics.com", "--path", "classic", "--role", "minimal", "--privileges", "account:read:org"}, exitBroken, `"method": "POST"`},
		{"plan", []string{"plan", "--offline", "--environment", "x y"}, exitUnusable, `"cause": "input.`},
		{"plan", []string{"plan", "--admin", "az", "--environment", "https://contoso.crm4.dynamics.com", "--tenant", "12b5c856-0b1e-4a63-9f0e-3c1d5a7e9b24"}, exitBroken, `"status": "blocked"`},
		{"examination", []string{"--sandbox", "--watch"}, exitHealthy, `"verdict": "healthy"`},
		{"examination", []string{"--sandbox", "--scenario", "appuser-missing", "--watch", "--watch-for", "1ms"}, exitBroken, `"verdict": "over"`},
		{"snapshot", []string{"snapshot", "--sandbox"}, exitHealthy, `"prvReadAccount"`},
		{"snapshot", []string{"snapshot", "--sandbox", "--scenario", "appuser-missing"}, exitHealthy, `"privileges": null`},
		{"comparison", []string{"compare", "--sandbox", "healthy", "article-mistake-2"}, exitBroken, `"area": "privilege"`},
		{"expiry", []string{"expiry"}, exitHealthy, `"profile": "Connection 1"`},
		{"expiry", []string{"expiry", "--connections", list}, exitHealthy, `"days": null`},
		{"support", []string{"report", "--sandbox"}, exitHealthy, `"userId"`},
		{"support", []string{"report", "--sandbox", "--scenario", "secret-wrong"}, exitHealthy, `"code": "AADSTS7000215"`},
		{"support", []string{"report", "--environment", "x y"}, exitHealthy, `"rootCause": "input.`},
		{"sandbox", []string{"serve"}, exitHealthy, `"HTTPS_PROXY"`},
		{"sandbox", []string{"serve", "--scenario", "healthy-certificate"}, exitHealthy, `"AZURE_CLIENT_CERTIFICATE_PATH"`},
		{"sandbox", []string{"serve", "--scenario", "healthy-github"}, exitHealthy, `"ACTIONS_ID_TOKEN_REQUEST_TOKEN"`},
		{"sandbox", []string{"serve", "--scenario", "healthy-azure-devops"}, exitHealthy, `"SYSTEM_ACCESSTOKEN"`},
		{"sandbox", []string{"serve", "--scenario", "healthy-token-file"}, exitHealthy, `"AZURE_FEDERATED_TOKEN_FILE"`},
		{"sandbox", []string{"serve", "--scenario", "healthy-managed-identity"}, exitHealthy, `"IDENTITY_ENDPOINT"`},
	} {
		output, status := printed(t, c.args)
		if status != c.status || !strings.Contains(output, c.want) {
			t.Errorf("%v: exit status %d, want %d, with %s in\n%s", c.args, status, c.status, c.want, output)
		}
		if err := validate(all[c.schema], output); err != nil {
			t.Errorf("%v is no %s: %v\n%s", c.args, c.schema, err, output)
		}
		checked[c.schema] = true
	}
	for _, r := range []rotate.Result{
		{Step: rotate.Upload, File: "a.pfx", CER: "a.cer", Thumbprint: "AB", Ends: time.Now(), Report: exam.Report{RootCause: catalog.CertificateNotRegistered}},
		{Step: rotate.Switched, File: "a.pfx", CER: "a.cer", Thumbprint: "AB", Ends: time.Now(), Switched: []string{"UAT"}, Old: "CD"},
	} {
		var out bytes.Buffer
		rotate.WriteJSON(&out, r, "https://entra.microsoft.com/")
		if err := validate(all["rotation"], out.String()); err != nil {
			t.Error(err)
		}
		checked["rotation"] = true
	}
	for name := range all {
		if !checked[name] {
			t.Errorf("no output is checked by %s.json", name)
		}
	}
}

// printed returns what the command writes to standard output with --format json; for
// serve, without the line after the object.
func printed(t *testing.T, args []string) (string, int) {
	t.Helper()
	words := 0 // before the flags
	if !strings.HasPrefix(args[0], "-") {
		words = 1
	}
	args = slices.Insert(slices.Clone(args), words, "--format", "json")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	var out bytes.Buffer
	stdout := writerFunc(func(b []byte) (int, error) {
		if bytes.HasSuffix(b, []byte("ready\n")) {
			cancel()
			b = bytes.TrimSuffix(b, []byte("ready\n"))
		}
		n, err := out.Write(b)
		return n, err
	})
	// An empty folder on PATH has no Azure CLI.
	t.Setenv("PATH", t.TempDir())
	p := program{in: strings.NewReader(""), out: stdout, err: io.Discard, getenv: func(string) string { return "" }}
	status := p.run(ctx, args)
	return out.String(), status
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestSchemaOfScenarios examines every scenario of the sandbox, without waiting between
// tries.
func TestSchemaOfScenarios(t *testing.T) {
	all := schemas(t)
	s, err := core.OpenSandbox()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.Transport.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	for _, scenario := range race.Sample(core.Scenarios(), 10) {
		form, err := s.Play(scenario.Name)
		if err != nil {
			t.Fatal(err)
		}
		limit := 10 * time.Second
		if scenario.Slow {
			limit = 200 * time.Millisecond
		}
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		report := s.Examine(ctx, form, false, nil)
		cancel()
		var one, several, planned, supported bytes.Buffer
		support.Make(report, support.Program{Name: "s2scheck"}, time.Now()).WriteJSON(&supported)
		program{out: &one}.print("json", report)
		program{out: &several}.printAll("json", []exam.Report{report, report}, nil)
		program{out: &planned}.printPlan("json", plan.Target{}, provenPlan(t, s, form, report))
		for name, output := range map[string]string{"examination": one.String(), "examinations": several.String(), "plan": planned.String(), "support": supported.String()} {
			if err := validate(all[name], output); err != nil {
				t.Errorf("%s as %s: %v", scenario.Name, name, err)
			}
		}
	}
}

// provenPlan returns a plan that ends in an examination.
func provenPlan(t *testing.T, s *core.Sandbox, form connection.Form, report exam.Report) plan.Plan {
	t.Helper()
	target, err := s.PlanTarget(form, plan.Target{})
	if err != nil {
		target = plan.Target{Environment: "https://contoso.crm4.sandbox.localhost"}
	}
	planned := plan.Make(target, plan.State{})
	planned.Applied, planned.Journal, planned.Report = true, "a.journal", &report
	planned.Prove(report)
	return planned
}

// TestSchemaRefuses guards the schemas themselves: they refuse a changed copy of a valid
// output.
func TestSchemaRefuses(t *testing.T) {
	all := schemas(t)
	output, _ := printed(t, []string{"--sandbox", "--scenario", "appuser-missing"})
	if err := validate(all["examination"], output); err != nil {
		t.Fatal(err)
	}
	check := func(o map[string]any) map[string]any { return o["checks"].([]any)[0].(map[string]any) }
	for name, change := range map[string]func(o map[string]any){
		"another version":     func(o map[string]any) { o["version"] = 2 },
		"a field is missing":  func(o map[string]any) { delete(o, "durationMs") },
		"a field is renamed":  func(o map[string]any) { o["root_cause"] = o["rootCause"]; delete(o, "rootCause") },
		"an unknown field":    func(o map[string]any) { o["extra"] = 1 },
		"null for a list":     func(o map[string]any) { o["warnings"] = nil },
		"a text for a number": func(o map[string]any) { o["requests"] = "7" },
		"an unknown status":   func(o map[string]any) { check(o)["status"] = "broken" },
		"no cause":            func(o map[string]any) { check(o)["status"], check(o)["cause"] = "fail", "" },
		"unknown evidence":    func(o map[string]any) { check(o)["evidence"] = map[string]any{"secret": "x"} },
		"a link without https": func(o map[string]any) {
			check(o)["links"] = []any{map[string]any{"title": "x", "url": "javascript:x"}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			var doc map[string]any
			if err := json.Unmarshal([]byte(output), &doc); err != nil {
				t.Fatal(err)
			}
			change(doc)
			raw, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			if err := validate(all["examination"], string(raw)); err == nil {
				t.Error("it is valid")
			}
		})
	}
}
