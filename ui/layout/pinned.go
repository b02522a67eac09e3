package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Pinned keeps head and foot visible. middle, which scrolls content, gets the remaining
// height.
func Pinned(content, head, middle, foot fyne.CanvasObject) *fyne.Container {
	return container.New(&pinned{content}, head, middle, foot)
}

type pinned struct{ content fyne.CanvasObject }

// middleMin is the minimum height of what scrolls.
const middleMin float32 = 120

func (l *pinned) MinSize(objects []fyne.CanvasObject) fyne.Size {
	head, foot := objects[0].MinSize(), objects[2].MinSize()
	middle := max(objects[1].MinSize().Height, middleMin) // all of the content in a page that scrolls as a whole
	return fyne.NewSize(max(head.Width, foot.Width, l.content.MinSize().Width), head.Height+middle+foot.Height)
}

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

// Hug makes a card no higher than its parts together, so that its foot stays near its
// content in a tall window. It has margins on all sides but the right.
func Hug(card fyne.CanvasObject, parts ...fyne.CanvasObject) *fyne.Container {
	return container.New(&hug{parts}, card)
}

type hug struct{ parts []fyne.CanvasObject }

func (l *hug) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(theme.Space, 2*theme.Space)
}

func (l *hug) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	card := objects[0]
	card.Move(fyne.NewPos(theme.Space, theme.Space))
	room := size.SubtractWidthHeight(theme.Space, 2*theme.Space)
	for range 2 { // wrapped text has its height once it has its width
		var height float32
		for _, part := range l.parts {
			height += part.MinSize().Height
		}
		card.Resize(fyne.NewSize(room.Width, min(room.Height, height)))
	}
}
