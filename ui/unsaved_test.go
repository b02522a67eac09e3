package ui

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/session"
)

// closing notes whether the window closed.
func closing(s *stage) *bool {
	closed := false
	s.w.win.SetOnClosed(func() { closed = true })
	return &closed
}

// typeInto changes one field as a person does.
func typeInto(s *stage, redirect string) {
	s.w.form.redirect.Entry.SetText(redirect)
	s.advance(session.TypingPause)
}

const changedURI = "http://localhost:8400"

// TestClosingAsksForWhatWouldBeLost guards both sides: nothing typed is lost
// unasked, and nobody is asked for nothing.
func TestClosingAsksForWhatWouldBeLost(t *testing.T) {
	for _, c := range []struct {
		name  string
		reach func(s *stage)
		asks  string // the question; "" when there is none
	}{
		{"an empty form", func(*stage) {}, ""},
		{"spaces alone", func(s *stage) { typeInto(s, "  ") }, ""},
		{"a new connection", func(s *stage) { s.w.form.fill(filledForm()) }, "Save this connection?"},
		{"one field of a new connection", func(s *stage) { typeInto(s, changedURI) }, "Save this connection?"},
		{"a secret and nothing else", func(s *stage) { s.w.form.credential.secret.Entry.SetText(canary) }, ""},
		{"a saved connection as it was saved", func(s *stage) { s.w.form.fill(filledForm()); s.saveAs("Contoso UAT") }, ""},
		{"a saved connection, changed and changed back", func(s *stage) {
			s.w.form.fill(filledForm())
			s.saveAs("Contoso UAT")
			typeInto(s, changedURI)
			typeInto(s, filledForm().RedirectURI)
		}, ""},
		{"a saved connection, changed", func(s *stage) {
			s.w.form.fill(filledForm())
			s.saveAs("Contoso UAT")
			typeInto(s, changedURI)
		}, "Save the changes to “Contoso UAT”?"},
		{"a saved connection, emptied", func(s *stage) {
			s.w.form.fill(filledForm())
			s.saveAs("Contoso UAT")
			s.w.form.fill(connection.Form{})
		}, "Save the changes to “Contoso UAT”?"},
		{"a new secret, which the store would keep", func(s *stage) {
			s.w.form.fill(filledForm())
			s.saveAs("Contoso UAT")
			s.w.form.credential.secret.Entry.SetText("another")
		}, "Save the changes to “Contoso UAT”?"},
		{"the sandbox", func(s *stage) {
			s.w.enterSandbox("")
			s.until("the sandbox", func() bool { return s.w.banner.active })
			typeInto(s, changedURI)
		}, ""},
		{"no place to save to", func(s *stage) {
			s.w.deps.Profiles, s.w.shelf.deps = nil, nil
			s.w.form.fill(filledForm())
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newLibrary(t).window(t, Options{})
			closed := closing(s)
			c.reach(s)
			s.w.Close()
			s.rest()
			asked := s.w.busyElsewhere()
			if asked != (c.asks != "") || *closed == asked {
				t.Fatalf("asked %v, closed %v", asked, *closed)
			}
			if asked && !strings.Contains(s.outline(), c.asks) {
				t.Errorf("it asks\n%s", s.outline())
			}
		})
	}
}

// TestASecretTheStoreDoesNotTakeIsNotAskedFor guards against a question at every
// close that Save cannot settle: the secret was typed to test with.
func TestASecretTheStoreDoesNotTakeIsNotAskedFor(t *testing.T) {
	l := newLibrary(t)
	l.vault.set(true, false)
	l.saved(t, "Contoso UAT")
	l.reopen(t, filepath.Dir(l.store.Path()))
	s := l.window(t, Options{})
	s.w.form.credential.secret.Entry.SetText(canary)
	s.advance(session.TypingPause)
	if s.w.shelf.unsaved() {
		t.Error("the secret alone counts")
	}
	typeInto(s, changedURI)
	if !s.w.shelf.unsaved() {
		t.Error("with another field changed nothing counts")
	}
}

