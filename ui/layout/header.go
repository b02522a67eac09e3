package layout

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// HeaderLine puts logo, name and connection at the left and the rest at the right. If
// the line is too short it hides the name, then the logo, and then makes the
// connection narrower.
func HeaderLine(logo, name, connection fyne.CanvasObject, rest ...fyne.CanvasObject) *fyne.Container {
	return container.New(headerLine{}, append([]fyne.CanvasObject{logo, name, connection}, rest...)...)
}

type headerLine struct{}

// The order of the objects; those from headerRest are at the right.
const (
	headerLogo = iota
	headerName
	headerConnection
	headerRest
)

// connectionMin is the minimum width of the connection.
const connectionMin float32 = 110

func (headerLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		m := o.MinSize()
		size.Height = max(size.Height, m.Height)
		if i >= headerRest {
			size.Width += m.Width + theme.Near
		}
	}
	size.Width += connectionMin
	return size
}

func (headerLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	right := size.Width
	for _, o := range slices.Backward(objects[headerRest:]) {
		m := o.MinSize()
		right -= m.Width
		FitLine(o, right, m.Width, size.Height)
		right -= theme.Near
	}
	logo, name, connection := objects[headerLogo], objects[headerName], objects[headerConnection]
	logoWidth := logo.MinSize().Width + theme.Near
	nameWidth := name.MinSize().Width + theme.Near
	wanted := connection.MinSize().Width
	SetVisible(name, logoWidth+nameWidth+wanted <= right)
	SetVisible(logo, logoWidth+wanted <= right)
	var x float32
	for _, o := range []fyne.CanvasObject{logo, name} {
		if o.Visible() {
			FitLine(o, x, o.MinSize().Width, size.Height)
			x += o.MinSize().Width + theme.Near
		}
	}
	FitLine(connection, x, min(wanted, right-x), size.Height)
}
