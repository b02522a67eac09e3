package profile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestThreeUnreadableFilesAreKept guards that three unreadable files are kept with their
// secrets, so that each can be restored, and that a secret that only an older file names
// is deleted with the file.
func TestThreeUnreadableFilesAreKept(t *testing.T) {
	ctx, vault, now := t.Context(), newMock(), noon
	s := must(Open(Options{Dir: filepath.Join(t.TempDir(), "settings"), Vault: vault, Now: func() time.Time { return now }}))
	for n := range 12 {
		must(s.Save(ctx, fmt.Sprint("connection ", n), form()))
		appendTo(t, s.Path(), "}")
		if n%2 == 1 { // two files in each second
			now = now.Add(time.Second)
		}
	}
	must(s.Save(ctx, "last", form()))
	want := []string{
		"profiles.json", "profiles.json.bad-20261122-120005", "profiles.json.bad-20261122-120005-2", "profiles.json.bad-20261122-120006", "profiles.lock",
	}
	got := files(t, s.dir)
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the folder holds %v, want %v", got, want)
	}
	if vault.count() != 4 {
		t.Errorf("%d secrets, want the one that is saved and three that are named by kept files", vault.count())
	}
	aside := filepath.Join(s.dir, want[2])
	data := must(os.ReadFile(aside))
	check(os.Remove(aside))
	check(os.WriteFile(s.Path(), data[:len(data)-1], 0o600)) // restored by hand
	list := must(s.List(ctx))
	if l := must(s.Load(ctx, list[0].Name)); open(l.Form.Secret) != canary {
		t.Errorf("put back: %+v", l)
	}
}

func TestAsideOrder(t *testing.T) {
	s := newStore(t, newMock())
	check(os.Mkdir(s.dir, 0o700))
	want := []string{"20251231-235959", "20261122-120000", "20261122-120000-2", "20261122-120000-10", "20261122-120001"}
	for _, stamp := range []int{3, 1, 4, 0, 2} {
		appendTo(t, filepath.Join(s.dir, asidePrefix+want[stamp]), "x")
	}
	got := must(s.aside())
	for i, name := range got {
		if name != asidePrefix+want[i] {
			t.Errorf("%d is %s, want %s", i, name, want[i])
		}
	}
}

// TestOpenDeletesTemporaryFiles guards that opening after a kill deletes temporary files,
// and no files with similar names.
func TestOpenDeletesTemporaryFiles(t *testing.T) {
	s := newStore(t, newMock())
	must(s.Save(t.Context(), "Contoso", form()))
	appendTo(t, filepath.Join(s.dir, "profiles.json.tmp-123"), "{")
	appendTo(t, filepath.Join(s.dir, "profiles.pending.tmp-4"), "A")
	appendTo(t, filepath.Join(s.dir, "window.json.tmp-5"), "{")
	check(os.Mkdir(filepath.Join(s.dir, "profiles.json.tmp-folder"), 0o700))
	must(Open(Options{Dir: s.dir, Vault: newMock()}))
	if got := strings.Join(files(t, s.dir), " "); got != "profiles.json profiles.json.tmp-folder profiles.lock window.json.tmp-5" {
		t.Errorf("the folder holds %s", got)
	}
}
