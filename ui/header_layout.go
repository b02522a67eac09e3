package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// headerLine puts what belongs to the connection on the left and the rest on the
// right. Where there is no room, our own name goes first, then the logo, and then
// the connection's name is shortened.
type headerLine struct{}

// The order of the objects; the rest stands on the right.
const (
	headerLogo = iota
	headerName
	headerConnection
	headerRest
)

// connectionLeast is how short the name of the connection may become.
const connectionLeast float32 = 110

func (headerLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		m := o.MinSize()
		size.Height = max(size.Height, m.Height)
		if i >= headerRest {
			size.Width += m.Width + theme.Near
		}
	}
	size.Width += connectionLeast
	return size
}

func (l headerLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	right := size.Width
	for _, o := range slices.Backward(objects[headerRest:]) {
		m := o.MinSize()
		right -= m.Width
		middle(o, right, m.Width, size.Height)
		right -= theme.Near
	}
	logo, name, connection := objects[headerLogo], objects[headerName], objects[headerConnection]
	marks := logo.MinSize().Width + theme.Near
	words := name.MinSize().Width + theme.Near
	wish := connection.MinSize().Width
	seen(name, marks+words+wish <= right)
	seen(logo, marks+wish <= right)
	var x float32
	for _, o := range []fyne.CanvasObject{logo, name} {
		if o.Visible() {
			middle(o, x, o.MinSize().Width, size.Height)
			x += o.MinSize().Width + theme.Near
		}
	}
	middle(connection, x, min(wish, right-x), size.Height)
}
