package main

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"

	"github.com/s2sdoctor/s2sdoctor/ui"
)

// handle is our window as the system has it; its zero value is none.
type handle struct {
	window  fyne.Window
	context any // what the driver calls it, once it is there
	//lint:ignore U1000 used where the driver is: in place_glfw.go
	fills bool // it was maximised the last time
}

// take is called when the window is there, on its goroutine.
func (h *handle) take() {
	if native, ok := h.window.(driver.NativeWindow); ok {
		native.RunNative(func(context any) { h.context = context })
	}
}

// chooseFile asks with the system's own dialog, which belongs to our window where
// the system allows that. On Linux it is a program, zenity or one of its kin; where
// there is none, or it fails, the error says so.
func (h *handle) chooseFile(ctx context.Context, ask ui.FileChoice) (string, error) {
	if ask.Folder {
		path, err := zenity.SelectFile(append([]zenity.Option{zenity.Context(ctx), zenity.Title(ask.Title), zenity.Directory()}, h.owner()...)...)
		return chosen(ctx, path, err)
	}
	patterns := make([]string, len(ask.Endings))
	for i, ending := range ask.Endings {
		patterns[i] = "*" + ending
	}
	options := []zenity.Option{
		zenity.Context(ctx),
		zenity.Title(ask.Title),
		zenity.FileFilter{Name: ask.Kind, Patterns: patterns, CaseFold: true},
		zenity.FileFilter{Name: ask.All, Patterns: []string{"*"}},
	}
	path, err := zenity.SelectFile(append(options, h.owner()...)...)
	return chosen(ctx, path, err)
}

// chosen makes nothing chosen of a dialog that was cancelled.
func chosen(ctx context.Context, path string, err error) (string, error) {
	if ctx.Err() != nil || errors.Is(err, zenity.ErrCanceled) {
		return "", nil
	}
	return path, err
}

// owner makes the dialog one of our window. On macOS that would ask the person for
// leave to drive another program, so there it stands alone; on Wayland nobody can.
func (h *handle) owner() []zenity.Option {
	switch c := h.context.(type) {
	case driver.X11WindowContext:
		return []zenity.Option{zenity.Attach(int(c.WindowHandle)), zenity.Modal()}
	case driver.WindowsWindowContext:
		return []zenity.Option{zenity.Attach(c.HWND)}
	}
	return nil
}
