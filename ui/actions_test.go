package ui

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

func TestABrowserThatDoesNotOpenLeavesTheAddress(t *testing.T) {
	s := newStage(t, Options{})
	s.openFails = true
	s.finish(failedReport())
	s.press("Open Power Platform admin center: Environments")
	m, ok := s.w.toasts.Current()
	if !ok || m.Tone != kit.Bad {
		t.Fatalf("nothing is said")
	}
	m.Do()
	if len(s.copied) != 1 || !strings.HasPrefix(s.copied[0], "https://admin.") {
		t.Errorf("copied %q", s.copied)
	}
}

// TestEscDismissesAMessage guards that a failure message, which stays, can be closed by
// keyboard from any focus.
func TestEscDismissesAMessage(t *testing.T) {
	s := newStage(t, Options{})
	s.w.say("It failed.", kit.Bad)
	s.w.win.Canvas().Focus(s.field("Environment URL").Entry)
	s.key(fyne.KeyEscape)
	if m, ok := s.w.toasts.Current(); ok {
		t.Errorf("it still says %q", m.Text)
	}
}

func TestSandbox(t *testing.T) {
	s := newStage(t, Options{Sandbox: true, Scenario: "secret-wrong"}, withSandbox)
	s.until("the sandbox", s.practising)
	bar := s.w.banner
	if got := s.outline(); !strings.Contains(got, "Sandbox: a practice tenant on this computer") || !strings.Contains(got, `button "Scenario: The secret is not right"`) {
		t.Errorf("it says\n%s", got)
	}
	s.press("Leave the sandbox")
	if got := strings.Join(s.sandbox.played, " "); got != "secret-wrong" || !s.w.session.State().Form.Typed.Empty() || bar.Object.Visible() || bar.Note.Text() != "" {
		t.Errorf("played %s; after it:\n%s", got, s.outline())
	}
}

func TestASandboxThatDoesNotStart(t *testing.T) {
	s := newStage(t, Options{}, withSandbox, func(s *stage) { s.sandbox.startErr = errors.New("no port is free") })
	s.press("Try it in the sandbox")
	s.until("the message", func() bool { _, ok := s.w.toasts.Current(); return ok })
	if m, _ := s.w.toasts.Current(); !strings.Contains(m.Text, "no port is free") || s.w.session.State().Sandbox.Active {
		t.Errorf("it says %q", m.Text)
	}
}

func TestThemeIsChosenAndKept(t *testing.T) {
	s := newStage(t, Options{})
	s.w.commands()["dark"].Do()
	if s.w.theme() != theme.Dark || s.w.app.Preferences().String(keyTheme) != "dark" {
		t.Errorf("the theme is %q, kept is %q", s.w.theme(), s.w.app.Preferences().String(keyTheme))
	}
	checked := ""
	for _, item := range s.w.mainMenu().Items[1].Items {
		if item.Checked {
			checked += item.Label
		}
	}
	if checked != "Theme: dark" {
		t.Errorf("ticked is %q", checked)
	}
}

// TestKeysOfTheMenuAreUnique guards that each key belongs to one command only, and that
// no command takes a key of editing.
func TestKeysOfTheMenuAreUnique(t *testing.T) {
	s := newStage(t, Options{}, withSandbox)
	taken := map[string]string{}
	editing := map[fyne.KeyName]bool{fyne.KeyA: true, fyne.KeyC: true, fyne.KeyV: true, fyne.KeyX: true, fyne.KeyZ: true, fyne.KeyY: true}
	for id, c := range s.w.commands() {
		if c.Key == "" {
			continue
		}
		name := string(c.Key) + string(rune(c.Mod))
		if other, twice := taken[name]; twice {
			t.Errorf("%s and %s share a key", id, other)
		}
		taken[name] = id
		if editing[c.Key] && c.Mod == fyne.KeyModifierShortcutDefault {
			t.Errorf("%s takes a key that editing needs", id)
		}
	}
}

func TestCommandsWaitForADialog(t *testing.T) {
	s := newStage(t, Options{})
	s.w.showKeys()
	s.w.item("test").Action()
	if s.examination().Active {
		t.Error("a test began under a dialog")
	}
	s.key(fyne.KeyEscape)
	s.w.item("test").Action()
	if !s.examination().Active {
		t.Error("after the dialog it does not begin")
	}
}

// TestPathIsChosenInTheHeader guards the switch, which also opens the guide.
func TestPathIsChosenInTheHeader(t *testing.T) {
	s := newStage(t, Options{})
	s.lists().Choose(showChecks)
	s.w.header.path.Choose(1)
	if s.w.session.State().Guide.Path != guide.Classic || s.lists().Chosen() != showGuide {
		t.Error("the classic path is not shown")
	}
	if !strings.Contains(s.outline(), guide.Steps(guide.Classic)[1].Title.String()) {
		t.Error("its steps are not the article's")
	}
}

// TestDocumentation guards that F1 opens the documents from any focus without blocking,
// and the message if no browser opens.
func TestDocumentation(t *testing.T) {
	const address = "file:///cache/s2sdoctor/docs/guide.html"
	for _, c := range []struct {
		name    string
		address string
		err     error
		said    string
		copied  bool
	}{
		{"it opens", address, nil, "", false},
		{"no browser comes", address, errors.New("no browser"), "The browser could not be opened. Copy the address and open it yourself.", true},
		{"no place for it", "", errors.New("the disk is full"), "The documentation could not be written: the disk is full", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			opened := make(chan struct{}, 9)
			s := newStage(t, Options{}, func(s *stage) {
				s.documentation = func() (string, error) { opened <- struct{}{}; return c.address, c.err }
			})
			for _, focus := range []fyne.Focusable{s.field("Environment URL").Entry, s.find("Test connection"), nil} {
				s.w.win.Canvas().Focus(focus)
				s.key(fyne.KeyF1)
				<-opened
				s.until("what is said", func() bool { return s.said() == c.said })
			}
			if m, _ := s.w.toasts.Current(); c.copied {
				m.Do()
			}
			if got := strings.Join(s.copied, " "); (got == address) != c.copied {
				t.Errorf("copied %q", got)
			}
		})
	}
	s := newStage(t, Options{})
	s.key(fyne.KeyF1) // nothing happens without documents
	if help := s.w.mainMenu().Items[2]; help.Items[0].Label != "Keyboard" {
		t.Errorf("without documents Help offers %q", help.Items[0].Label)
	}
}
