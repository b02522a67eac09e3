package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Inset puts margins around an object.
func Inset(horizontal, vertical float32, o fyne.CanvasObject) *fyne.Container {
	return InsetSides(horizontal, vertical, horizontal, vertical, o)
}

// InsetSides puts a different margin on each side of an object.
func InsetSides(left, top, right, bottom float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), o)
}

// Limit centres an object and makes it no wider than a readable width, which is
// given for the usual text size and grows with the text.
func Limit(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&limit{width}, o)
}

type limit struct{ width float32 }

func (l *limit) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (l *limit) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := max(min(size.Width, l.width*theme.Em()), objects[0].MinSize().Width)
	objects[0].Move(fyne.NewPos((size.Width-w)/2, 0))
	objects[0].Resize(fyne.NewSize(w, size.Height))
}
