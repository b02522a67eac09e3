package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// Title is the window's. It never holds anything of a connection.
const Title = "S2S Doctor"

// Sizes of the window, in Fyne's units.
const (
	defaultWidth, defaultHeight float32 = 1080, 760
	leastWidth, leastHeight     float32 = 720, 440
	// pageWidth is where the content stops growing: longer lines read badly.
	pageWidth float32 = 1360
)

// Window is the main window.
type Window struct {
	app  fyne.App
	win  fyne.Window
	deps Deps
	opts Options
	desk widgets.Desk

	header *header
	banner *sandboxBanner
	form   *formCard
	right  *fyne.Container // where the answer goes
	answer *answerPane     // nil until the first frame is there
	shelf  *shelf
	// consenting is the dialog of the consent page while it is open.
	consenting *consentDialog
	toasts     *widgets.Toasts
	content    *fyne.Container

	// languages are those that can be chosen; nil until that is known.
	languages []words.Language

	run    run
	ctx    context.Context // ends with the window
	cancel context.CancelFunc
}

// New makes the window; [Window.Show] shows it. It must be called on the
// goroutine of the window.
func New(app fyne.App, deps Deps, opts Options) *Window {
	w := &Window{app: app, deps: deps, opts: opts}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.desk = widgets.Desk{Copy: deps.Copy, Open: w.open, Later: deps.Later}
	w.useTheme(w.startTheme())
	w.speak()
	w.win = app.NewWindow(Title)
	w.win.SetMaster()
	w.win.SetPadded(false)

	w.toasts = widgets.NewToasts(w.desk)
	w.shelf = newShelf(w)
	w.header = newHeader(w)
	w.banner = newSandboxBanner(w)
	w.form = newFormCard(w)
	w.right = container.NewStack()
	page := widgets.Columns(w.form.object, w.right)
	w.content = container.NewStack(
		widgets.Frame(fyne.NewSize(leastWidth, leastHeight), w.header.object, w.banner.object, widgets.Limit(pageWidth, page)),
		w.toasts,
	)
	w.win.SetMainMenu(w.mainMenu())
	w.win.SetContent(w.content)
	w.win.Canvas().SetOnTypedKey(w.typedKey)
	w.win.SetOnDropped(w.dropped)
	w.win.SetCloseIntercept(w.Close)
	w.win.Resize(w.startSize())
	w.win.CenterOnScreen()
	return w
}

// Show shows the window, as far as a person needs it to begin, gives the first
// field the focus, and then makes the rest.
func (w *Window) Show() {
	w.win.Show()
	w.win.Canvas().Focus(w.form.environment.Entry)
	w.furnish()
}

// furnish makes what the first frame need not wait for.
func (w *Window) furnish() {
	w.answer = newAnswerPane(w)
	w.right.Add(w.answer.object.Area)
	w.form.changed()
	w.answer.forget()
	w.findLanguages()
	w.shelf.start(!w.opts.Sandbox)
	if w.opts.Sandbox {
		w.enterSandbox(w.opts.Scenario)
	}
}

// Native is Fyne's window, for whoever looks whether it could be made.
func (w *Window) Native() fyne.Window { return w.win }

// Close ends what is under way and closes the window. What is still to be
// written is written behind it.
func (w *Window) Close() {
	w.cancel()
	w.keepSize()
	w.win.Hide()
	w.shelf.close(w.win.Close)
}

// typedKey gets the keys that no control has a use for.
func (w *Window) typedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape {
		w.cancelTest()
	}
}

// busyElsewhere tells that a dialog is open: the menu's actions then wait.
func (w *Window) busyElsewhere() bool { return w.win.Canvas().Overlays().Top() != nil }

// open shows a page; when that fails the address is there to copy.
func (w *Window) open(url string) {
	if err := w.deps.OpenURL(url); err != nil {
		w.toasts.Say(widgets.Message{
			Text: words.L("The browser could not be opened. Copy the address and open it yourself."), Tone: widgets.Bad,
			Action: words.L("Copy address"), Do: func() { w.deps.Copy(url) },
		})
	}
}

// say shows a short message.
func (w *Window) say(text string, tone widgets.Tone) {
	w.toasts.Say(widgets.Message{Text: text, Tone: tone})
}
