package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
)

// TestPasteAsksWhichApplication guards that a text with two applications fills no field
// until an application is chosen, and that the choice works by keyboard.
func TestPasteAsksWhichApplication(t *testing.T) {
	s := newStage(t, Options{})
	s.choices = []paste.Choice{
		{Name: "DEV · contoso.crm4.dynamics.com", Form: connection.Form{Environment: "https://contoso.crm4.dynamics.com", ClientID: testClient, Secret: secret.New(canary)}},
		{Name: "PROD · fabrikam.crm.dynamics.com", Form: connection.Form{Environment: "https://fabrikam.crm.dynamics.com"}},
	}
	s.press("Paste a connection")
	c := s.w.win.Canvas()
	if got := uitest.NameOf(c.Focused()); got != "DEV, contoso.crm4.dynamics.com" {
		t.Fatalf("the focus is on %q", got)
	}
	if !s.w.session.State().Form.Typed.Empty() {
		t.Error("something was filled before the choice")
	}
	c.FocusNext()
	if got := uitest.NameOf(c.Focused()); got != "PROD, fabrikam.crm.dynamics.com" {
		t.Fatalf("Tab leads to %q", got)
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := s.used(); got.Environment != "https://fabrikam.crm.dynamics.com" || got.ClientID != "" || !got.Secret.Empty() {
		t.Errorf("the form holds %q %q", got.Environment, got.ClientID)
	}
	if top := c.Overlays().Top(); top != nil {
		t.Error("the question is still there")
	}
}
