package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/export"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
	"github.com/s2sdoctor/s2sdoctor/ui/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// savesFiles makes the window write files, as the program does.
func savesFiles(s *stage) { s.saveText, s.saveRecord = desktop.SaveText, desktop.SaveRecord }

// handedOut returns the texts that the window shares about the open connection, by file
// name: the texts that its dialogs show and save, and those that its menus copy.
func (s *stage) handedOut() map[string]string {
	hand := s.w.session
	out := map[string]string{"ends.ics": hand.Calendar()}
	for _, info := range export.Formats() {
		written, why := hand.Export(info.Format)
		out["export "+info.File] = written + why.String()
	}
	if c, ok := hand.Card(); ok {
		out["card.txt"], out["card.md"], out["card.html"] = c.Text(i18n.Translate), c.Markdown(i18n.Translate), c.HTML(i18n.Translate, "en")
	}
	if r, ok := hand.SupportReport(); ok {
		asJSON, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			s.t.Error(err)
		}
		out["support.md"], out["support.json"] = r.Markdown(), string(asJSON)
	}
	if r := s.examination().Report; r != nil {
		out["snapshot.json"] = session.SnapshotJSON(drift.Take("Contoso UAT", *r, s.now))
	}
	for _, format := range core.SetupFormats {
		out["plan "+format] = hand.SetupText(format)
	}
	out["copied string"], _ = hand.ConnectionString()
	out["copied env"], _ = hand.DotEnv()
	return out
}

// handOut searches all shared texts, and the session's state as a log would print it. It
// saves the first connection, so that there is a calendar.
func (w *watch) handOut(name string) {
	w.s.t.Helper()
	if w.folder == "" {
		w.saveConnection("Contoso UAT")
	}
	out := w.s.handedOut()
	state := w.s.w.session.State()
	out["state"] = fmt.Sprintf("%+v %#v", state, state)
	w.saveFiles(name, out)
}

// saveConnection saves the connection with an expiry date of its credential.
func (w *watch) saveConnection(name string) {
	w.s.t.Helper()
	w.s.saveAs(name)
	if err := w.s.store.SetEnds(w.s.t.Context(), name, w.s.now.AddDate(0, 0, 20)); err != nil {
		w.s.t.Fatal(err)
	}
	w.s.w.session.Refresh()
	w.s.rest()
}

// saveFiles saves the shared texts and the record of the examination, and searches the
// files. It skips a text that was saved before.
func (w *watch) saveFiles(name string, handed map[string]string) {
	w.s.t.Helper()
	if w.folder == "" {
		w.folder = w.s.t.TempDir()
	}
	pending := 0
	saved := func() { pending-- }
	failed := func(why text.Text) { w.s.t.Errorf("%s: %s", name, why) }
	for file, content := range handed {
		w.outputs++
		w.handed[file] = w.handed[file] || content != ""
		if content != "" && !w.seen[content] {
			w.seen[content] = true
			pending++
			w.s.w.session.SaveText(w.folder, file, content, saved, failed)
		}
	}
	if r := w.s.examination().Report; r != nil {
		pending++
		w.s.w.session.SaveRecord(w.folder, record.Make(*r), saved, failed)
	}
	w.s.until("the files", func() bool { return pending == 0 })
	w.lookInFiles(name)
}

// TestSecretInAnotherField guards that no shared text contains a secret that was typed
// into another field.
func TestSecretInAnotherField(t *testing.T) {
	whole := connection.Form{Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, Secret: secret.New("another-one"), RedirectURI: "http://localhost"}
	fields := map[string]func(*connection.Form){
		"environment":  func(f *connection.Form) { f.Environment = echoedSecret },
		"address":      func(f *connection.Form) { f.Environment += "/?client_secret=" + url.QueryEscape(echoedSecret) },
		"user":         func(f *connection.Form) { f.Environment = "https://app:" + echoedSecret + "@" + smuggle.Host },
		"tenant":       func(f *connection.Form) { f.Tenant = echoedSecret },
		"client ID":    func(f *connection.Form) { f.ClientID = echoedSecret },
		"redirect URI": func(f *connection.Form) { f.RedirectURI = echoedSecret },
		"thumbprint":   func(f *connection.Form) { f.Kind, f.Thumbprint = connection.CertificateStoreKind, echoedSecret },
	}
	for field, change := range fields {
		t.Run(field, func(t *testing.T) {
			form := whole
			change(&form)
			w := newWatch(newStage(t, Options{}, savesFiles), echoedSecret)
			doctor := onNetwork(&smuggle.Echo{Token: smuggle.Token(nil), Place: smuggle.Nowhere})
			w.s.examine = func(ctx context.Context, form connection.Form, observe func(exam.Event)) exam.Report {
				return doctor.Examine(ctx, form, false, observe)
			}
			w.s.fill(form)
			w.s.w.session.Test()
			w.s.until("the report", func() bool { return !w.s.examination().Active && w.s.examination().Report != nil })
			w.saveConnection("Contoso UAT")
			w.saveFiles(field, w.s.handedOut())
			for _, file := range []string{"ends.ics", "card.html", "support.json"} {
				if !w.handed[file] {
					t.Errorf("there is no %s", file)
				}
			}
		})
	}
}

// lookInFiles searches the files of the folder, and deletes them.
func (w *watch) lookInFiles(name string) {
	w.s.t.Helper()
	err := filepath.WalkDir(w.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		w.files++
		w.check(name+", "+entry.Name(), path+"\n"+string(content))
		return os.Remove(path)
	})
	if err != nil {
		w.s.t.Fatal(err)
	}
	entries, err := os.ReadDir(w.folder)
	if err != nil {
		w.s.t.Fatal(err)
	}
	for _, entry := range entries { // of records
		if err := os.Remove(filepath.Join(w.folder, entry.Name())); err != nil {
			w.s.t.Fatal(err)
		}
	}
}

// done reports the number of searched outputs. Each output must have been written at
// least once, or the search proves nothing; without are the outputs that this credential
// does not have.
func (w *watch) done(t *testing.T, networks, spellings int, without ...string) {
	t.Helper()
	for file, ever := range w.handed {
		if ever == slices.Contains(without, file) {
			t.Errorf("%s was written: %v", file, ever)
		}
	}
	t.Logf("%d networks, %d spellings, %d canaries: %d different texts, %d outputs handed out in %d files, %d found",
		networks, spellings, len(w.canaries), len(w.seen), w.outputs, w.files, w.found)
}