func TestTheAnswersToTheQuestion(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer func(s *stage)
		closed bool
		kept   string // the redirect URI in the store
	}{
		{"Save", func(s *stage) { s.press("Save") }, true, changedURI},
		{"Enter saves", func(s *stage) { s.key(fyne.KeyReturn) }, true, changedURI},
		{"Discard", func(s *stage) { s.press("Discard") }, true, "http://localhost"},
		{"Cancel", func(s *stage) { s.press("Cancel") }, false, "http://localhost"},
		{"Esc cancels", func(s *stage) { s.key(fyne.KeyEscape) }, false, "http://localhost"},
		{"closing once more asks no second time", func(s *stage) { s.w.Close(); s.press("Cancel") }, false, "http://localhost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLibrary(t)
			s := l.saved(t, "Contoso UAT")
			closed := closing(s)
			typeInto(s, changedURI)
			s.w.Close()
			c.answer(s)
			s.rest()
			loaded, err := l.store.Load(t.Context(), "Contoso UAT")
			if err != nil || *closed != c.closed || loaded.Form.RedirectURI != c.kept || s.w.busyElsewhere() {
				t.Errorf("%v: closed %v, kept %q, still asking %v", err, *closed, loaded.Form.RedirectURI, s.w.busyElsewhere())
			}
			if got := s.w.form.form().RedirectURI; got != changedURI {
				t.Errorf("the form holds %q", got)
			}
		})
	}
}

// TestSavingOnTheWayOut is a new connection, which has to be named first; and what
// saving has to say is read before the window goes.
func TestSavingOnTheWayOut(t *testing.T) {
	l := newLibrary(t)
	s := l.window(t, Options{})
	closed := closing(s)
	s.w.form.fill(filledForm())
	s.w.Close()
	s.press("Save")
	s.press("Cancel")
	if *closed || s.w.busyElsewhere() {
		t.Fatal("giving it no name closes the window")
	}
	l.vault.set(true, false)
	s.w.Close()
	s.press("Save")
	s.named("Contoso UAT", "Save")
	if *closed || !strings.Contains(s.said(), "kept for this session only") {
		t.Errorf("closed %v, it says %q", *closed, s.said())
	}
	s.w.Close()
	s.rest()
	if !*closed || s.w.busyElsewhere() {
		t.Error("then it asks again")
	}
}

// TestWhatCannotBeSavedStays guards the window that closes over an error.
func TestWhatCannotBeSavedStays(t *testing.T) {
	l := newLibrary(t)
	s := l.saved(t, "Contoso UAT")
	closed := closing(s)
	typeInto(s, changedURI)
	l.deps.Save = func(context.Context, string, connection.Form) (profile.Saved, error) {
		return profile.Saved{}, errors.New("the disk is full")
	}
	s.w.Close()
	s.press("Save")
	s.rest()
	if *closed || !strings.Contains(s.said(), "The disk is full") {
		t.Errorf("closed %v, it says %q", *closed, s.said())
	}
}

// TestAnotherConnectionAsksFirst is New, and one from the menu.
func TestAnotherConnectionAsksFirst(t *testing.T) {
	other := filledForm()
	other.ClientID, other.Secret = testTenant, secret.Value{}
	for _, c := range []struct {
		name string
		do   func(s *stage)
		want connection.Form
	}{
		{"New connection", func(s *stage) { s.w.item("new").Action() }, connection.Form{}},
		{"another from the menu", func(s *stage) { s.choose("Fabrikam") }, other},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLibrary(t)
			s := l.saved(t, "Contoso UAT")
			if _, err := l.store.Save(t.Context(), "Fabrikam", other); err != nil {
				t.Fatal(err)
			}
			s.w.connectionMenu() // reads the list anew
			s.rest()
			typeInto(s, changedURI)
			for _, answer := range []string{"Cancel", "Save"} {
				c.do(s)
				s.press(answer)
				s.rest()
				got := s.w.form.form()
				if answer == "Cancel" && (got.RedirectURI != changedURI || s.w.shelf.open != "Contoso UAT") {
					t.Errorf("cancelled, %q is open with %q", s.w.shelf.open, got.RedirectURI)
				}
				if answer == "Save" && !sameForm(got, c.want) {
					t.Errorf("saved, %q is open with %q", s.w.shelf.open, got.ClientID)
				}
			}
			loaded, err := l.store.Load(t.Context(), "Contoso UAT")
			if err != nil || loaded.Form.RedirectURI != changedURI {
				t.Errorf("%v: kept %q", err, loaded.Form.RedirectURI)
			}
		})
	}
}
