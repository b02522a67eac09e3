package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// BannerLine puts an icon, a title and a text at the left, and a choice and a button
// at the right. If the text had more than two lines there, it goes below, over the whole
// width.
// In a window whose panes are below each other it is a single line with the short
// title in place of title and text.
func BannerLine(icon, title, short, text, choice, button fyne.CanvasObject) *fyne.Container {
	return container.New(&bannerLine{}, icon, title, short, text, choice, button)
}

type bannerLine struct{ width float32 }

const (
	bannerTextMin   float32 = 220 // minimum width of the text next to the rest
	bannerChoiceMin float32 = 90  // minimum width of the choice
	bannerHeight    float32 = 28  // height of its buttons
)

// The order of the objects.
const (
	bannerIcon = iota
	bannerTitle
	bannerShort
	bannerText
	bannerChoice
	bannerButton
)

// short reports whether there is room only for the short title.
func (l *bannerLine) short() bool {
	return l.width > 0 && l.width < NarrowPage*theme.Em()-2*theme.Space
}

// room returns the width that is left for the text on the first line.
func (l *bannerLine) room(objects []fyne.CanvasObject) float32 {
	icon, choice, button := objects[bannerIcon].MinSize(), objects[bannerChoice].MinSize(), objects[bannerButton].MinSize()
	return l.width - icon.Width - Natural(objects[bannerTitle]) - choice.Width - button.Width - 4*theme.Near
}

// below reports whether the text goes below the first line.
func (l *bannerLine) below(objects []fyne.CanvasObject) bool {
	room := l.room(objects)
	return room < bannerTextMin || Natural(objects[bannerText]) > 2*room
}

func (l *bannerLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.short() {
		return fyne.NewSize(0, bannerHeight)
	}
	first := max(objects[bannerIcon].MinSize().Height, objects[bannerTitle].MinSize().Height, bannerHeight)
	text := objects[bannerText].MinSize().Height
	if l.width > 0 && l.below(objects) {
		return fyne.NewSize(0, first+theme.Tight+text)
	}
	return fyne.NewSize(0, max(first, text))
}

func (l *bannerLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	title, short, text := objects[bannerTitle], objects[bannerShort], objects[bannerText]
	SetVisible(title, !l.short())
	SetVisible(text, !l.short())
	SetVisible(short, l.short())
	if l.short() {
		l.first(objects, short, size, size.Height)
		return
	}
	if !l.below(objects) {
		height := max(size.Height, bannerHeight)
		left, right := l.first(objects, title, size, height)
		FitLine(text, left, right-left, height)
		return
	}
	l.first(objects, title, size, bannerHeight)
	Fit(text, size.Width)
	text.Move(fyne.NewPos(0, max(bannerHeight, title.MinSize().Height)+theme.Tight))
}

// first lays out the first line and returns where it leaves room. It makes a wide
// choice narrower before the title.
func (l *bannerLine) first(objects []fyne.CanvasObject, title fyne.CanvasObject, size fyne.Size, line float32) (left, right float32) {
	icon, choice, button := objects[bannerIcon], objects[bannerChoice], objects[bannerButton]
	FitLine(icon, 0, icon.MinSize().Width, line)
	left = icon.MinSize().Width + theme.Near
	right = size.Width - button.MinSize().Width
	FitLine(button, right, button.MinSize().Width, line)
	right -= theme.Near
	width := min(Natural(title), right-left)
	name := min(choice.MinSize().Width, max(right-left-width-theme.Near, bannerChoiceMin))
	right -= name
	FitLine(choice, right, name, line)
	right -= theme.Near
	width = min(width, right-left)
	FitLine(title, left, width, line)
	return left + width + theme.Near, right
}
