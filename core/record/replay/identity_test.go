package replay_test

import (
	"context"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/record/replay"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

// TestReplayKeepsThePlace repeats examinations of managed identities on a computer of
// another kind than the recorded computer.
func TestReplayKeepsThePlace(t *testing.T) {
	for _, test := range []struct {
		name  string
		place sandbox.Place
		named bool
		set   func(*sandbox.Identity)
		cause catalog.Cause
	}{
		{"virtual machine", sandbox.VirtualMachine, false, nil, ""},
		{"App Service", sandbox.AppService, true, nil, ""},
		{"App Service, several", sandbox.AppService, false, func(i *sandbox.Identity) { i.Several = true }, "identity.ambiguous"},
		{"App Service, not assigned", sandbox.AppService, true, func(i *sandbox.Identity) { i.Unassigned = true }, "identity.not-assigned"},
		{"Azure Arc, key elsewhere", sandbox.AzureArc, false, nil, "identity.none"},
		{"Azure Arc, not assigned", sandbox.AzureArc, true, nil, "identity.none"},
		{"Cloud Shell", sandbox.CloudShell, false, nil, "token.is-user-token"},
		{"Cloud Shell, user-assigned", sandbox.CloudShell, true, nil, "identity.not-assigned"},
		{"no endpoint", sandbox.VirtualMachine, false, func(i *sandbox.Identity) { i.NoEndpoint = true }, "identity.none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var tenant sandbox.Tenant
			if test.set != nil {
				test.set(&tenant.Identity)
			}
			server, err := sandbox.Start(&tenant)
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			nowhere(t)
			for name, value := range server.IdentityVariables(test.place) {
				t.Setenv(name, value)
			}
			way := server.Transport()
			way.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
			form := connection.Form{Environment: server.Renamed(sandbox.Environment), Kind: connection.ManagedIdentityKind}
			if test.named {
				form.ClientID = sandbox.ClientID
			}
			original := core.Doctor{Clouds: server.Clouds(), Transport: way}.Examine(t.Context(), form, false, nil)
			if original.RootCause != test.cause {
				t.Fatalf("root cause: got %q, want %q", original.RootCause, test.cause)
			}
			nowhere(t)
			files := record.Make(original)
			r, err := record.Read(folderOf(files))
			if err != nil {
				t.Fatal(err)
			}
			again, err := replay.Run(t.Context(), r, clouds(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if again.RootCause != original.RootCause {
				t.Errorf("root cause: got %q, want %q\n%s", again.RootCause, original.RootCause, textOf(files))
			}
		})
	}
}

// nowhere removes the variables by which MSAL identifies the platform.
func nowhere(t *testing.T) {
	for _, name := range []string{"IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "MSI_ENDPOINT", "MSI_SECRET", "IMDS_ENDPOINT"} {
		t.Setenv(name, "")
	}
}
