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
)

// TestDrawsInSoftwareByItself starts the program with a graphics driver that cannot draw,
// and with Mesa, which draws in software. One start is enough to open a window.
func TestDrawsInSoftwareByItself(t *testing.T) {
	t.Setenv("LD_PRELOAD", poorDriver(t))
	d := desktop.Start(t)
	w := d.Open(ui.Title, program)
	said := w.Output()
	if strings.Count(said, "window creation error") != 1 {
		t.Errorf("the driver was to fail, once:\n%s", said)
	}
	w.Screenshot(screens("start-software.png"))
	w.Close()
}

// TestDrawsInSoftwareWhenAsked guards the flag for drivers that open a window and draw
// badly.
func TestDrawsInSoftwareWhenAsked(t *testing.T) {
	t.Setenv("LD_PRELOAD", poorDriver(t))
	d := desktop.Start(t)
	w := d.Open(ui.Title, program, "--software-gl")
	if said := w.Output(); strings.Contains(said, "window creation error") {
		t.Errorf("it tried the driver first:\n%s", said)
	}
	w.Close()
}

// TestTriesSoftwareOnceOnly guards against a program that restarts itself without end.
func TestTriesSoftwareOnceOnly(t *testing.T) {
	d := desktop.Start(t)
	for _, c := range []struct {
		name  string
		env   []string
		tries int
	}{
		{"nobody has tried software", nil, 2},
		{"software it was already", []string{"LIBGL_ALWAYS_SOFTWARE=1"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			said, err := d.Try(30*time.Second, append(c.env, "MESA_GL_VERSION_OVERRIDE=1.1"), program)
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 4 {
				t.Errorf("it ends with %v, want exit status 4", err)
			}
			if tries := strings.Count(said, "window creation error"); tries != c.tries {
				t.Errorf("%d tries, want %d:\n%s", tries, c.tries, said)
			}
			for _, way := range []string{"\n1. ", "\n2. ", "\n3. "} {
				if !strings.Contains(said, way) {
					t.Errorf("no%sin:\n%s", way, said)
				}
			}
		})
	}
}

// TestStartsWithNoLanguage guards the start on servers, where LANG is C: Fyne failed with
// it.
func TestStartsWithNoLanguage(t *testing.T) {
	for _, name := range []string{"LANG", "LC_ALL"} {
		t.Setenv(name, "C")
	}
	t.Setenv("LANGUAGE", "")
	d := desktop.Start(t)
	w := d.Open(ui.Title, program, "--sandbox")
	if said := w.Output(); strings.Contains(said, "locale") {
		t.Errorf("it complains:\n%s", said)
	}
	w.Close()
}

// poorDriver returns a library that, preloaded, offers OpenGL 1.1 on the first try and
// works correctly when drawing in software.
func poorDriver(t *testing.T) string {
	t.Helper()
	source, library := filepath.Join(t.TempDir(), "poor.c"), filepath.Join(t.TempDir(), "poor.so")
	err := os.WriteFile(source, []byte(`
		#include <stdlib.h>
		__attribute__((constructor)) static void poor(void) {
			if (!getenv("LIBGL_ALWAYS_SOFTWARE")) setenv("MESA_GL_VERSION_OVERRIDE", "1.1", 1);
		}`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("gcc", "-shared", "-fPIC", "-o", library, source).CombinedOutput(); err != nil {
		t.Fatalf("gcc: %v\n%s", err, out)
	}
	return library
}
