package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// ListLine is a line of a list: an icon, a title, a badge, and a word at the end. If
// title and badge do not fit on the line, the badge goes below the title.
func ListLine(icon, title, badge, word fyne.CanvasObject) *fyne.Container {
	return container.New(&listLine{icon: icon, title: title, badge: badge, word: word}, icon, title, badge, word)
}

type listLine struct {
	icon, title, badge, word fyne.CanvasObject
	width                    float32 // of the last layout
}

// listLineMin is the width to which a line may shrink.
const listLineMin float32 = 220

// below reports whether the badge goes below the title.
func (l *listLine) below() bool {
	return l.badge.Visible() && l.width > 0 && Natural(l.title)+theme.Near+l.badge.MinSize().Width > l.room()
}

// room returns the width that is left for title and badge.
func (l *listLine) room() float32 {
	return l.width - l.icon.MinSize().Width - theme.Near - l.word.MinSize().Width - theme.Near
}

// firstLine implements [FirstLine].
func (l *listLine) firstLine([]fyne.CanvasObject) float32 {
	return max(l.icon.Size().Height, l.title.Size().Height)
}

func (l *listLine) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(listLineMin, max(l.icon.MinSize().Height, l.title.MinSize().Height))
	if l.below() {
		size.Height += theme.Tight + l.badge.MinSize().Height
	}
	return size
}

func (l *listLine) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	badge, word := l.badge.MinSize(), l.word.MinSize()
	x := l.icon.MinSize().Width + theme.Near
	title := l.room()
	if l.badge.Visible() && !l.below() {
		title -= badge.Width + theme.Near
	}
	h := Fit(l.title, title)
	first := max(h, l.icon.MinSize().Height)
	top := fyne.NewSize(size.Width, first)
	if !l.below() {
		top.Height = size.Height
	}
	Center(l.icon, l.icon.MinSize(), top, 0)
	Center(l.title, fyne.NewSize(title, h), top, x)
	Center(l.word, word, top, size.Width-word.Width)
	if l.below() {
		l.badge.Resize(fyne.NewSize(min(badge.Width, size.Width-x), badge.Height))
		l.badge.Move(fyne.NewPos(x, first+theme.Tight))
		return
	}
	Center(l.badge, badge, top, size.Width-word.Width-theme.Near-badge.Width)
}
