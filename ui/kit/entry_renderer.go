package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// CreateRenderer wraps Fyne's renderer.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer()}
	if !e.MultiLine {
		r.replaceScroll()
	}
	return r
}

// entryRenderer draws an entry of one line without the scroll bar and the shadows that
// Fyne draws over a text which is longer than the entry. Fyne's scroll still moves the
// text to the caret, but a clip is drawn in its place, which does not stop the mouse
// wheel either. A theme without these colours would cost more: Fyne loads its fonts again
// for every object with a theme of its own.
type entryRenderer struct {
	fyne.WidgetRenderer
	scroll  *container.Scroll
	clip    *container.Clip // nil in an entry of several lines
	objects []fyne.CanvasObject
}

func (r *entryRenderer) replaceScroll() {
	objects := r.WidgetRenderer.Objects()
	for i, o := range objects {
		if scroll, ok := o.(*container.Scroll); ok {
			r.scroll = scroll
			r.clip = container.NewClip(container.NewWithoutLayout(scroll.Content))
			r.objects = slices.Clone(objects)
			r.objects[i] = r.clip
		}
	}
}

// Objects returns Fyne's objects, with the clip in the place of the scroll.
func (r *entryRenderer) Objects() []fyne.CanvasObject {
	if r.clip == nil {
		return r.WidgetRenderer.Objects()
	}
	return r.objects
}

func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.placeClip()
}

func (r *entryRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.placeClip()
}

func (r *entryRenderer) placeClip() {
	if r.clip != nil {
		r.clip.Move(r.scroll.Position())
		r.clip.Resize(r.scroll.Size())
		r.clip.Content.Resize(r.scroll.Size().Max(r.clip.Content.MinSize()))
	}
}
