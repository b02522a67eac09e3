package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/compare"
	"github.com/s2sdoctor/s2sdoctor/ui/connections"
	"github.com/s2sdoctor/s2sdoctor/ui/consent"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/form"
	"github.com/s2sdoctor/s2sdoctor/ui/guide"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/overview"
	"github.com/s2sdoctor/s2sdoctor/ui/result"
	"github.com/s2sdoctor/s2sdoctor/ui/sandboxbar"
	"github.com/s2sdoctor/s2sdoctor/ui/setup"
	"github.com/s2sdoctor/s2sdoctor/ui/share"
)

// Title is the window's title. It contains nothing about a connection.
const Title = "S2S Doctor"

// Sizes of the window, in Fyne's units.
const (
	defaultWidth, defaultHeight float32 = 1080, 760
	// The minimum fits a window of 900 × 600 pixels at 200 %, less its frame and menu.
	leastWidth, leastHeight float32 = 440, 240
	// pageWidth is the largest width of the content: longer lines are hard to read.
	pageWidth float32 = 1360
)

// afterFirstPicture is the delay of work that would slow down the first picture: both
// need the processor, and a computer without a graphics card draws with it.
const afterFirstPicture = 200 * time.Millisecond

// Window is the main window.
type Window struct {
	app  fyne.App
	win  fyne.Window
	deps Deps
	opts Options
	desk kit.Env

	header *header
	banner *sandboxbar.Bar
	page   *kit.Page
	share  *share.Screen
	form   *form.Screen
	result *result.Screen
	// connections is the title in the header, and the dialogs about saved connections.
	connections *connections.Screen
	// overview is nil before it is opened for the first time.
	overview *overview.Screen
	// compare is nil before it is opened for the first time.
	compare *compare.Screen
	body    *fyne.Container // the page, and the overview or the comparison in its place
	shown   inPlace
	toasts  *kit.Toasts
	content *fyne.Container

	// languages are the languages to choose from; nil until they are known.
	languages []i18n.Language

	session     *session.Session
	choosing    bool   // a file dialog is open
	fontsLoaded func() // waits for Deps.LoadFonts; nil without it

	ctx    context.Context // ends with the window
	cancel context.CancelFunc
}

// New creates the window; [Window.Show] shows it. It must be called on the window's
// goroutine.
func New(app fyne.App, deps Deps, opts Options) *Window {
	w := &Window{app: app, deps: deps, opts: opts}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.desk = kit.Env{Copy: deps.Copy, Open: w.open, Later: deps.Later}
	w.useTheme(w.startTheme())
	if deps.LoadFonts != nil {
		w.fontsLoaded = deps.LoadFonts()
	}
	w.setLanguage()
	w.session = w.newSession()
	w.win = app.NewWindow(Title)
	w.win.SetMaster()
	w.win.SetPadded(false)

	w.win.Resize(w.startSize())
	w.content = container.NewStack()
	w.win.SetContent(w.content)
	w.win.SetCloseIntercept(w.Close)
	return w
}

// Show shows the window. Its first frame is empty, because the content would delay it:
// begin creates the content when Fyne's loop runs, without waiting for its next tick.
func (w *Window) Show() {
	w.restorePosition()
	w.win.Show()
	if w.fontsLoaded != nil {
		w.fontsLoaded() // before the loop, which clears the fonts when the system's theme changes
	}
	if w.deps.Started == nil {
		w.begin()
		return
	}
	w.deps.Started(w.begin)
}

// begin creates the content, moves the focus to the first field, and starts the
// session.
func (w *Window) begin() {
	w.buildContent()
	w.form.Focus()
	w.session.Start(!w.opts.Sandbox)
	w.deps.Later(afterFirstPicture, func() {
		w.findLanguages()
		w.offerCrashNotes()
	})
	if w.opts.Sandbox {
		w.session.EnterSandbox(w.opts.Scenario)
	}
}

// buildContent creates the menu and the widgets, and hands them the keys and files.
func (w *Window) buildContent() {
	w.win.SetMainMenu(w.mainMenu())
	w.toasts = kit.NewToasts(w.desk)
	w.connections = connections.New(w.session, w.win.Canvas(), w.connectionMenu)
	w.header = newHeader(w)
	w.banner = sandboxbar.New(w.session, pageWidth, w.deps.Do, w.content.Refresh)
	w.page = kit.NewPage(pageWidth)
	w.form = form.New(w.session, w.formEnv())
	w.share = share.New(w.session, w.shareEnv())
	w.result = result.New(w.session, w.resultEnv())
	w.page.SetPanes(w.banner.Note, w.form.Object, w.result.Object.Object)
	w.body = container.NewStack(w.page.Object)
	consent.New(w.session, w.desk, w.win.Canvas(), w.request)
	setup.New(w.session, w.setupEnv())
	w.session.Look()
	w.session.Observe(w.draw)
	w.win.Canvas().SetOnTypedKey(w.typedKey)
	w.addEqualKey()
	w.win.SetOnDropped(w.dropped)
	w.content.Add(layout.Frame(fyne.NewSize(leastWidth, leastHeight), w.header.object, w.banner.Object, w.body))
	w.content.Add(w.toasts)
	w.content.Add(kit.NewOutline(w.win).Object)
	canvas.Refresh(w.content)
}

