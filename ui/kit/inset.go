package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Inset leaves a margin around one object.
func Inset(horizontal, vertical float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&insetLayout{horizontal, vertical, horizontal, vertical}, o)
}

// InsetSides leaves a margin of its own on each side.
func InsetSides(left, top, right, bottom float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&insetLayout{left, top, right, bottom}, o)
}

type insetLayout struct{ left, top, right, bottom float32 }

func (l *insetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

func (l *insetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(l.left, l.top))
	objects[0].Resize(size.SubtractWidthHeight(l.left+l.right, l.top+l.bottom))
}

// BelowLabel stands o beside a field, as high as its entry.
func BelowLabel(o fyne.CanvasObject) *fyne.Container {
	return container.New(&belowLabel{NewText("|", Style{Bold: true})}, o)
}

type belowLabel struct{ label *Text }

func (l *belowLabel) top() float32 { return l.label.MinSize().Height + theme.Tight }

func (l *belowLabel) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(0, l.top())
}

func (l *belowLabel) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, l.top()))
	objects[0].Resize(size.SubtractWidthHeight(0, l.top()))
}

// Limit centres one object and makes it no wider than a readable width, which
// grows with the text.
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
