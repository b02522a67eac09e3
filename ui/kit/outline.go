package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Outline lets assistive technology find the controls of a window. Fyne 2.8 looks
// for them in plain containers only, so that whatever is in a card, in a dialog or
// in a scroll area would never be spoken of. Outline is a flat list of it all, in
// the order of reading, each at its place.
//
// The list is made when Fyne asks for it, which it does in programs that are built
// with the tag accessibility. It is never drawn, and no click hits it.
type Outline struct {
	// Object goes into the window's content, over the rest.
	Object *fyne.Container

	window fyne.Window
	list   *fyne.Container
}

// NewOutline makes the outline of a window, called by the window's name.
func NewOutline(window fyne.Window) *Outline {
	o := &Outline{window: window, list: container.NewWithoutLayout()}
	o.Object = container.NewWithoutLayout(&asked{o}, o.list)
	return o
}

// remake lists what can be read now: while a dialog is open, that is the dialog.
func (o *Outline) remake() {
	c := o.window.Canvas()
	root := c.Content()
	at := fyne.Position{}.Subtract(root.Position()) // the list is where the content is
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	o.list.Objects = nil
	o.walk(root, at)
	o.menu(at)
}

// menu lists the items of the menu that is open in this window.
func (o *Outline) menu(at fyne.Position) {
	if opened.popUp == nil || !opened.popUp.Visible() || opened.canvas != o.window.Canvas() {
		return
	}
	driver := fyne.CurrentApp().Driver()
	for i, object := range opened.popUp.Items {
		if item := opened.menu.Items[i]; !item.IsSeparator {
			o.list.Objects = append(o.list.Objects, &listed{menuItem{item}, driver.AbsolutePositionForObject(object).Add(at), object.Size()})
		}
	}
}

func (o *Outline) walk(object fyne.CanvasObject, at fyne.Position) {
	if object == nil || object == fyne.CanvasObject(o.Object) || !object.Visible() {
		return
	}
	at = at.Add(object.Position())
	if a, ok := object.(fyne.Accessible); ok && a.AccessibilityRole() != fyne.AccessibleRoleContainer && a.AccessibilityLabel() != "" {
		o.list.Objects = append(o.list.Objects, &listed{Accessible: a, at: at, size: object.Size()})
	}
	for _, inside := range within(object) {
		o.walk(inside, at)
	}
}

// listed stands in the outline for a control that is somewhere else.
type listed struct {
	fyne.Accessible
	at   fyne.Position
	size fyne.Size
}

func (l *listed) MinSize() fyne.Size      { return fyne.Size{} }
func (l *listed) Move(fyne.Position)      {}
func (l *listed) Position() fyne.Position { return l.at }
func (l *listed) Resize(fyne.Size)        {}
func (l *listed) Size() fyne.Size         { return l.size }
func (l *listed) Hide()                   {}
func (l *listed) Visible() bool           { return true }
func (l *listed) Show()                   {}
func (l *listed) Refresh()                {}

// asked comes right before the list in Fyne's walk, and has it made.
type asked struct{ outline *Outline }

// AccessibilityLabel is the window's title.
func (a *asked) AccessibilityLabel() string { return a.outline.window.Title() }

// AccessibilityRole is container, and has the list made.
func (a *asked) AccessibilityRole() fyne.AccessibleRole {
	a.outline.remake()
	return fyne.AccessibleRoleContainer
}

func (a *asked) MinSize() fyne.Size      { return fyne.Size{} }
func (a *asked) Move(fyne.Position)      {}
func (a *asked) Position() fyne.Position { return fyne.Position{} }
func (a *asked) Resize(fyne.Size)        {}
func (a *asked) Size() fyne.Size         { return fyne.Size{} }
func (a *asked) Hide()                   {}
func (a *asked) Visible() bool           { return true }
func (a *asked) Show()                   {}
func (a *asked) Refresh()                {}
