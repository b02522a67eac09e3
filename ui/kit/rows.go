package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Rows is a list of any number of rows of one height, of which only those in sight exist.
// It is one stop of the Tab key: the arrow keys, Home, End and the page keys move the
// lead, Enter and Space open it. The focus can stay in an entry above, which then moves
// the lead with [Rows.Step].
type Rows struct {
	widget.BaseWidget
	focusState
	// Name is for assistive technology.
	Name string
	// Make makes the content of a row, and Fill shows the row of an index in it. A content
	// with a method Lead(bool) is told whether it has the lead.
	Make func() fyne.CanvasObject
	Fill func(content fyne.CanvasObject, index int)
	// Say returns a row for assistive technology.
	Say func(index int) string
	// OnOpen is called when a row is pressed.
	OnOpen func(index int)
	// OnMenu returns the menu of a row, for the secondary click and the menu key. May be nil.
	OnMenu func(index int) *fyne.Menu
	// OnRune gets the letters that are typed while the list has the focus. May be nil.
	OnRune func(r rune)

	height float32 // of a row at the usual text size
	length int
	lead   int
	scroll *container.Scroll
	body   *fyne.Container
	slots  []*rowSlot
}

// NewRows returns an empty list. height is the height of a row at the usual text size.
func NewRows(name string, height float32) *Rows {
	r := &Rows{Name: name, height: height}
	r.body = container.New(rowsLayout{r})
	r.scroll = container.NewVScroll(r.body)
	r.scroll.OnScrolled = func(fyne.Position) { r.place(false) }
	r.ExtendBaseWidget(r)
	return r
}

// SetRowHeight changes the height of a row at the usual text size, before the next layout.
func (r *Rows) SetRowHeight(height float32) { r.height = height }

// SetLength changes the number of rows, and draws all of them again.
func (r *Rows) SetLength(length int) {
	r.length = length
	r.lead = max(min(r.lead, length-1), 0)
	r.scroll.Content.Refresh()
	r.scroll.Refresh()
	r.scroll.ScrollToOffset(fyne.NewPos(0, max(min(r.scroll.Offset.Y, r.rowHeight()*float32(length)-r.scroll.Size().Height), 0)))
	r.place(true)
}

// Length returns the number of rows.
func (r *Rows) Length() int { return r.length }

// Lead returns the index of the row that Enter opens; 0 without rows.
func (r *Rows) Lead() int { return r.lead }

// SetLead moves the lead to a row and scrolls as little as needed to show it.
func (r *Rows) SetLead(index int) {
	if r.length == 0 {
		return
	}
	r.lead = max(min(index, r.length-1), 0)
	top, height := float32(r.lead)*r.rowHeight(), r.scroll.Size().Height
	y := r.scroll.Offset.Y
	y = max(min(max(y, top+r.rowHeight()-height), top), 0)
	r.scroll.ScrollToOffset(fyne.NewPos(0, y))
	r.place(false)
	r.marks()
}

// Step moves the lead by a number of rows.
func (r *Rows) Step(step int) { r.SetLead(r.lead + step) }

// Scroll moves the rows by a distance; a positive one shows rows below.
func (r *Rows) Scroll(by float32) {
	most := max(r.rowHeight()*float32(r.length)-r.scroll.Size().Height, 0)
	r.scroll.ScrollToOffset(fyne.NewPos(0, max(min(r.scroll.Offset.Y+by, most), 0)))
	r.place(false)
}

// Open presses the leading row.
func (r *Rows) Open() {
	if r.length > 0 && r.OnOpen != nil {
		r.OnOpen(r.lead)
	}
}

// Focus moves the focus to the list.
func (r *Rows) Focus() { focus(r) }

func (r *Rows) rowHeight() float32 { return r.height * theme.Em() }

// place shows the rows in sight: all of them again, or only those that came into sight.
func (r *Rows) place(anew bool) {
	size, height := r.scroll.Size(), r.rowHeight()
	if size.Height <= 0 || height <= 0 {
		return
	}
	first := int(r.scroll.Offset.Y / height)
	count := int(size.Height/height) + 2
	for len(r.slots) < count {
		slot := newRowSlot(r)
		r.slots = append(r.slots, slot)
		r.body.Objects = append(r.body.Objects, slot)
		anew = true // each index has another slot now
	}
	for index := first; index < first+len(r.slots); index++ {
		slot := r.slots[index%len(r.slots)]
		if index >= r.length {
			slot.index = -1
			slot.Hide()
			continue
		}
		fill := anew || slot.index != index
		slot.index = index
		slot.Move(fyne.NewPos(0, float32(index)*height))
		slot.Resize(fyne.NewSize(size.Width, height))
		if fill {
			r.Fill(slot.content, index)
			slot.mark()
		}
		slot.Show()
	}
	for i := range r.slots { // in reading order, for assistive technology
		r.body.Objects[i] = r.slots[(first+i)%len(r.slots)]
	}
}

