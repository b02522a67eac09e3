package ui

import (
	"fyne.io/fyne/v2"

	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
)

// bannerLine puts everything on one line where there is room; else the lesson
// goes below, over the whole width.
type bannerLine struct{ width float32 }

// lessonLeast is how narrow the lesson may become beside the rest.
const lessonLeast float32 = 220

// beside is the room that is left for the lesson on the first line.
func (l *bannerLine) beside(objects []fyne.CanvasObject) float32 {
	mark, what, scenario, leave := objects[0].MinSize(), wordsOf(objects[1]), objects[3].MinSize(), objects[4].MinSize()
	return l.width - mark.Width - what - scenario.Width - leave.Width - 4*look.Near
}

func wordsOf(o fyne.CanvasObject) float32 {
	if t, ok := o.(*widgets.Text); ok {
		return t.NaturalWidth()
	}
	return o.MinSize().Width
}

func (l *bannerLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	first := max(objects[0].MinSize().Height, objects[1].MinSize().Height, objects[3].MinSize().Height)
	lesson := objects[2].MinSize().Height
	width := objects[3].MinSize().Width + objects[4].MinSize().Width + 160
	if l.width > 0 && l.beside(objects) < lessonLeast {
		return fyne.NewSize(width, first+look.Tight+lesson)
	}
	return fyne.NewSize(width, max(first, lesson))
}

func (l *bannerLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	mark, what, lesson, scenario, leave := objects[0], objects[1], objects[2], objects[3], objects[4]
	rest := l.beside(objects)
	narrow := rest < lessonLeast
	line := max(size.Height, 28)
	if narrow {
		line = max(scenario.MinSize().Height, 28)
	}
	middle := func(o fyne.CanvasObject, x, width float32) {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		o.Resize(fyne.NewSize(width, o.MinSize().Height)) // wrapped, it knows its height now
		o.Move(fyne.NewPos(x, (line-o.MinSize().Height)/2))
	}
	middle(mark, 0, mark.MinSize().Width)
	left := mark.MinSize().Width + look.Near
	right := size.Width - leave.MinSize().Width
	middle(leave, right, leave.MinSize().Width)
	right -= look.Near + scenario.MinSize().Width
	middle(scenario, right, scenario.MinSize().Width)
	words := min(wordsOf(what), right-look.Near-left)
	middle(what, left, words)
	if !narrow {
		middle(lesson, left+words+look.Near, rest)
		return
	}
	lesson.Resize(fyne.NewSize(size.Width, lesson.MinSize().Height))
	lesson.Resize(fyne.NewSize(size.Width, lesson.MinSize().Height))
	top := max(line, what.MinSize().Height)
	lesson.Move(fyne.NewPos(0, top+look.Tight))
}
