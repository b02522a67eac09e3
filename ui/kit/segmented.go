package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Segmented is a choice between a few visible words. It is one stop of the Tab key; the
// arrow keys choose, Enter and Space choose the next word.
type Segmented struct {
	widget.BaseWidget
	Name string
	// Compact makes it small, as for [Field.Beside].
	Compact bool
	// Foldable puts the words below each other in a narrow pane.
	Foldable bool
	OnChosen func(index int)

	pressable
	words  []string
	chosen int
}

// NewSegmented returns a choice with the first word chosen.
func NewSegmented(name string, words []string, chosen func(int)) *Segmented {
	s := &Segmented{Name: name, words: words, OnChosen: chosen}
	s.pressableBy(s, func() { s.Choose((s.chosen + 1) % len(s.words)) })
	s.partAt, s.clickedPart, s.typed = s.at, s.Choose, s.arrow
	s.ExtendBaseWidget(s)
	return s
}

// Chosen returns the index of the chosen word.
func (s *Segmented) Chosen() int { return s.chosen }

// Choose changes the choice and calls OnChosen if it is another one.
func (s *Segmented) Choose(index int) {
	if index < 0 || index >= len(s.words) || index == s.chosen {
		return
	}
	s.chosen = index
	s.Refresh()
	if s.OnChosen != nil {
		s.OnChosen(index)
	}
}

// Set changes the choice without calling OnChosen.
func (s *Segmented) Set(index int) {
	s.chosen = index
	s.Refresh()
}

// at returns the index of the word at a position.
func (s *Segmented) at(p fyne.Position) int {
	x := p.X
	if s.stacked() {
		return max(min(int(p.Y/s.height()), len(s.words)-1), 0)
	}
	widths := s.widths(s.span())
	for i, w := range widths {
		if x < w {
			return i
		}
		x -= w
	}
	return len(s.words) - 1
}

// height returns the height of one line of words.
func (s *Segmented) height() float32 {
	if s.Compact {
		return 24 * theme.Em()
	}
	return 32 * theme.Em()
}

// stacked reports whether the words are below each other.
func (s *Segmented) stacked() bool {
	return s.Size().Width > 0 && s.Size().Width < s.natural()-0.5
}

// natural returns the width of all words next to each other.
func (s *Segmented) natural() float32 {
	var sum float32
	for _, w := range s.widths(0) {
		sum += w
	}
	return sum
}

// span returns the width that is used: a foldable control is as wide as its words.
func (s *Segmented) span() float32 {
	if s.Foldable && !s.stacked() {
		return min(s.Size().Width, s.natural())
	}
	return s.Size().Width
}

// widths returns the widths of the words in a control of a width, 0 for the minimum. In
// a compact control each is as wide as it needs to be, else all are equal.
func (s *Segmented) widths(total float32) []float32 {
	size, pad := fynetheme.Size(theme.SizeBody), theme.Near
	if s.Compact {
		size, pad = fynetheme.Size(theme.SizeCaption), theme.Small
	}
	widths, sum, widest := make([]float32, len(s.words)), float32(0), float32(0)
	for i, word := range s.words {
		// Measured bold, so that choosing another does not change the width.
		widths[i] = fyne.MeasureText(word, size, fyne.TextStyle{Bold: true}).Width + 2*pad
		sum += widths[i]
		widest = max(widest, widths[i])
	}
	for i := range widths {
		switch {
		case total == 0 && !s.Compact:
			widths[i] = widest
		case total > 0 && s.Compact:
			widths[i] += (total - sum) / float32(len(widths))
		case total > 0:
			widths[i] = total / float32(len(widths))
		}
	}
	return widths
}

// arrow chooses the word next to the chosen one.
func (s *Segmented) arrow(ev *fyne.KeyEvent) bool {
	step, ok := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyUp: -1, fyne.KeyRight: 1, fyne.KeyDown: 1}[ev.Name]
	if ok {
		s.Choose(s.chosen + step)
	}
	return ok
}

// AccessibilityLabel returns the name with the choice.
func (s *Segmented) AccessibilityLabel() string { return s.Name + ": " + s.words[s.chosen] }

// AccessibilityRole returns button.
func (s *Segmented) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer returns the renderer.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentedRenderer{control: s, ring: newRing(), back: box(theme.Radius), pill: box(theme.Radius - 2), wash: box(theme.Radius - 2)}
	r.objects = []fyne.CanvasObject{r.back, r.wash, r.pill}
	for _, word := range s.words {
		label := canvas.NewText(word, nil)
		r.labels = append(r.labels, label)
		r.objects = append(r.objects, label)
	}
	r.objects = append(r.objects, r.ring.line)
	r.Refresh()
	return r
}

type segmentedRenderer struct {
	baseRenderer
	control          *Segmented
	ring             ring
	back, pill, wash *canvas.Rectangle
	labels           []*canvas.Text
}

func (r *segmentedRenderer) MinSize() fyne.Size {
	size := fyne.NewSize(0, r.control.height())
	if r.control.stacked() {
		size.Height *= float32(len(r.labels))
	}
	for _, w := range r.control.widths(0) {
		if r.control.Foldable {
			size.Width = max(size.Width, w)
		} else {
			size.Width += w
		}
	}
	return size
}

func (r *segmentedRenderer) Layout(size fyne.Size) {
	size.Width = r.control.span()
	r.back.Resize(size)
	r.ring.layout(size)
	stacked, height := r.control.stacked(), r.control.height()
	var at fyne.Position
	for i, w := range r.control.widths(size.Width) {
		if stacked {
			w = size.Width
		}
		cell := fyne.NewSize(w-4, height-4)
		if i == r.control.chosen {
			r.pill.Resize(cell)
			r.pill.Move(at.AddXY(2, 2))
		}
		if i == r.control.hoveredPart {
			r.wash.Resize(cell)
			r.wash.Move(at.AddXY(2, 2))
		}
		text := r.labels[i].MinSize()
		r.labels[i].Resize(text)
		r.labels[i].Move(at.AddXY((w-text.Width)/2, (height-text.Height)/2))
		if stacked {
			at.Y += height
		} else {
			at.X += w
		}
	}
}

func (r *segmentedRenderer) Refresh() {
	paint(r.back, theme.NeutralTint, "")
	paint(r.pill, theme.Surface, theme.Edge)
	paint(r.wash, fynetheme.ColorNameHover, "")
	r.wash.Hidden = !r.control.hovered()
	for i, label := range r.labels {
		label.TextSize = fynetheme.Size(theme.SizeBody)
		if r.control.Compact {
			label.TextSize = fynetheme.Size(theme.SizeCaption)
		}
		label.TextStyle.Bold = i == r.control.chosen
		label.Color = fynetheme.Color(theme.Muted)
		if i == r.control.chosen {
			label.Color = fynetheme.Color(theme.Ink)
		}
		label.Refresh()
	}
	r.ring.refresh(r.control.showsRing())
	r.Layout(r.control.Size())
	canvas.Refresh(r.control)
}