// marks shows which row has the lead.
func (r *Rows) marks() {
	for _, slot := range r.slots {
		slot.mark()
	}
}

// page returns the number of rows that are in sight together.
func (r *Rows) page() int { return max(int(r.scroll.Size().Height/r.rowHeight())-1, 1) }

// TypedKey moves the lead or opens its row, and passes other keys on to the window.
func (r *Rows) TypedKey(ev *fyne.KeyEvent) {
	if r.clicked {
		r.clicked = false
		r.marks()
	}
	switch ev.Name {
	case fyne.KeyUp:
		r.Step(-1)
	case fyne.KeyDown:
		r.Step(1)
	case fyne.KeyPageUp:
		r.Step(-r.page())
	case fyne.KeyPageDown:
		r.Step(r.page())
	case fyne.KeyHome:
		r.SetLead(0)
	case fyne.KeyEnd:
		r.SetLead(r.length - 1)
	case desktop.KeyMenu:
		r.menu(r.lead, nil)
	default:
		if activates(ev) {
			r.Open()
			return
		}
		PassKey(r, ev)
	}
}

// TypedRune hands a letter to OnRune. A blank presses the row.
func (r *Rows) TypedRune(letter rune) {
	if r.OnRune != nil && letter != ' ' {
		r.OnRune(letter)
	}
}

// FocusGained shows the ring around the lead.
func (r *Rows) FocusGained() {
	r.focused = true
	r.marks()
}

// FocusLost hides the ring.
func (r *Rows) FocusLost() {
	r.focused, r.clicked = false, false
	r.marks()
}

// ShowMenu opens the menu of a row below it.
func (r *Rows) ShowMenu(index int) { r.menu(index, nil) }

// menu opens the menu of a row, at a position or below the row.
func (r *Rows) menu(index int, at *fyne.Position) {
	if r.OnMenu == nil || index < 0 || index >= r.length {
		return
	}
	r.SetLead(index)
	c, menu := canvasOf(r), r.OnMenu(index)
	if c == nil || menu == nil {
		return
	}
	if at == nil {
		below := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.slots[index%len(r.slots)]).AddXY(theme.Wide, r.rowHeight()-theme.Small)
		at = &below
	}
	opened.menu, opened.popUp, opened.canvas = menu, widget.NewPopUpMenu(menu, c), c
	opened.popUp.ShowAtPosition(*at)
}

// AccessibilityLabel returns the name with the leading row.
func (r *Rows) AccessibilityLabel() string {
	if r.length == 0 {
		return r.Name
	}
	return r.Name + ": " + r.Say(r.lead)
}

// AccessibilityRole returns button: Fyne 2.8 has no role for a list.
func (r *Rows) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer returns the renderer.
func (r *Rows) CreateRenderer() fyne.WidgetRenderer {
	return &rowsRenderer{baseRenderer{[]fyne.CanvasObject{r.scroll}}, r}
}

type rowsRenderer struct {
	baseRenderer
	rows *Rows
}

// rowsMin is the least height of a list: two rows.
const rowsMin = 2

func (r *rowsRenderer) MinSize() fyne.Size { return fyne.NewSize(200, rowsMin*r.rows.rowHeight()) }

func (r *rowsRenderer) Layout(size fyne.Size) {
	r.rows.scroll.Resize(size)
	r.rows.place(true)
}

// Refresh draws all rows again: their content, the theme or the size of the text is another.
func (r *rowsRenderer) Refresh() { r.rows.SetLength(r.rows.length) }

// rowsLayout gives the scroll the height of all rows. They are placed when it scrolls.
type rowsLayout struct{ rows *Rows }

func (l rowsLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32(l.rows.length)*l.rows.rowHeight())
}

func (rowsLayout) Layout([]fyne.CanvasObject, fyne.Size) {}
