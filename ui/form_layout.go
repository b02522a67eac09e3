package ui

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// pinned keeps head and foot in sight and lets what is between them scroll.
type pinned struct{ content fyne.CanvasObject }

func (l *pinned) MinSize(objects []fyne.CanvasObject) fyne.Size {
	head, foot := objects[0].MinSize(), objects[2].MinSize()
	middle := max(objects[1].MinSize().Height, middleLeast) // all of it, where the page scrolls instead
	return fyne.NewSize(max(head.Width, foot.Width, l.content.MinSize().Width), head.Height+middle+foot.Height)
}

// middleLeast is how little of the fields may be in sight.
const middleLeast float32 = 120

func (l *pinned) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, middle, foot := objects[0], objects[1], objects[2]
	h, b := head.MinSize().Height, foot.MinSize().Height
	head.Resize(fyne.NewSize(size.Width, h))
	m := size.Height - h - b
	middle.Move(fyne.NewPos(0, h))
	middle.Resize(fyne.NewSize(size.Width, m))
	foot.Move(fyne.NewPos(0, h+m))
	foot.Resize(fyne.NewSize(size.Width, b))
}

// hug makes the form's card no higher than its parts together, so that the
// buttons stay near the fields in a tall window.
type hug struct{ head, content, foot fyne.CanvasObject }

func (l *hug) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(theme.Space, 2*theme.Space)
}

func (l *hug) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	card := objects[0]
	card.Move(fyne.NewPos(theme.Space, theme.Space))
	room := size.SubtractWidthHeight(theme.Space, 2*theme.Space)
	for range 2 { // the content's height is known once it has its width
		wish := l.head.MinSize().Height + l.content.MinSize().Height + l.foot.MinSize().Height
		card.Resize(fyne.NewSize(room.Width, min(room.Height, wish)))
	}
}
