//go:build e2e

package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestTypeAndTest guards the window's main use: a user types a connection, clicks Test
// connection, and reads WhoAmI, or the name of the first broken link.
func TestTypeAndTest(t *testing.T) {
	for _, c := range []struct {
		name, scenario string
		band           string // the colour of the result
		report         string
	}{
		{"healthy", "healthy", "success", "Connected. Dataverse knows this application as"},
		{"failing", "secret-expired", "error", "First broken link: The client secret has expired (secret.expired)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := desktop.Start(t)
			w := d.Open(ui.Title, program, "--sandbox", "--scenario", c.scenario, "--theme", "light", "--size", "1180x860")
			w.Key("ctrl+n") // an empty form, and the focus in its first field
			_, form := play(t, c.scenario)
			w.Type(form.Environment + "/main.aspx?appid=1")
			w.Key("Tab", "Tab")
			w.Type(form.ClientID)
			w.Key("Tab", "Tab")
			form.Secret.Use(w.Type)
			w.Screenshot(screens("window-" + c.name + "-1-typed.png"))

			at, ok := w.Block(light(theme.Accent))
			if !ok {
				t.Fatal("there is no big button to click")
			}
			w.Click(at)
			tint := theme.SuccessTint
			if c.band == "error" {
				tint = theme.ErrorTint
			}
			w.Until("the answer is there", func() bool { return w.Count(light(tint)) > 10000 })
			w.Screenshot(screens("window-" + c.name + "-2-answer.png"))
			report := reports(d, w, c.report)
			if !strings.Contains(report, "Environment URL: "+form.Environment+"\n") {
				t.Errorf("the address was not trimmed:\n%s", report)
			}
			w.Key("ctrl+2", "Return")
			w.Screenshot(screens("window-" + c.name + "-3-check.png"))
			w.Close()
			keepsNoSecret(t, d, w, report)
		})
	}
}

// TestKeysWorkWhileTyping guards the shortcuts, which Fyne sends to a focused entry
// unless they are in the main menu, and Esc, which Fyne drops.
func TestKeysWorkWhileTyping(t *testing.T) {
	d := desktop.Start(t)
	w := d.Open(ui.Title, program, "--sandbox", "--scenario", "network-hanging", "--theme", "light", "--size", "1180x860")
	w.Type("x") // into the first field: it has the focus
	w.Key("ctrl+z", "ctrl+Return")
	w.Until("it is testing", func() bool { return w.Count(light(theme.AccentTint)) > 60000 })
	w.Screenshot(screens("window-running.png"))
	w.Key("Escape")
	reports(d, w, "Not examined to the end.")
	w.Screenshot(screens("window-cancelled.png"))
	w.Close()
}

// TestDarkAndLarge saves screenshots of the dark theme and of twice the scale.
func TestDarkAndLarge(t *testing.T) {
	for _, c := range []struct{ name, scale, theme string }{{"dark", "1", "dark"}, {"twice", "2", "light"}} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("FYNE_SCALE", c.scale)
			d := desktop.Start(t)
			w := d.Open(ui.Title, program, "--scenario", "appuser-missing", "--theme", c.theme, "--size", "1000x700")
			w.Key("ctrl+Return")
			reports(d, w, "appuser.missing")
			w.Screenshot(screens("window-" + c.name + ".png"))
			w.Close()
		})
	}
}

// TestNoWindowIsReported guards against an invisible process that never ends.
func TestNoWindowIsReported(t *testing.T) {
	d := desktop.Start(t)
	for _, c := range []struct {
		name string
		env  []string
	}{
		{"no display", []string{"DISPLAY="}},
		{"no OpenGL 2.1", []string{"MESA_GL_VERSION_OVERRIDE=1.1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			said, err := d.Try(30*time.Second, c.env, program)
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 4 {
				t.Errorf("it ends with %v, want exit status 4", err)
			}
			if !strings.Contains(said, "S2S Doctor cannot open its window") || !strings.Contains(said, "s2scheck") {
				t.Errorf("it says:\n%s", said)
			}
		})
	}
}

// TestEveryCallIsOnTheWindowsThread runs the build in which Fyne checks the thread of
// each call. The released build does not check it, and a call on a wrong thread is a data
// race there.
func TestEveryCallIsOnTheWindowsThread(t *testing.T) {
	checked := filepath.Join(t.TempDir(), "s2sdoctor")
	build := exec.Command("go", "build", "-trimpath", "-o", checked, ".")
	build.Dir = ".."
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	d := desktop.Start(t)
	w := d.Open(ui.Title, checked, "--scenario", "appuser-missing", "--theme", "light", "--size", "1180x860")
	w.Key("ctrl+Return")
	reports(d, w, "appuser.missing")
	w.Key("ctrl+2", "Return", "Down", "Return", "ctrl+c", "ctrl+e", "Escape", "ctrl+slash", "Escape", "ctrl+o", "Escape", "ctrl+u", "Return", "Escape", "Escape", "ctrl+n", "ctrl+shift+p")
	w.Screenshot(screens("window-checked.png"))
	w.Close()
	if said := w.Output(); strings.Contains(said, "Error in Fyne call thread") {
		t.Errorf("a call from the wrong goroutine:\n%s", said)
	}
}
