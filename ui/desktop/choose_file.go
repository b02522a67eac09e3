package desktop

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"
)

// FileRequest is a question for a file or a folder.
type FileRequest struct {
	// Title is the title of the dialog.
	Title string
	// Kind is the name of the filter for Endings, All the name of the filter for
	// every file.
	Kind, All string
	// Endings are the usual file name endings, such as ".pem"; nil for any.
	Endings []string
	// Folder asks for a folder; Kind, All and Endings are then unused.
	Folder bool
}

// ChooseFile shows the system's file dialog, which belongs to the window where the
// system allows that, and returns the chosen path, or "" if the dialog was cancelled
// or ctx ended. On Linux the dialog is a program, zenity or a compatible one: the
// error is that of starting it.
func (w *Window) ChooseFile(ctx context.Context, request FileRequest) (string, error) {
	options := append([]zenity.Option{zenity.Context(ctx), zenity.Title(request.Title)}, w.owner()...)
	if request.Folder {
		options = append(options, zenity.Directory())
	} else if len(request.Endings) > 0 {
		patterns := make([]string, len(request.Endings))
		for i, ending := range request.Endings {
			patterns[i] = "*" + ending
		}
		options = append(options,
			zenity.FileFilter{Name: request.Kind, Patterns: patterns, CaseFold: true},
			zenity.FileFilter{Name: request.All, Patterns: []string{"*"}},
		)
	}
	path, err := zenity.SelectFile(options...)
	if ctx.Err() != nil || errors.Is(err, zenity.ErrCanceled) {
		return "", nil
	}
	return path, err
}

// owner returns the options that make a dialog belong to the window. macOS would ask
// the user for permission to control another program, so the dialog has no owner
// there; Wayland has no such relation.
func (w *Window) owner() []zenity.Option {
	switch c := w.context.(type) {
	case driver.X11WindowContext:
		return []zenity.Option{zenity.Attach(int(c.WindowHandle)), zenity.Modal()}
	case driver.WindowsWindowContext:
		return []zenity.Option{zenity.Attach(c.HWND)}
	}
	return nil
}
