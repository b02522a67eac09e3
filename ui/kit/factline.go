package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// FactLine shows one value under its name, with a button to copy it. A value
// that belongs to machines (an ID, a code) is set in equal letters.
func FactLine(env Env, name, value string, machine bool) *fyne.Container {
	label := NewText(name, Style{Size: theme.SizeCaption, Color: theme.Muted})
	text := NewText(value, Style{Mono: machine, Size: theme.SizeBody})
	if machine {
		text = NewText(value, Style{Mono: true, Size: theme.SizeCaption})
	}
	copyIt := NewCopyButton(env, "", name, func() string { return value })
	return container.New(&factLayout{}, label, text, copyIt.Button)
}

// factLayout puts name, value and button in three columns that line up from one
// fact to the next; in a narrow pane the value goes below the name.
type factLayout struct{ width float32 }

const (
	factName   float32 = 150
	factNarrow float32 = 420
)

func (l *factLayout) narrow() bool { return l.width > 0 && l.width < factNarrow }

func (l *factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	name, value, button := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	if l.narrow() {
		return fyne.NewSize(160, max(name.Height+value.Height+theme.Small, button.Height))
	}
	return fyne.NewSize(160, max(name.Height, value.Height, button.Height))
}

func (l *factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	name, value, button := objects[0], objects[1], objects[2]
	b := button.MinSize()
	if l.narrow() {
		w := size.Width - b.Width - theme.Small
		h := fit(name, w)
		name.Move(fyne.NewPos(0, theme.Tight-theme.Hair))
		value.Move(fyne.NewPos(0, theme.Tight-theme.Hair+h))
		fit(value, w)
		center(button, b, size, size.Width-b.Width)
		return
	}
	fit(name, factName-theme.Small)
	w := size.Width - factName - b.Width - theme.Small
	fit(value, w)
	center(name, name.Size(), size, 0)
	center(value, value.Size(), size, factName)
	// Right behind the value where that leaves room, so that they read as one.
	x := factName + min(w, natural(value)) + theme.Small
	center(button, b, size, x)
}

func natural(o fyne.CanvasObject) float32 {
	if t, ok := o.(*Text); ok {
		return t.NaturalWidth()
	}
	return o.MinSize().Width
}
