package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// BelowLabel puts an object, such as a button, next to a [Field]: it begins below the
// height of a label, as the field's entry does.
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