// draw shows a state of the session.
func (w *Window) draw(s session.State) {
	w.form.Draw(s)
	w.result.Draw(s)
	w.drawOverview(s)
	if i := slices.Index(paths, s.Guide.Path); i != w.header.path.Chosen() {
		w.header.path.Set(i)
	}
}

// formEnv returns the environment of the form.
func (w *Window) formEnv() form.Env {
	env := form.Env{Env: w.desk, Page: w.page, Canvas: w.win.Canvas(), Paste: w.pasteConnection, SetUp: w.session.OpenSetup}
	env.Certificate = form.Chooser{Title: certificateChoice().Title, Ask: func(use func(string)) { w.choose(certificateChoice(), use) }}
	env.Key = form.Chooser{Title: keyChoice().Title, Ask: func(use func(string)) { w.choose(keyChoice(), use) }}
	env.Token = form.Chooser{Title: tokenChoice().Title, Ask: func(use func(string)) { w.choose(tokenChoice(), use) }}
	if w.deps.Browsers != nil {
		env.Consent = w.session.OpenConsent
	}
	return env
}

// setupEnv returns the environment of the set-up.
func (w *Window) setupEnv() setup.Env {
	return setup.Env{
		Env: w.desk, Canvas: w.win.Canvas(),
		ChooseFolder: func(title string, use func(string)) { w.choose(FileChoice{Title: title, Folder: true}, use) },
		Copied:       func(what string) { w.say(i18n.F("Copied: {{.What}}", i18n.V{"What": what}), kit.Good) },
	}
}

// resultEnv returns the environment of the result.
func (w *Window) resultEnv() result.Env {
	env := result.Env{
		Env: w.desk, Page: w.page, Canvas: w.win.Canvas(), Paste: w.pasteConnection,
		Card: w.share.Card, Support: w.share.Support,
		FocusTest: w.form.FocusTest, Tell: w.say, SavesRecords: w.deps.SaveRecord != nil,
		ChooseFolder: w.chooseFolder,
		Guide: func(relayout func(), reveal func(fyne.CanvasObject)) result.Guide {
			list := guide.New(w.session, w.desk, finding.Pane{
				Relayout: relayout, Reveal: reveal,
				Copied: func(what string) { w.say(i18n.F("Copied: {{.What}}", i18n.V{"What": what}), kit.Good) },
			})
			return result.Guide{Object: list.Object, Summary: list.Summary}
		},
	}
	if w.deps.OpenSandbox != nil {
		env.Practise = func() { w.session.EnterSandbox("") }
	}
	return env
}

// shareEnv returns the environment of the dialogs that share texts with others.
func (w *Window) shareEnv() share.Env {
	env := share.Env{Env: w.desk, Canvas: w.win.Canvas()}
	if w.deps.SaveText != nil {
		env.ChooseFolder = w.chooseFolder
	}
	return env
}

func (w *Window) chooseFolder(title string, use func(path string)) {
	w.choose(FileChoice{Title: title, Folder: true}, use)
}

// request returns the text that asks the owner of a failed consent to act.
func (w *Window) request(c exam.Result, about exam.Subject) string {
	return result.Request(c, exam.Report{Connection: about})
}

// Native returns Fyne's window, for the caller that checks whether it could be created.
func (w *Window) Native() fyne.Window { return w.win }

// Close closes the window. If typed values would be lost, it asks first, and the user may
// stay.
func (w *Window) Close() { w.session.CloseWindow() }

// close ends the work under way and closes the window. Pending writes continue in the
// background: see [Window.Finish].
func (w *Window) close() {
	w.deps.Closing()
	w.cancel()
	w.session.Close()
	w.saveGeometry()
	w.win.Hide()
	w.deps.Closed()
}

// Finish ends the work under way and waits until all requested writes are done. When ctx
// ends, writing is cancelled. It can be called on any goroutine after [Window.Show] has
// returned, and needs no running window.
func (w *Window) Finish(ctx context.Context) {
	w.cancel()
	w.session.Finish(ctx)
}

// typedKey handles the keys that no control uses.
func (w *Window) typedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		switch s := w.session.State(); {
		case s.Comparison.Open:
			w.compare.Escape()
		case s.Overview.Open:
			w.overview.Escape()
		case s.Examination.Active:
			w.session.Cancel()
		default:
			w.toasts.Dismiss()
		}
	case fyne.KeyF1: // Fyne's menu takes no key without Ctrl or ⌘
		w.openDocumentation()
	}
}

// busyElsewhere reports whether a dialog is open. The menu's commands do not run then.
func (w *Window) busyElsewhere() bool { return w.win.Canvas().Overlays().Top() != nil }

// open shows a page in the browser. If that fails, the window offers the address to copy.
func (w *Window) open(url string) {
	if err := w.deps.OpenURL(url); err != nil {
		w.unopened(url)
	}
}

// unopened reports that the browser does not open, with the address.
func (w *Window) unopened(address string) {
	w.toasts.Add(kit.Message{
		Text: i18n.L("The browser could not be opened. Copy the address and open it yourself."), Tone: kit.Bad,
		Action: i18n.L("Copy address"), Do: func() { w.deps.Copy(address) },
	})
}

// say shows a short message.
func (w *Window) say(text string, tone kit.Tone) {
	w.toasts.Add(kit.Message{Text: text, Tone: tone})
}

// pasteConnection fills the form from the clipboard.
func (w *Window) pasteConnection() { w.session.Paste(w.app.Clipboard().Content()) }
