package ui

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

func TestPasteWhatYouSee(t *testing.T) {
	s := newStage(t, Options{}, func(s *stage) { s.explain = explain.Explain })
	for _, c := range []struct{ name, text, want string }{
		{"known", "AADSTS7000215: Invalid client secret provided.", `text "Entra refuses the client secret"`},
		{"unknown", "AADSTS12: nobody knows", `text "Nothing in this text is known"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.w.openExplain()
			for _, o := range visible(s.w.win.Canvas().Overlays().Top()) {
				if e, ok := o.CanvasObject.(*kit.Entry); ok {
					e.SetText(c.text)
				}
			}
			s.press("Explain")
			if got := s.outline(); !strings.Contains(got, c.want) {
				t.Errorf("it does not say %s:\n%s", c.want, got)
			}
			s.press("Close")
		})
	}
}
