package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestRaisedBadge guards that a badge never has the colour of its background, and that a
// strong badge, whose letters are light, is unchanged.
func TestRaisedBadge(t *testing.T) {
	for _, c := range []struct {
		name   string
		tone   Tone
		raised bool
		want   fyne.ThemeColorName
	}{
		{"on a card", Info, false, theme.AccentTint},
		{"on a tint", Info, true, theme.Surface},
		{"strong", Strong, true, theme.Accent},
	} {
		t.Run(c.name, func(t *testing.T) {
			badge := NewBadge("Test", c.tone)
			badge.Raised = c.raised
			newBench(t, badge)
			if got := test.WidgetRenderer(badge).(*badgeRenderer).back.FillColor; got != fynetheme.Color(c.want) {
				t.Errorf("it is drawn on %v", got)
			}
		})
	}
}
