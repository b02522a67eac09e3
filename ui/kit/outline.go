package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Outline lets assistive technology find the controls of a window. Fyne 2.8 searches
// plain containers only: it does not find what is in a card, a dialog or a scroll area.
// Outline is a flat list of all controls in reading order, with their positions.
//
// The list is created when Fyne asks for it, in programs that are built with the tag
// accessibility. It is not drawn and receives no clicks.
type Outline struct {
	// Object is put into the window's content, over the rest.
	Object *fyne.Container

	window fyne.Window
	list   *fyne.Container
}

// NewOutline returns the outline of a window.
func NewOutline(window fyne.Window) *Outline {
	o := &Outline{window: window, list: container.NewWithoutLayout()}
	o.Object = container.NewWithoutLayout(&outlineTrigger{o}, o.list)
	return o
}

// remake lists what can be read now: only the dialog while one is open.
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

// menu adds the items of the menu that is open in this window.
func (o *Outline) menu(at fyne.Position) {
	if opened.popUp == nil || !opened.popUp.Visible() || opened.canvas != o.window.Canvas() {
		return
	}
	driver := fyne.CurrentApp().Driver()
	for i, object := range opened.popUp.Items {
		if item := opened.menu.Items[i]; !item.IsSeparator {
			o.list.Objects = append(o.list.Objects, &outlineEntry{menuItem{item}, driver.AbsolutePositionForObject(object).Add(at), object.Size()})
		}
	}
}

func (o *Outline) walk(object fyne.CanvasObject, at fyne.Position) {
	if object == nil || object == fyne.CanvasObject(o.Object) || !object.Visible() {
		return
	}
	at = at.Add(object.Position())
	if a, ok := object.(fyne.Accessible); ok && a.AccessibilityRole() != fyne.AccessibleRoleContainer && a.AccessibilityLabel() != "" {
		o.list.Objects = append(o.list.Objects, &outlineEntry{Accessible: a, at: at, size: object.Size()})
	}
	for _, inside := range children(object) {
		o.walk(inside, at)
	}
}

// outlineEntry represents a control in the outline.
type outlineEntry struct {
	fyne.Accessible
	at   fyne.Position
	size fyne.Size
}

func (l *outlineEntry) MinSize() fyne.Size      { return fyne.Size{} }
func (l *outlineEntry) Move(fyne.Position)      {}
func (l *outlineEntry) Position() fyne.Position { return l.at }
func (l *outlineEntry) Resize(fyne.Size)        {}
func (l *outlineEntry) Size() fyne.Size         { return l.size }
func (l *outlineEntry) Hide()                   {}
func (l *outlineEntry) Visible() bool           { return true }
func (l *outlineEntry) Show()                   {}
func (l *outlineEntry) Refresh()                {}

// outlineTrigger precedes the list in Fyne's walk, and creates it.
type outlineTrigger struct{ outline *Outline }

// AccessibilityLabel returns the window's title.
func (a *outlineTrigger) AccessibilityLabel() string { return a.outline.window.Title() }

// AccessibilityRole creates the list and returns container.
func (a *outlineTrigger) AccessibilityRole() fyne.AccessibleRole {
	a.outline.remake()
	return fyne.AccessibleRoleContainer
}

func (a *outlineTrigger) MinSize() fyne.Size      { return fyne.Size{} }
func (a *outlineTrigger) Move(fyne.Position)      {}
func (a *outlineTrigger) Position() fyne.Position { return fyne.Position{} }
func (a *outlineTrigger) Resize(fyne.Size)        {}
func (a *outlineTrigger) Size() fyne.Size         { return fyne.Size{} }
func (a *outlineTrigger) Hide()                   {}
func (a *outlineTrigger) Visible() bool           { return true }
func (a *outlineTrigger) Show()                   {}
func (a *outlineTrigger) Refresh()                {}
