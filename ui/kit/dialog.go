package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Dialog is a card over the window. Esc closes it, Enter presses its default button.
type Dialog struct {
	widget.BaseWidget
	// Width is the preferred width; 0 is 520.
	Width float32
	// Head is above what scrolls, may be nil. Set it before the dialog opens.
	Head fyne.CanvasObject
	// KeepHeight keeps the dialog as high as it was, up to about eight rows: filtering
	// a list in it moves nothing else.
	KeepHeight bool
	// OnClose is called when the dialog closes, for any reason. May be nil.
	OnClose func()
	// Hold is called before Esc or a button closes the dialog. It returns true to keep
	// the dialog open, because the key has ended something else. May be nil.
	Hold func() bool

	title   *Text
	body    *fyne.Container
	scroll  *Scroll
	actions *fyne.Container
	press   func()
	canvas  fyne.Canvas
	before  func(*fyne.KeyEvent)
}

// Action is a button of a dialog.
type Action struct {
	Text string
	// Default is true for the action of Enter.
	Default bool
	// Stay keeps the dialog open.
	Stay bool
	// Danger is true for what cannot be undone.
	Danger bool
	Do     func()
}

// NewDialog returns a dialog; its actions are at the bottom right, in order.
func NewDialog(title string, body fyne.CanvasObject, actions ...Action) *Dialog {
	d := &Dialog{title: NewText(title, Style{Size: theme.SizeTitle, Bold: true})}
	d.body = layout.Inset(theme.Wide, theme.Hair, body)
	d.scroll = NewScroll(d.body)
	var buttons []fyne.CanvasObject
	for _, a := range actions {
		kind := Secondary
		do := func() {
			if !a.Stay && !d.dismiss() {
				return
			}
			if a.Do != nil {
				a.Do()
			}
		}
		if a.Default {
			kind, d.press = Primary, do
		}
		if a.Danger {
			kind = Danger
		}
		buttons = append(buttons, NewButton(a.Text, kind, do))
	}
	d.actions = layout.FlowEnd(theme.Small, buttons...)
	d.ExtendBaseWidget(d)
	return d
}

// Open shows the dialog and focuses first, or the default button if first is nil.
func (d *Dialog) Open(c fyne.Canvas, first fyne.Focusable) {
	d.canvas, d.before = c, c.OnTypedKey()
	c.SetOnTypedKey(d.key)
	c.Overlays().Add(d)
	d.Resize(c.Size())
	if first != nil {
		c.Focus(first)
		return
	}
	for _, o := range d.actions.Objects {
		if b, ok := o.(*Button); ok && (b.Kind == Primary || d.press == nil) {
			c.Focus(b)
			return
		}
	}
}

// Close removes the dialog and restores the key handler of the window.
func (d *Dialog) Close() {
	if d.canvas == nil {
		return
	}
	d.canvas.SetOnTypedKey(d.before)
	d.canvas.Overlays().Remove(d)
	d.canvas = nil
	if d.OnClose != nil {
		d.OnClose()
	}
}

// dismiss closes the dialog unless Hold keeps it open, and reports whether it did.
func (d *Dialog) dismiss() bool {
	if d.Hold != nil && d.Hold() {
		return false
	}
	d.Close()
	return true
}

// Rename changes the text of an action; 0 is the first.
func (d *Dialog) Rename(action int, text string) {
	d.Button(action).SetText(text)
	d.actions.Refresh()
}

// Button returns the button of an action; 0 is the first. After a change of what it
// shows [Dialog.Refresh] lays the dialog out again.
func (d *Dialog) Button(action int) *Button { return d.actions.Objects[action].(*Button) }

// Top scrolls to the beginning of the body.
func (d *Dialog) Top() { d.scroll.Top() }

// Reveal scrolls to an object in the body.
func (d *Dialog) Reveal(o fyne.CanvasObject) { d.scroll.Reveal(o) }

// Press does the default action, for entries in the dialog.
func (d *Dialog) Press() {
	if d.press != nil && d.pressable() {
		d.press()
	}
}

// pressable reports whether the default action can be pressed now.
func (d *Dialog) pressable() bool {
	for _, o := range d.actions.Objects {
		if b, ok := o.(*Button); ok && b.Kind == Primary {
			return b.Visible() && !b.Disabled()
		}
	}
	return true
}

// pressDefault presses the default button of the dialog that o is in, and reports
// whether it is in one.
func pressDefault(o fyne.CanvasObject) bool {
	c := canvasOf(o)
	if c == nil {
		return false
	}
	d, ok := c.Overlays().Top().(*Dialog)
	if ok {
		d.Press()
	}
	return ok
}

// Refresh draws the dialog again.
func (d *Dialog) Refresh() {
	d.BaseWidget.Refresh()
	d.keepFocus()
}

