package layout

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Below these sizes the panes of a window are below each other. The width is for the
// usual text size and grows with the text.
const (
	NarrowPage float32 = 700
	LowPage    float32 = 300
)

// IsNarrow reports whether the panes of a window of a size are below each other.
func IsNarrow(size fyne.Size) bool {
	return size.Width < NarrowPage*theme.Em() || size.Height < LowPage
}

// The width of the left pane is narrowPart of the window up to leftUsual, and widePart
// of a window that is wider.
const (
	leftMin    float32 = 290
	leftUsual  float32 = 360
	leftMax    float32 = 420
	narrowPart float32 = 0.4
	widePart   float32 = 0.33
	// stackedMax is the width of the panes below each other.
	stackedMax float32 = 760
)

// Panes is the layout of a note and two panes, in this order: the panes next to each
// other, or everything below each other. The left pane has margins except at the right,
// the right pane has all four.
type Panes struct {
	// Limit is the width beyond which the panes do not grow.
	Limit float32
	// Narrow puts the panes below each other.
	Narrow bool
	// HasNote reports whether the note has a text; it is shown above narrow panes only.
	HasNote func() bool
}

// MinSize returns the height of everything below each other, and zero for panes that
// scroll.
func (l *Panes) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if !l.Narrow || len(objects) == 0 {
		return fyne.Size{}
	}
	note, left, right := objects[0], objects[1], objects[2]
	height := left.MinSize().Height - theme.Space + right.MinSize().Height
	if note.Visible() {
		height += note.MinSize().Height
	}
	return fyne.NewSize(0, height)
}

// Layout arranges the objects.
func (l *Panes) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if len(objects) == 0 {
		return
	}
	note, left, right := objects[0], objects[1], objects[2]
	if l.Narrow {
		l.stack(note, left, right, size)
		return
	}
	note.Hide()
	width, em := min(size.Width, l.Limit*theme.Em()), theme.Em()
	x := (size.Width - width) / 2
	w := max(min(width*narrowPart, leftUsual*em), width*widePart)
	w = min(max(w, leftMin*em, left.MinSize().Width), leftMax*em)
	left.Move(fyne.NewPos(x, 0))
	left.Resize(fyne.NewSize(w, size.Height))
	right.Move(fyne.NewPos(x+w, 0))
	right.Resize(fyne.NewSize(width-w, size.Height))
}

// stack puts note and panes below each other, each as high as it needs to be.
func (l *Panes) stack(note, left, right fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, stackedMax*theme.Em())
	x := (size.Width - width) / 2
	var y float32
	if l.HasNote() && size.Width < NarrowPage*theme.Em() {
		note.Show()
		note.Move(fyne.NewPos(x, y))
		y += Fit(note, width)
	} else {
		note.Hide()
	}
	left.Move(fyne.NewPos(x, y))
	y += Fit(left, width-theme.Space) - theme.Space // both panes have a margin between them
	right.Move(fyne.NewPos(x, y))
	Fit(right, width)
}
