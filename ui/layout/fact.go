package layout

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Fact puts a name, its value and a button into three columns, which are aligned from
// one fact to the next. In a narrow pane the value goes below the name.
func Fact(name, value, button fyne.CanvasObject) *fyne.Container {
	return container.New(&fact{}, name, value, button)
}

type fact struct{ width float32 }

const (
	factName   float32 = 150 // width of the column of names
	factNarrow float32 = 420 // below this width the value is below the name
	factMin    float32 = 160
)

func (l *fact) narrow() bool { return l.width > 0 && l.width < factNarrow }

func (l *fact) MinSize(objects []fyne.CanvasObject) fyne.Size {
	name, value, button := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	if l.narrow() {
		return fyne.NewSize(factMin, max(name.Height+value.Height+theme.Small, button.Height))
	}
	return fyne.NewSize(factMin, max(name.Height, value.Height, button.Height))
}

func (l *fact) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	name, value, button := objects[0], objects[1], objects[2]
	b := button.MinSize()
	if l.narrow() {
		w := size.Width - b.Width - theme.Small
		h := Fit(name, w)
		name.Move(fyne.NewPos(0, theme.Tight-theme.Hair))
		value.Move(fyne.NewPos(0, theme.Tight-theme.Hair+h))
		Fit(value, w)
		Center(button, b, size, size.Width-b.Width)
		return
	}
	Fit(name, factName-theme.Small)
	w := size.Width - factName - b.Width - theme.Small
	Fit(value, w)
	Center(name, name.Size(), size, 0)
	Center(value, value.Size(), size, factName)
	// Directly after the value if there is room, so that they read as a unit.
	x := factName + min(w, Natural(value)) + theme.Small
	Center(button, b, size, x)
}
