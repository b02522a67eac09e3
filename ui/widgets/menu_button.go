package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"s2sdoctor/ui/look"
)

// NewMenuButton makes a button that opens a menu below itself. The menu is made
// each time.
func NewMenuButton(text string, kind Kind, menu func() *fyne.Menu) *Button {
	b := NewButton(text, kind, nil)
	b.Glyph, b.Trailing = look.ChevronDown, true
	b.OnTapped = func() { openMenu(b, menu()) }
	return b
}

// NewMoreButton is a menu button that shows three dots.
func NewMoreButton(name string, menu func() *fyne.Menu) *Button {
	b := NewIconButton(look.More, name, nil)
	b.OnTapped = func() { openMenu(b, menu()) }
	return b
}

func openMenu(b *Button, menu *fyne.Menu) {
	c := canvasOf(b)
	if c == nil || menu == nil || len(menu.Items) == 0 {
		return
	}
	widget.ShowPopUpMenuAtRelativePosition(menu, c, fyne.NewPos(0, b.Size().Height+look.Tight), b)
}
