package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Field is an entry with a label above and one text below: the problem if there is one,
// else the caution, else the note, else the hint.
type Field struct {
	widget.BaseWidget
	Label string // "" takes no room; the entry keeps its name
	Entry *Entry
	// Beside is at the end of the label's line; may be nil.
	Beside fyne.CanvasObject

	hint, note, caution, problem string
	focused                      bool
}

// NewField returns a field; the entry's name is its label.
func NewField(entry *Entry, hint string) *Field {
	f := &Field{Label: entry.Name, Entry: entry, hint: hint}
	entry.help = f.help
	tell := entry.OnFocus
	entry.OnFocus = func(focused bool) {
		f.focused = focused
		f.Refresh()
		if tell != nil {
			tell(focused)
		}
	}
	f.ExtendBaseWidget(f)
	return f
}

// SetNote shows what was understood, such as "took https://… from a main.aspx address".
func (f *Field) SetNote(text string) {
	if f.note != text {
		f.note = text
		f.Refresh()
	}
}

// SetCaution shows what needs attention, such as the near end of a certificate, in the
// place of the note.
func (f *Field) SetCaution(text string) {
	if f.caution != text {
		f.caution = text
		f.Refresh()
	}
}

// SetHint changes what is below the entry while nothing else is.
func (f *Field) SetHint(text string) {
	if f.hint != text {
		f.hint = text
		f.Refresh()
	}
}

// SetProblem shows an error and a red border; "" removes both.
func (f *Field) SetProblem(text string) {
	if f.problem != text {
		f.problem = text
		f.Refresh()
	}
}

// Problem returns the error.
func (f *Field) Problem() string { return f.problem }

// Caution returns what needs attention.
func (f *Field) Caution() string { return f.caution }

// Note returns the note.
func (f *Field) Note() string { return f.note }

// CreateRenderer returns the renderer.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	r := &fieldRenderer{field: f, edge: box(theme.Radius + 1)}
	r.label = NewText(f.Label, Style{Bold: true})
	r.mark = picture(theme.MarkFail, theme.Error)
	r.help = Caption(f.hint)
	r.show()
	return r
}

type fieldRenderer struct {
	baseRenderer
	field *Field
	label *Text
	edge  *canvas.Rectangle
	mark  *canvas.Image
	help  *Text
}

func helpMark() float32 { return 14 * theme.Em() }

// helpIndent returns the room for the icon before an error or a note.
func (r *fieldRenderer) helpIndent() float32 {
	if r.mark.Visible() {
		return helpMark() + 6
	}
	return 0
}

// top returns the height of the label's line.
func (r *fieldRenderer) top() float32 {
	h := r.label.MinSize().Height
	if r.field.Beside != nil {
		h = max(h, r.field.Beside.MinSize().Height)
	}
	return h
}

// begin returns where the entry begins.
func (r *fieldRenderer) begin() float32 {
	if r.field.Label == "" {
		return 0
	}
	return r.top() + theme.Tight
}

func (r *fieldRenderer) MinSize() fyne.Size {
	entry, help := r.field.Entry.MinSize(), r.help.MinSize()
	height := r.begin() + entry.Height
	if r.help.Visible() {
		height += theme.Tight + help.Height
	}
	return fyne.NewSize(max(120, entry.Width), height)
}

func (r *fieldRenderer) Layout(size fyne.Size) {
	y := r.begin()
	label := size.Width
	if b := r.field.Beside; b != nil {
		m := b.MinSize()
		layout.Center(b, m, fyne.NewSize(size.Width, r.top()), size.Width-m.Width)
		label -= m.Width + theme.Small
	}
	h := layout.Fit(r.label, label)
	r.label.Move(fyne.NewPos(0, (r.top()-h)/2))
	entry := fyne.NewSize(size.Width, r.field.Entry.MinSize().Height)
	r.field.Entry.Move(fyne.NewPos(0, y))
	r.field.Entry.Resize(entry)
	r.edge.Move(fyne.NewPos(-1, y-1))
	r.edge.Resize(entry.AddWidthHeight(2, 2))
	y += entry.Height + theme.Tight
	if r.mark.Visible() { // a size decodes the picture
		r.mark.Move(fyne.NewPos(0, y+1))
		r.mark.Resize(fyne.NewSquareSize(helpMark()))
	}
	r.help.Move(fyne.NewPos(r.helpIndent(), y))
	layout.Fit(r.help, size.Width-r.helpIndent())
}

func (r *fieldRenderer) Refresh() {
	f := r.field
	r.show()
	r.label.Refresh()
	r.help.Refresh()
	f.Entry.Refresh()
	if f.Beside != nil {
		f.Beside.Refresh()
	}
	r.Layout(f.Size())
	canvas.Refresh(f)
}

// show sets what is visible, its text and its colour.
func (r *fieldRenderer) show() {
	f := r.field
	r.objects = nil
	if f.Label != "" {
		r.objects = append(r.objects, r.label)
	}
	if f.Beside != nil {
		r.objects = append(r.objects, f.Beside)
	}
	r.objects = append(r.objects, f.Entry, r.edge, r.mark, r.help)
	text, ink := f.hint, theme.Muted
	r.mark.Hide()
	r.edge.Hide()
	r.edge.FillColor, r.edge.StrokeWidth = transparent, 2
	switch {
	case f.problem != "":
		text, ink = f.problem, theme.Error
		r.mark.Show()
		repaint(r.mark, theme.MarkFail, theme.Error)
		r.edge.StrokeColor = fynetheme.Color(theme.Error)
		r.edge.Show()
	case f.caution != "":
		text, ink = f.caution, theme.Ink
		r.mark.Show()
		repaint(r.mark, theme.MarkWarn, theme.Warning)
	case f.note != "":
		text = f.note
		r.mark.Show()
		repaint(r.mark, theme.MarkPass, theme.Success)
	}
	if f.problem == "" && f.focused {
		r.edge.StrokeColor = fynetheme.Color(theme.Accent)
		r.edge.Show()
	}
	r.edge.Refresh()
	r.help.SetText(text)
	r.help.SetColor(ink)
	if text == "" {
		r.help.Hide()
	} else {
		r.help.Show()
	}
}
