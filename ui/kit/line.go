package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Line is one line of a list: the mark, the title, a chip, and the state in a
// word. Where the title and the chip do not fit beside each other, the chip goes
// below the title: neither is cut.
func Line(mark *StatusIcon, title *Text, chip *Chip, word *Text) *fyne.Container {
	l := &line{mark: mark, title: title, chip: chip, word: word}
	return container.New(l, mark, title, chip, word)
}

type line struct {
	mark  *StatusIcon
	title *Text
	chip  *Chip
	word  *Text
	width float32 // of the last layout
}

// below tells whether the chip goes below the title.
func (l *line) below() bool {
	return l.chip.Visible() && l.width > 0 && l.title.NaturalWidth()+theme.Near+l.chip.MinSize().Width > l.room()
}

// room is what is left for title and chip.
func (l *line) room() float32 {
	return l.width - l.mark.MinSize().Width - theme.Near - l.word.MinSize().Width - theme.Near
}

func (l *line) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(220, max(l.mark.MinSize().Height, l.title.MinSize().Height))
	if l.below() {
		size.Height += theme.Tight + l.chip.MinSize().Height
	}
	return size
}

func (l *line) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	chip, word := l.chip.MinSize(), l.word.MinSize()
	x := l.mark.MinSize().Width + theme.Near
	title := l.room()
	if l.chip.Visible() && !l.below() {
		title -= chip.Width + theme.Near
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
		l.chip.Resize(fyne.NewSize(min(chip.Width, size.Width-x), chip.Height))
		l.chip.Move(fyne.NewPos(x, first+theme.Tight))
		return
	}
	l.chip.Resize(chip)
	center(l.chip, chip, top, size.Width-word.Width-theme.Near-chip.Width)
}
