package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// NewMenuButton returns a button that opens a menu below itself. menu is called each
// time.
func NewMenuButton(text string, kind Kind, menu func() *fyne.Menu) *Button {
	b := NewButton(text, kind, nil)
	b.Glyph, b.Trailing = theme.ChevronDown, true
	b.OnTapped = func() { openMenu(b, menu()) }
	return b
}

// NewMoreButton returns a menu button with three dots.
func NewMoreButton(name string, menu func() *fyne.Menu) *Button {
	b := NewIconButton(theme.More, name, nil)
	b.OnTapped = func() { openMenu(b, menu()) }
	return b
}

// opened is the menu that was opened last, for [Outline]: Fyne's own menus have no
// names for assistive technology.
var opened struct {
	menu   *fyne.Menu
	popUp  *widget.PopUpMenu
	canvas fyne.Canvas
}

func openMenu(b *Button, menu *fyne.Menu) {
	c := canvasOf(b)
	if c == nil || menu == nil || len(menu.Items) == 0 {
		return
	}
	opened.menu, opened.popUp, opened.canvas = menu, widget.NewPopUpMenu(menu, c), c
	below := fyne.NewPos(0, b.Size().Height+theme.Tight)
	// Fyne would move a menu that is too wide to the edge of the window.
	left := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).X
	if width := opened.popUp.MinSize().Width; left+width > c.Size().Width-theme.Small {
		below.X = max(b.Size().Width-width, -left)
	}
	opened.popUp.ShowAtRelativePosition(below, b)
}
