package uitest

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// NewApp returns an application for one test, as [test.NewTempApp] does, with its own
// settings, preferences and clipboard, and closes its windows at the end. The
// applications of a process share a driver, and with it Fyne's fonts and text sizes:
// loading these takes longer than most tests. A test that compares pixels needs
// [test.NewTempApp], because Fyne also caches icons by name, without their colour.
func NewApp(t *testing.T) fyne.App {
	before := fyne.CurrentApp()
	if shared == nil {
		shared = test.NewApp()
	}
	a := &app{App: shared, preferences: &preferences{values: map[string]any{}}, clipboard: test.NewClipboard()}
	a.settings = &settings{Settings: shared.Settings(), app: a, theme: shared.Settings().Theme()}
	fyne.SetCurrentApp(a)
	others := slices.Clone(a.Driver().AllWindows())
	t.Cleanup(func() {
		for _, w := range slices.Clone(a.Driver().AllWindows()) {
			if !slices.Contains(others, w) {
				w.Close()
			}
		}
		fyne.SetCurrentApp(before)
	})
	return a
}

// shared is the application that holds what all applications share.
var shared fyne.App

type app struct {
	fyne.App
	settings    *settings
	preferences *preferences
	clipboard   fyne.Clipboard
}

func (a *app) Settings() fyne.Settings       { return a.settings }
func (a *app) Preferences() fyne.Preferences { return a.preferences }
func (a *app) Clipboard() fyne.Clipboard     { return a.clipboard }

// settings are Fyne's settings with a different theme.
type settings struct {
	fyne.Settings
	app   *app
	theme fyne.Theme
}

func (s *settings) Theme() fyne.Theme { return s.theme }

// SetTheme shows the windows in a theme with the same fonts.
func (s *settings) SetTheme(theme fyne.Theme) {
	s.theme = theme
	for _, w := range s.app.Driver().AllWindows() {
		for _, root := range roots(w.Canvas()) {
			update(root)
		}
	}
}

// update shows an object in a new theme, as Fyne does.
func update(o fyne.CanvasObject) {
	switch o := o.(type) {
	case fyne.Widget:
		renderer := test.WidgetRenderer(o)
		for _, part := range renderer.Objects() {
			update(part)
		}
		renderer.Layout(o.Size())
	case *fyne.Container:
		for _, part := range o.Objects {
			update(part)
		}
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
	}
	o.Refresh()
}

func roots(c fyne.Canvas) []fyne.CanvasObject {
	all := c.Overlays().List()
	if c.Content() != nil {
		all = append([]fyne.CanvasObject{c.Content()}, all...)
	}
	return all
}

// preferences are stored in memory. Only the types that the window uses are implemented.
type preferences struct {
	fyne.Preferences // nil
	values           map[string]any
}

func (p *preferences) String(key string) string { s, _ := p.values[key].(string); return s }
func (p *preferences) Int(key string) int       { n, _ := p.values[key].(int); return n }
func (p *preferences) SetString(key, s string)  { p.values[key] = s }
func (p *preferences) SetInt(key string, n int) { p.values[key] = n }
func (p *preferences) RemoveValue(key string)   { delete(p.values, key) }
