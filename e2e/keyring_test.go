//go:build e2e

package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/e2e/child"
	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestAllFromTheKeyring runs Test all with the real window, secrets in a real GNOME
// Keyring, and a sandbox under Microsoft's names in the place of the cloud. No other test
// combines these.
func TestAllFromTheKeyring(t *testing.T) {
	sandbox, err := core.ServeSandbox(core.ServeOptions{MicrosoftNames: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	t.Setenv("HTTPS_PROXY", sandbox.Proxy.String())
	t.Setenv("SSL_CERT_FILE", sandbox.CertificateFile)
	startBus(t)
	d := desktop.Start(t)
	startKeyring(t, d.Home)
	folder := filepath.Join(d.Home, ".config", profile.Folder)
	store, err := profile.Open(profile.Options{Dir: folder})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, c := range []struct {
		name   string
		change func(*connection.Form)
		cause  catalog.Cause // "" is a healthy connection
	}{
		{"Contoso PROD", func(*connection.Form) {}, ""},
		{"Contoso TEST", func(f *connection.Form) { f.ClientID = "8c3e8f6a-2b7d-4d0e-9a51-7f6f0f8f2e11" }, catalog.ApplicationNotFound},
		{"Contoso UAT", func(f *connection.Form) { f.Secret = secret.New("Abc8Q~an0ther.s3cret_that-is-not-registered") }, catalog.SecretWrong},
	} {
		form := sandbox.Form
		c.change(&form)
		saved, err := store.Save(t.Context(), c.name, form)
		if err != nil || saved.SecretLocation != profile.InStore {
			t.Fatalf("%s: the secret is in %q, %v", c.name, saved.SecretLocation, err)
		}
		want[c.name] = string(c.cause)
	}

	w := d.Open(ui.Title, program, "--theme", "light", "--size", "1180x860")
	w.Key("ctrl+l")
	w.Until("the overview is there", func() bool { return w.Count(light(theme.AccentTint)) > 10000 })
	w.Key("ctrl+Return") // Test all
	outcomes := func() map[string]string { return readOutcomes(t, folder) }
	w.Until("all are tested", func() bool { return len(outcomes()) == len(want) })
	w.Screenshot(screens("keyring-tested.png"))
	if got := outcomes(); !maps.Equal(got, want) {
		t.Errorf("the causes are (-want +got)\n- %v\n+ %v", want, got)
	}
	for name, color := range map[string]int{"connected": w.Count(light(theme.Success)), "broken": w.Count(light(theme.Error))} {
		if color < 100 {
			t.Errorf("%d pixels have the colour of %s", color, name)
		}
	}
	w.Close()
	sandbox.Form.Secret.Use(func(plain string) {
		if strings.Contains(w.Output(), plain) {
			t.Error("the secret is in what was printed")
		}
		for _, file := range []string{"profiles.json", "profiles.outcomes.json"} {
			if content, err := os.ReadFile(filepath.Join(folder, file)); err != nil || strings.Contains(string(content), plain) {
				t.Errorf("the secret is in %s, %v", file, err)
			}
		}
	})
}

// readOutcomes returns the causes of the connections that were tested, by their names.
func readOutcomes(t *testing.T, folder string) map[string]string {
	t.Helper()
	var file struct {
		Outcomes []profile.Outcome `json:"outcomes"`
	}
	data, err := os.ReadFile(filepath.Join(folder, "profiles.outcomes.json"))
	if err != nil {
		return nil
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	causes := map[string]string{}
	for _, o := range file.Outcomes {
		causes[o.Name] = o.Cause
		if o.Healthy != (o.Cause == "") {
			t.Errorf("%s is healthy: %v, with the cause %q", o.Name, o.Healthy, o.Cause)
		}
	}
	return causes
}

// busSettings configure a session bus that starts no services: it would start a second
// keyring, which is locked. %s is the folder of its socket.
const busSettings = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// startBus starts a session bus for the test.
func startBus(t *testing.T) {
	t.Helper()
	folder, err := os.MkdirTemp("", "bus") // the path of a socket has 107 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	settings := filepath.Join(folder, "bus.conf")
	if err := os.WriteFile(settings, fmt.Appendf(nil, busSettings, folder), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("dbus-daemon", "--config-file="+settings, "--nofork", "--nopidfile", "--print-address=1")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = child.Start(cmd)
	}
	if err != nil {
		t.Fatalf("%v: make e2e installs dbus", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("dbus-daemon: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
}

// startKeyring starts GNOME Keyring with an unlocked keyring in a home folder, and waits
// until it can store a secret.
func startKeyring(t *testing.T, home string) {
	t.Helper()
	cmd := exec.Command("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	cmd.Stdin = strings.NewReader("the password of a keyring that ends with its test")
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+filepath.Join(home, "share"), "XDG_RUNTIME_DIR="+home, "DISPLAY=", "WAYLAND_DISPLAY=")
	if err := child.Start(cmd); err != nil {
		t.Fatalf("%v: make e2e installs gnome-keyring", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	const probe = "TestAllFromTheKeyring"
	vault := profile.System()
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if err = vault.Set(t.Context(), probe, secret.New("probe")); err == nil {
			if err = vault.Delete(t.Context(), probe); err == nil {
				return
			}
		}
	}
	t.Fatalf("GNOME Keyring keeps nothing: %v", err)
}
