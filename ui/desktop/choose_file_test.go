//go:build unix && !darwin

package desktop

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/driver"

	"github.com/s2sdoctor/s2sdoctor/core/browser"
)

// TestChooseFile runs a script in the place of zenity: a file is chosen, the dialog is
// cancelled, zenity fails, zenity is missing, and the dialog is open when the window
// closes.
func TestChooseFile(t *testing.T) {
	t.Setenv("S2S_CLIENT_SECRET", "c4n4ry")
	t.Setenv("AZURE_CLIENT_SECRET", "c4n4ry")
	browser.ForgetSecrets()
	ask := FileRequest{Title: "Choose certificate file", Kind: "Certificates", All: "All files", Endings: []string{".pem", ".pfx"}}
	window := &Window{context: driver.X11WindowContext{WindowHandle: 42}}
	for _, c := range []struct {
		name, does, want string
		fails            bool
	}{
		{"chosen", "echo /certificates/contoso.pfx", "/certificates/contoso.pfx", false},
		{"cancelled", "exit 1", "", false},
		{"no screen for it", "echo cannot open display >&2; exit 255", "", true},
		{"not installed", "", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := fakeZenity(t, c.does)
			path, err := window.ChooseFile(t.Context(), ask)
			if path != c.want || (err != nil) != c.fails {
				t.Errorf("%q, %v; want %q", path, err, c.want)
			}
			if c.does == "" {
				return
			}
			seen, err := os.ReadFile(filepath.Join(dir, "seen"))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"--attach\n42\n", "--modal\n", "--title\nChoose certificate file\n", "Certificates|*.[pP][eE][mM] *.[pP][fF][xX]\n", "All files|*\n"} {
				if !strings.Contains(string(seen), want) {
					t.Errorf("the arguments lack %q:\n%s", want, seen)
				}
			}
			if strings.Contains(string(seen), "c4n4ry") {
				t.Error("the dialog inherits a secret")
			}
		})
	}
	t.Run("the window closes", func(t *testing.T) {
		dir := fakeZenity(t, "echo > \"$0.open\"; exec /bin/sleep 1000")
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			for ctx.Err() == nil {
				if _, err := os.Stat(filepath.Join(dir, "zenity.open")); err == nil {
					cancel()
				}
				time.Sleep(5 * time.Millisecond)
			}
		}()
		if path, err := window.ChooseFile(ctx, ask); path != "" || err != nil {
			t.Errorf("%q, %v", path, err)
		}
	})
}

func TestChooseFolder(t *testing.T) {
	dir := fakeZenity(t, "echo /home/ana/records")
	window := &Window{}
	path, err := window.ChooseFile(t.Context(), FileRequest{Title: "Choose where to save the record", Folder: true})
	if path != "/home/ana/records" || err != nil {
		t.Errorf("%q, %v", path, err)
	}
	seen, err := os.ReadFile(filepath.Join(dir, "seen"))
	if err != nil || !strings.Contains(string(seen), "--directory\n") || strings.Contains(string(seen), "--file-filter") {
		t.Errorf("the arguments are %q, %v", seen, err)
	}
}

// fakeZenity makes a script the only program in PATH, and returns its folder. The script
// writes its arguments and environment to the file seen, then runs does; if does is "",
// there is no program.
func fakeZenity(t *testing.T, does string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	t.Setenv("PATH", dir)
	if does == "" {
		return dir
	}
	script := "#!/bin/sh\nfor a in \"$@\"; do echo \"$a\"; done > " + dir + "/seen\n/usr/bin/env >> " + dir + "/seen\n" + does + "\n"
	if err := os.WriteFile(filepath.Join(dir, "zenity"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
