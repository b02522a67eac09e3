package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Group is a container that Fyne's own search for controls does not look into: with
// [Outline] it would find them twice.
type Group struct {
	widget.BaseWidget
	content *fyne.Container
}

// NewGroup returns a group of the objects in a container.
func NewGroup(content *fyne.Container) *Group {
	g := &Group{content: content}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer returns the renderer.
func (g *Group) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.content) }
