package kit

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Failure shows why something did not work, beside the icon for it. It is hidden until it
// has a reason.
type Failure struct {
	Object *fyne.Container
	reason *Text
}

// NewFailure returns a hidden failure.
func NewFailure() *Failure {
	reason := NewText("", Style{})
	f := &Failure{layout.TopRow(theme.Small, reason, NewStatusIcon(Failed, 18), reason), reason}
	f.Object.Hide()
	return f
}

// Set shows a reason; "" hides the failure.
func (f *Failure) Set(reason string) {
	f.reason.SetText(reason)
	layout.SetVisible(f.Object, reason != "")
}
