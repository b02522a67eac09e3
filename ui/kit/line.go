package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Line is one line of a list: the mark, the title, a badge, and the state in a
// word. Where the title and the badge do not fit beside each other, the badge goes
// below the title: neither is cut.
func Line(mark *StatusIcon, title *Text, badge *Badge, word *Text) *fyne.Container {
	l := &line{mark: mark, title: title, badge: badge, word: word}
	return container.New(l, mark, title, badge, word)
}

type line struct {
	mark  *StatusIcon
	title *Text
	badge *Badge
	word  *Text
	width float32 // of the last layout
}

// below tells whether the badge goes below the title.
func (l *line) below() bool {
	return l.badge.Visible() && l.width > 0 && l.title.NaturalWidth()+theme.Near+l.badge.MinSize().Width > l.room()
}

// room is what is left for title and badge.
func (l *line) room() float32 {
	return l.width - l.mark.MinSize().Width - theme.Near - l.word.MinSize().Width - theme.Near
}

func (l *line) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(220, max(l.mark.MinSize().Height, l.title.MinSize().Height))
	if l.below() {
		size.Height += theme.Tight + l.badge.MinSize().Height
	}
	return size
}

func (l *line) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	badge, word := l.badge.MinSize(), l.word.MinSize()
	x := l.mark.MinSize().Width + theme.Near
	title := l.room()
	if l.badge.Visible() && !l.below() {
		title -= badge.Width + theme.Near
	}
	h := fit(l.title, title)
	first := max(h, l.mark.MinSize().Height)
	top := fyne.NewSize(size.Width, first)
	if !l.below() {
		top.Height = size.Height
	}
	center(l.mark, l.mark.MinSize(), top, 0)
	center(l.title, fyne.NewSize(title, h), top, x)
	center(l.word, word, top, size.Width-word.Width)
	if l.below() {
		l.badge.Resize(fyne.NewSize(min(badge.Width, size.Width-x), badge.Height))
		l.badge.Move(fyne.NewPos(x, first+theme.Tight))
		return
	}
	l.badge.Resize(badge)
	center(l.badge, badge, top, size.Width-word.Width-theme.Near-badge.Width)
}