// keepFocus moves the focus to the last button but the default one if what has it is no
// longer shown: keys would go to where nothing is to be seen.
func (d *Dialog) keepFocus() {
	if d.canvas == nil || d.canvas.Overlays().Top() != fyne.CanvasObject(d) {
		return
	}
	focused, ok := d.canvas.Focused().(fyne.CanvasObject)
	if !ok || shows(d, focused) {
		return
	}
	for _, o := range slices.Backward(d.actions.Objects) {
		if b := o.(*Button); b.Visible() && !b.Disabled() && b.Kind != Primary {
			d.canvas.Focus(b)
			return
		}
	}
}

// shows reports whether o is in a tree and neither it nor what it is in is hidden.
func shows(tree, o fyne.CanvasObject) bool {
	return tree != nil && tree.Visible() && (tree == o || slices.ContainsFunc(children(tree), func(inside fyne.CanvasObject) bool { return shows(inside, o) }))
}

func (d *Dialog) key(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		d.dismiss()
	case fyne.KeyReturn, fyne.KeyEnter:
		d.Press()
	}
}

// Tapped keeps clicks from the window below.
func (d *Dialog) Tapped(*fyne.PointEvent) {}

// AccessibilityLabel returns the title.
func (d *Dialog) AccessibilityLabel() string { return d.title.Text() }

// AccessibilityRole returns container.
func (d *Dialog) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer returns the renderer.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	r := &dialogRenderer{dialog: d, scrim: canvas.NewRectangle(transparent), card: box(theme.CardRadius)}
	r.objects = []fyne.CanvasObject{r.scrim, r.card, d.title, d.scroll.Object, d.actions}
	if d.Head != nil { // the Tab key goes in this order
		r.objects = slices.Insert(r.objects, 3, d.Head)
	}
	r.Refresh()
	return r
}

type dialogRenderer struct {
	baseRenderer
	dialog      *Dialog
	scrim, card *canvas.Rectangle
	highest     float32 // the maximum height of the body so far
}

// listHeight is the maximum height of the body with KeepHeight: about eight rows.
const listHeight float32 = 420

func (r *dialogRenderer) MinSize() fyne.Size { return fyne.NewSize(320, 200) }

func (r *dialogRenderer) Layout(size fyne.Size) {
	d := r.dialog
	r.scrim.Resize(size)
	width := d.Width
	if width == 0 {
		width = 520
	}
	edge, space := dialogSpaces(size)
	width = max(width, layout.FlowWidth(d.actions)+2*theme.Wide)
	width = min(width, size.Width-2*edge)
	title := layout.Fit(d.title, width-2*theme.Wide)
	actions := layout.Fit(d.actions, width-2*theme.Wide)
	body := layout.Fit(d.body, width)
	if d.KeepHeight {
		r.highest = max(r.highest, min(body, listHeight*theme.Em()))
		body = r.highest
	}
	var head float32
	if d.Head != nil {
		head = layout.Fit(d.Head, width-2*theme.Wide) + theme.Small
	}
	frame := space + title + min(space, theme.Space) + head + space + actions + space
	body = max(min(body, size.Height-frame-2*edge), 0)
	card := fyne.NewSize(width, frame+body)
	at := fyne.NewPos((size.Width-card.Width)/2, max((size.Height-card.Height)*0.4, edge))
	r.card.Move(at)
	r.card.Resize(card)
	y := at.Y + space
	d.title.Move(fyne.NewPos(at.X+theme.Wide, y))
	y += title + min(space, theme.Space)
	if d.Head != nil {
		d.Head.Move(fyne.NewPos(at.X+theme.Wide, y))
		y += head
	}
	d.scroll.Area.Move(fyne.NewPos(at.X, y))
	d.scroll.Area.Resize(fyne.NewSize(width, body))
	y += body + space
	d.actions.Move(fyne.NewPos(at.X+theme.Wide, y))
}

// dialogLow is the height of a window below which a dialog has small margins.
const dialogLow float32 = 400

// dialogSpaces returns the margin around a dialog and the space between its parts.
func dialogSpaces(window fyne.Size) (edge, space float32) {
	if window.Height < dialogLow {
		return theme.Small, theme.Near
	}
	return theme.Space, theme.Wide
}

func (r *dialogRenderer) Refresh() {
	r.scrim.FillColor = fynetheme.Color(theme.Scrim)
	r.scrim.Refresh()
	paint(r.card, theme.Surface, theme.Border)
	r.dialog.title.Refresh()
	if r.dialog.Head != nil {
		r.dialog.Head.Refresh()
	}
	r.dialog.body.Refresh()
	r.dialog.actions.Refresh()
	r.Layout(r.dialog.Size())
	r.dialog.scroll.Area.Refresh() // the scroll bar, if only the content has changed
	canvas.Refresh(r.dialog)
}

// SetDefault changes the text of the default action and whether it can be pressed; an
// empty text takes it away.
func (d *Dialog) SetDefault(text string, enabled bool) {
	for _, o := range d.actions.Objects {
		b, ok := o.(*Button)
		if !ok || b.Kind != Primary {
			continue
		}
		b.Hidden = text == ""
		if text != "" {
			b.SetText(text)
		}
		if enabled {
			b.Enable()
		} else {
			b.Disable()
		}
		d.actions.Refresh()
	}
}
