package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestPlaceholdersHaveRoom guards that placeholders can be read, in every language: an
// entry cuts them off without a sign. The fonts of the tests have no Japanese letters.
func TestPlaceholdersHaveRoom(t *testing.T) {
	race.Skip(t, measures)
	for _, l := range i18n.Languages {
		if l.Code == "ja" {
			continue
		}
		t.Run(l.Code, func(t *testing.T) {
			englishAtTheEnd(t)
			for name, reach := range map[string]func(s *stage){
				"form": func(*stage) {}, "managed identity": func(s *stage) { s.fill(connection.Form{Environment: contoso, Kind: connection.ManagedIdentityKind}) },
				"set-up": (*stage).setUp, "overview": (*stage).overviewed,
			} {
				t.Run(name, func(t *testing.T) {
					s := newStage(t, Options{Language: l.Code, Width: 1000, Height: 700}, withSandbox)
					reach(s)
					s.settle()
					seen := 0
					for _, root := range append([]fyne.CanvasObject{s.w.content}, s.w.win.Canvas().Overlays().List()...) {
						for _, o := range uitest.Visible(root) {
							entry, ok := o.CanvasObject.(*kit.Entry)
							if !ok || entry.MultiLine || entry.PlaceHolder == "" {
								continue
							}
							seen++
							width := fyne.MeasureText(entry.PlaceHolder, fynetheme.Size(fynetheme.SizeNameText), fyne.TextStyle{}).Width
							if room := entry.Size().Width - 2*theme.Small; width > room {
								t.Errorf("%q has %v of %v", entry.PlaceHolder, room, width)
							}
						}
					}
					if seen == 0 {
						t.Error("there is no placeholder")
					}
				})
			}
		})
	}
}
