//go:build e2e && wine

// Package wine runs the Windows programs under Wine on a virtual display. What works
// under Wine also works on Windows, but the reverse does not hold. make wine builds the
// programs and runs these tests.
package wine

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
)

// The programs, which make wine has just built.
var (
	window  = filepath.Join("..", "..", "bin", "s2sdoctor.exe")
	command = filepath.Join("..", "..", "bin", "s2scheck.exe")
	keyring = filepath.Join("..", "..", "bin", "keyring.test.exe")
	store   = filepath.Join("..", "..", "bin", "certificate.test.exe")
)

// title is the title of the window and of the message box.
const title = "S2S Doctor"

func screens(name string) string { return filepath.Join("..", "..", "dist", "screens", name) }

// tested has the window test the connection, and returns the copied report. Wine may show
// a window some time before it takes keys, so the keys are pressed again.
func tested(d *desktop.Desktop, w *desktop.Window) (report string) {
	const again = 10 * time.Second
	var pressed time.Time
	w.Until("the report says Connected", func() bool {
		if time.Since(pressed) > again {
			w.Key("ctrl+Return")
			pressed = time.Now()
		}
		w.Key("ctrl+shift+c")
		report = d.Copied()
		return strings.Contains(report, "Connected.")
	})
	return report
}

// TestTheWindow opens the window on the sandbox, examines the connection by keyboard, and
// continues the consent until the ordinary browser is called.
func TestTheWindow(t *testing.T) {
	prefix(t)
	asked := recordsTheBrowser(t)
	d := desktop.Start(t)
	w := d.Open(title, "wine", window, "--scenario", "article-before-consent", "--theme", "light", "--size", "1180x860")
	report := tested(d, w)
	for _, want := range []string{"UserId: ", "BusinessUnitId: "} {
		if !strings.Contains(report, want) {
			t.Errorf("the report does not say %s:\n%s", want, report)
		}
	}
	w.Screenshot(screens("wine.png"))

	w.Key("ctrl+o")
	w.Screenshot(screens("wine-consent.png"))
	w.Key("Return")
	w.Until("the browser is asked to open the page", func() bool { return asked() != "" })
	if address := asked(); !strings.Contains(address, "authorize?") {
		t.Errorf("it was asked to open %s", address)
	}
	w.Screenshot(screens("wine-waiting.png"))
}

// TestWithoutOpenGL guards Windows without a graphics driver, where OpenGL is 1.1.
func TestWithoutOpenGL(t *testing.T) {
	prefix(t)
	t.Setenv("MESA_GL_VERSION_OVERRIDE", "1.1")
	d := desktop.Start(t)
	w := d.Open(title, "wine", window)
	w.Screenshot(screens("wine-no-opengl.png"))
	w.Key("Return")
	if status := w.Exit(); status != 4 {
		t.Errorf("it ends with status %d, want 4", status)
	}
	said := w.Output()
	for _, want := range []string{"no OpenGL 2.1", "softgl.zip", "s2scheck"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
}

// TestSoftgl guards that the copy in the folder softgl opens the window by itself. Wine
// always draws with the host's OpenGL, even with Mesa next to a program, so the first
// failure is the host's driver here, and this test does not prove the DLL itself.
func TestSoftgl(t *testing.T) {
	prefix(t)
	t.Setenv("LD_PRELOAD", poorDriver(t))
	t.Setenv("WINEDLLOVERRIDES", "mscoree,mshtml=;opengl32=b")
	folder := unpacked(t)
	d := desktop.Start(t)
	w := d.Open(title, "wine", filepath.Join(folder, "s2sdoctor.exe"), "--sandbox")
	if said := w.Output(); strings.Count(said, "window creation error") != 1 {
		t.Errorf("the driver was to fail, once:\n%s", said)
	}
	tested(d, w)
	w.Screenshot(screens("wine-softgl.png"))
	w.Close()
}

// TestTheCommand examines the sandbox.
func TestTheCommand(t *testing.T) {
	prefix(t)
	d := desktop.Start(t)
	said, err := d.Try(time.Minute, nil, "wine", command, "--sandbox", "--scenario", "secret-expired", "--format", "json")
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(said, `"rootCause": "secret.expired"`) {
		t.Errorf("%v:\n%s", err, said)
	}
}

// TestCredentialManager runs the store's tests built for Windows.
func TestCredentialManager(t *testing.T) {
	prefix(t)
	d := desktop.Start(t)
	said, err := d.Try(time.Minute, nil, "wine", keyring, "-test.run", "CredentialManager", "-test.v")
	if err != nil || strings.Count(said, "--- PASS: TestCredentialManager") != 2 {
		t.Errorf("%v:\n%s", err, said)
	}
}

// TestCertificateStore runs the tests of the certificate store built for Windows. Wine
// keeps no CNG keys: a key in memory makes the signature.
func TestCertificateStore(t *testing.T) {
	prefix(t)
	d := desktop.Start(t)
	said, err := d.Try(time.Minute, nil, "wine", store, "-test.run", "Store|KeySigns", "-test.v")
	if err != nil || !strings.Contains(said, "--- PASS: TestKeySigns") || !strings.Contains(said, "--- PASS: TestStoreWithoutKey") {
		t.Errorf("%v:\n%s", err, said)
	}
}
