// Package ui is the window, with Fyne as its only toolkit.
//
// It never blocks while it waits for a result, shows all evidence, works without a mouse,
// and makes no decisions: results come in through [Deps], and the package itself sends no
// request, opens no file and starts no program. A secret is only in its entry and in a
// secret.Value, never in a title, a message or a setting.
package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Deps is everything that the window uses of the system and of other packages. If a field
// may be nil, its comment states it; the window then does not offer the function.
type Deps struct {
	// Doctor examines connections in Microsoft's clouds.
	Doctor session.Doctor
	// Browsers shows the consent page; nil if the page is not offered.
	Browsers session.Browsers
	// OpenSandbox starts the practice tenant, which can play Scenarios; nil if it is not
	// offered.
	OpenSandbox func() (session.SandboxServer, error)
	Scenarios   []session.Scenario
	// Store saves connections; nil if nothing can be saved.
	Store session.Store
	// Rotator makes new certificates for saved connections; may be nil.
	Rotator session.Rotator
	// CertificateStore is true if the Windows certificate store is available.
	CertificateStore bool

	// CanShow reports whether the computer has letters for a language; nil means that it
	// has them for every language. It may read files, so the window calls it in a
	// separate goroutine.
	CanShow func(language string) bool

	// Place returns the position of the window, or false. PutAt shows a window of a size
	// at a position, and returns false if the position is on no screen. Both may be nil.
	Place func() (Place, bool)
	PutAt func(p Place, size fyne.Size) bool

	// ChooseFile asks for a file with the system's dialog, and blocks until the dialog is
	// closed or ctx ends. path is "" if the user cancels. On an error, or if ChooseFile
	// is nil, the system has no such dialog and the window asks with Fyne's dialog.
	ChooseFile func(ctx context.Context, ask FileChoice) (path string, err error)

	// SaveRecord writes the files of a record into a new folder of the given name in
	// parent, all or none, and returns its path. It blocks for a moment. May be nil.
	SaveRecord func(parent, name string, files record.Files) (path string, err error)

	// SaveText writes a text into a new file in folder, and returns its path: the file
	// name gets a number if the name exists. It blocks for a moment. May be nil.
	SaveText func(folder, name, content string) (path string, err error)

	// Program identifies this program and its platform in a support report.
	Program support.Program

	// Documentation shows the documents in the browser, without network, and blocks for a
	// moment. On an error the user can open address by hand, unless it is "". May be nil.
	Documentation func() (address string, err error)

	// CrashNotes returns the notes of earlier crashes that were not offered yet, or false
	// if there are no such notes. It blocks for a moment. May be nil.
	CrashNotes func() (notes crash.Unread, ok bool)

	// LoadFonts starts loading what the first text needs, on a goroutine of its own, and
	// returns a function that waits for it: Fyne's caches of fonts have no locks, so no
	// text may be measured or drawn meanwhile, and Fyne's loop may not run. May be nil.
	LoadFonts func() (wait func())
	// Started runs f when the application's loop runs; nil runs it at once.
	Started func(f func())

	// Closing is called when the window is about to close, Closed when it is hidden: the
	// program then ends, after [Window.Finish].
	Closing, Closed func()

	// Do runs f on the window's goroutine: fyne.Do, or a queue in tests.
	Do func(f func())
	// Later runs f on the window's goroutine after d, unless cancelled.
	Later func(d time.Duration, f func()) (cancel func())
	// Copy puts text on the clipboard.
	Copy func(text string)
	// OpenURL shows a web page; https only.
	OpenURL func(url string) error
	// Now returns the time; nil uses the computer's clock.
	Now func() time.Time
}

// Place is the position of a window.
type Place struct {
	// X and Y are the upper left corner inside the frame, in the system's units.
	X, Y int
	// Maximised is true if the window fills its screen.
	Maximised bool
}

// FileChoice describes a dialog for a file.
type FileChoice struct {
	// Title is the title of the dialog.
	Title string
	// Kind names the files with one of the Endings; All names all files.
	Kind, All string
	// Endings are the usual file extensions, such as ".pem"; nil for any.
	Endings []string
	// Folder asks for a folder instead; Kind, All and Endings are ignored.
	Folder bool
}

// Options are the settings for the start of the window. With the zero value the form is
// empty and the theme follows the system.
type Options struct {
	// Theme is light, dark, or "" for the theme that was chosen last.
	Theme theme.Mode
	// Width and Height are the window's size in Fyne's units; 0 is the last size, or 1080
	// × 760.
	Width, Height float32
	// Sandbox opens the practice tenant, with Scenario ("" is healthy).
	Sandbox  bool
	Scenario string
	// Language is a BCP 47 tag; "" is the language that was chosen last, or else the
	// system's.
	Language string
	// Version is the version that About shows.
	Version string
}
