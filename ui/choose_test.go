package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// choosing opens a file dialog in the window, with answer in the place of the system's
// dialog.
func choosing(s *stage, answer func(ctx context.Context, ask FileChoice) (string, error)) {
	s.w.deps.ChooseFile = answer
	s.chooseCredential("Certificate file")
	s.settle()
}

func TestFilesAreChosen(t *testing.T) {
	for _, c := range []struct {
		name, button, chosen    string
		certificate, key, asked string
	}{
		{"a certificate, and the other's key goes", "Choose certificate file", "/c/new.pfx", "/c/new.pfx", "", "Certificates"},
		{"a key", "Choose key file", "/c/new.key", "/c/old.pem", "/c/new.key", "Private keys"},
		{"nothing", "Choose certificate file", "", "/c/old.pem", "/c/old.key", "Certificates"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, Options{})
			asked := ""
			choosing(s, func(_ context.Context, ask FileChoice) (string, error) { asked = ask.Kind; return c.chosen, nil })
			s.field("Certificate file").Entry.SetText("/c/old.pem")
			s.field("Key file").Entry.SetText("/c/old.key")
			s.press(c.button)
			s.until("the answer", func() bool { return !s.w.choosing })
			form := s.used()
			if form.CertificateFile != c.certificate || form.KeyFile != c.key || asked != c.asked {
				t.Errorf("certificate %q, key %q, asked for %q", form.CertificateFile, form.KeyFile, asked)
			}
		})
	}
}

// TestAFileIsAskedForOnce guards against a second dialog over the first, and against a
// dialog that outlives the window.
func TestAFileIsAskedForOnce(t *testing.T) {
	s := newStage(t, Options{})
	asked := make(chan struct{}, 9)
	ended := make(chan struct{})
	choosing(s, func(ctx context.Context, _ FileChoice) (string, error) {
		asked <- struct{}{}
		<-ctx.Done()
		close(ended)
		return "/too/late.pem", nil
	})
	s.press("Choose certificate file")
	s.press("Choose key file")
	<-asked
	s.field("Environment URL").Entry.SetText("still typing")
	s.w.cancel()
	<-ended
	s.pump()
	if len(asked) != 0 || s.used().CertificateFile != "" {
		t.Errorf("asked %d times more; the certificate is %q", len(asked), s.used().CertificateFile)
	}
}

// TestAFileIsChosenFromTheKeyboard reaches the button with Tab and presses it with Enter.
func TestAFileIsChosenFromTheKeyboard(t *testing.T) {
	s := newStage(t, Options{})
	choosing(s, func(context.Context, FileChoice) (string, error) { return "/c/new.pfx", nil })
	c := s.w.win.Canvas()
	c.Focus(s.field("Certificate file").Entry)
	c.FocusNext()
	if b, ok := c.Focused().(*kit.Button); !ok || b.AccessibilityLabel() != "Choose certificate file" {
		t.Fatalf("after the field comes %T", c.Focused())
	}
	s.key(fyne.KeyReturn)
	s.until("the answer", func() bool { return s.used().CertificateFile == "/c/new.pfx" })
}

// TestWithoutTheSystemsDialogTheWindowAsks guards Linux without zenity: the dialog is in
// the window, Esc closes it, and afterwards the window has its keys again.
func TestWithoutTheSystemsDialogTheWindowAsks(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(context.Context, FileChoice) (string, error)
	}{
		{"there is no program for it", func(context.Context, FileChoice) (string, error) { return "", errors.New("not found") }},
		{"there is no way at all", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "contoso.pem")
			for _, path := range []string{file, filepath.Join(folder, "notes.txt")} {
				if err := os.WriteFile(path, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("HOME", folder)
			s := newStage(t, Options{})
			choosing(s, c.answer)
			s.press("Choose certificate file")
			s.until("the dialog", s.w.busyElsewhere)
			s.key(fyne.KeyEscape)
			if s.w.busyElsewhere() || s.used().CertificateFile != "" {
				t.Fatal("Esc does not cancel")
			}
			s.press("Choose certificate file")
			s.until("the dialog", s.w.busyElsewhere)
			s.settle()
			for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
				if p, ok := o.CanvasObject.(*widget.PopUp); ok && (o.At.X < insideMargin-1 || o.At.X+p.Size().Width > 1000-insideMargin+1) {
					t.Errorf("it stands from %v to %v in a window of 1000", o.At.X, o.At.X+p.Size().Width)
				}
			}
			names := pick(t, s, "contoso.pem")
			if names["notes.txt"] {
				t.Error("it offers files that are no certificates")
			}
			s.until("the choice", func() bool { return !s.w.choosing })
			if got := s.used().CertificateFile; got != file || s.w.busyElsewhere() {
				t.Errorf("chosen is %q", got)
			}
		})
	}
}

// pick chooses the file with a name in the dialog inside the window, and returns the
// names of all files in it.
func pick(t *testing.T, s *stage, name string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	var chosen fyne.Tappable
	var confirm *widget.Button
	for _, o := range test.LaidOutObjects(s.w.win.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text == "Choose" {
			confirm = b
		}
		tappable, ok := o.(fyne.Tappable)
		if _, button := o.(*widget.Button); !ok || button {
			continue
		}
		for _, inside := range test.LaidOutObjects(o) {
			if label, ok := inside.(*widget.Label); ok {
				names[label.Text] = true
				if label.Text == name {
					chosen = tappable
				}
			}
		}
	}
	if chosen == nil || confirm == nil {
		t.Fatalf("there is no %q among %v", name, names)
	}
	chosen.Tapped(&fyne.PointEvent{})
	test.Tap(confirm)
	return names
}
