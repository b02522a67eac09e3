package ui

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// bannerLine puts everything on one line where there is room; else the lesson
// goes below, over the whole width. In a window whose panes stand below each
// other it is one line again, a short one: the lesson then stands above the form.
type bannerLine struct{ width float32 }

const (
	// lessonLeast is how narrow the lesson may become beside the rest.
	lessonLeast float32 = 220
	// bannerHeight is that of its buttons.
	bannerHeight float32 = 28
)

// The order of the objects.
const (
	bannerMark = iota
	bannerWhat
	bannerShort
	bannerLesson
	bannerScenario
	bannerLeave
)

// short tells whether there is room only for the word.
func (l *bannerLine) short() bool {
	return l.width > 0 && l.width < kit.NarrowPage*theme.Em()-2*theme.Space
}

// beside is the room that is left for the lesson on the first line.
func (l *bannerLine) beside(objects []fyne.CanvasObject) float32 {
	mark, scenario, leave := objects[bannerMark].MinSize(), objects[bannerScenario].MinSize(), objects[bannerLeave].MinSize()
	return l.width - mark.Width - wordsOf(objects[bannerWhat]) - scenario.Width - leave.Width - 4*theme.Near
}

func wordsOf(o fyne.CanvasObject) float32 {
	if t, ok := o.(*kit.Text); ok {
		return t.NaturalWidth()
	}
	return o.MinSize().Width
}

func (l *bannerLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.short() {
		return fyne.NewSize(0, bannerHeight)
	}
	first := max(objects[bannerMark].MinSize().Height, objects[bannerWhat].MinSize().Height, bannerHeight)
	lesson := objects[bannerLesson].MinSize().Height
	if l.width > 0 && l.beside(objects) < lessonLeast {
		return fyne.NewSize(0, first+theme.Tight+lesson)
	}
	return fyne.NewSize(0, max(first, lesson))
}

func (l *bannerLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	what, word, lesson := objects[bannerWhat], objects[bannerShort], objects[bannerLesson]
	seen(what, !l.short())
	seen(lesson, !l.short())
	seen(word, l.short())
	if l.short() {
		l.one(objects, word, size, size.Height)
		return
	}
	rest := l.beside(objects)
	if rest >= lessonLeast {
		left, right := l.one(objects, what, size, max(size.Height, bannerHeight))
		middle(lesson, left, right-left, max(size.Height, bannerHeight))
		return
	}
	l.one(objects, what, size, bannerHeight)
	stretch(lesson, size.Width)
	lesson.Move(fyne.NewPos(0, max(bannerHeight, what.MinSize().Height)+theme.Tight))
}

// one lays the first line out and returns where it leaves room. A long name of a
// scenario is shortened before the words for where one is.
func (l *bannerLine) one(objects []fyne.CanvasObject, text fyne.CanvasObject, size fyne.Size, line float32) (left, right float32) {
	mark, scenario, leave := objects[bannerMark], objects[bannerScenario], objects[bannerLeave]
	middle(mark, 0, mark.MinSize().Width, line)
	left = mark.MinSize().Width + theme.Near
	right = size.Width - leave.MinSize().Width
	middle(leave, right, leave.MinSize().Width, line)
	right -= theme.Near
	width := min(wordsOf(text), right-left)
	name := min(scenario.MinSize().Width, max(right-left-width-theme.Near, scenarioLeast))
	right -= name
	middle(scenario, right, name, line)
	right -= theme.Near
	width = min(width, right-left)
	middle(text, left, width, line)
	return left + width + theme.Near, right
}

// scenarioLeast is how short the name of a scenario may become.
const scenarioLeast float32 = 90

// middle puts an object of a width into the middle of a line.
func middle(o fyne.CanvasObject, x, width, line float32) {
	stretch(o, width)
	o.Move(fyne.NewPos(x, (line-o.Size().Height)/2))
}

// stretch gives an object a width and the height that it then needs.
func stretch(o fyne.CanvasObject, width float32) {
	for range 2 { // wrapped, it knows its height
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
}

// seen shows an object or hides it.
func seen(o fyne.CanvasObject, visible bool) {
	if visible == o.Visible() {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
