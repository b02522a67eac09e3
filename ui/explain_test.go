package ui

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

func TestPasteWhatYouSee(t *testing.T) {
	s := newStage(t, Options{})
	button := func() { s.press("Explain") }
	ctrlEnter := func() { s.w.item("test").Action() } // the menu takes the keys before the entry
	for _, c := range []struct {
		name, text, want string
		submit           func()
	}{
		{"known", "AADSTS7000215: Invalid client secret provided.", `text "Entra refuses the client secret"`, button},
		{"unknown", "AADSTS12: nobody knows", `text "Nothing in this text is known"`, button},
		{"Ctrl+Enter", "Sorry\nAADSTS7000215: Invalid client secret provided.", `text "Entra refuses the client secret"`, ctrlEnter},
		{"Ctrl+Enter elsewhere in the dialog", "Sorry\nAADSTS7000215: Invalid client secret provided.", `text "Entra refuses the client secret"`, func() {
			s.w.win.Canvas().FocusNext()
			ctrlEnter()
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.w.item("explain").Action()
			for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
				if e, ok := o.CanvasObject.(*kit.Entry); ok {
					e.SetText(c.text)
				}
			}
			c.submit()
			if got := s.outline(); !strings.Contains(got, c.want) {
				t.Errorf("it does not say %s:\n%s", c.want, got)
			}
			s.press("Close")
		})
	}
}
