//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/e2e/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestImportsAndFinds imports XrmToolBox's list by keyboard only: it opens the menu below
// the connection's name, chooses the file in the system's dialog, reads the result, finds
// a connection by a part of its address, types its secret in the entry that has the
// focus, and saves.
func TestImportsAndFinds(t *testing.T) {
	list, err := filepath.Abs("../core/profile/testdata/xrmtoolbox.xml")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", standInForZenity(t, list)+string(os.PathListSeparator)+os.Getenv("PATH"))
	d := desktop.Start(t)
	w := d.Open(ui.Title, program, "--theme", "light", "--size", "1180x860")
	saved := func() string {
		data, _ := os.ReadFile(filepath.Join(d.Home, ".config", profile.Folder, "profiles.json"))
		return string(data)
	}
	// Paste, the three dots, the set-up path, the connection's name.
	w.Key("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "Return")
	w.Screenshot(screens("library-0-menu.png")) // the menu takes keys after it is drawn
	w.Key("Down", "Down", "Down", "Return")
	w.Until("the list is imported", func() bool { return strings.Contains(saved(), "Contoso UAT (2)") })
	w.Screenshot(screens("library-1-imported.png"))
	w.Key("Escape", "ctrl+k")
	w.Type("two.crm4")
	w.Until("one is found", func() bool { return w.Count(light(theme.AccentTint)) > 10000 })
	w.Screenshot(screens("library-2-found.png"))
	w.Key("Return")
	w.Until("it is open", func() bool { return strings.Contains(saved(), `"last": "Contoso UAT (2)"`) })
	const typed = "gh7-0urTyp3dS3cret-0f-th3-e2e"
	w.Type(typed)
	w.Screenshot(screens("library-3-typed.png"))
	w.Key("ctrl+s")
	w.Until("it is said where the secret is", func() bool { return w.Count(light(theme.Warning)) > 50 })
	w.Screenshot(screens("library-4-saved.png"))
	w.Close()
	if strings.Contains(saved(), typed) || strings.Contains(w.Output(), typed) || strings.Contains(saved(), "kH9tdWx0") {
		t.Error("a secret is in the file or in what was printed")
	}
}

// standInForZenity returns a folder with a program that responds as zenity does after the
// user has chosen a file. The real zenity needs a desktop with GTK.
func standInForZenity(t *testing.T, chosen string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "zenity"), []byte("#!/bin/sh\nprintf '%s\\n' '"+chosen+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}
