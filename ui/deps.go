// Package ui is the window: Fyne and nothing but.
//
// It promises that it never blocks while something is being asked, that it shows
// everything that was seen, that no mouse is needed, and that it decides
// nothing: what can be known comes in through [Deps], and it makes no request,
// opens no file and starts no program of its own. A secret stays in its entry
// and in a secret.Value; it is in no title, no message and no setting.
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

// Deps is everything that the window asks of others. What may be nil has it in its comment:
// the window then does not offer it.
type Deps struct {
	// Doctor examines connections in Microsoft's clouds.
	Doctor session.Doctor
	// Browsers shows the consent page; nil where that is not offered.
	Browsers session.Browsers
	// OpenSandbox starts the practice tenant, in which Scenarios can be played; nil where
	// there is none.
	OpenSandbox func() (session.SandboxServer, error)
	Scenarios   []session.Scenario
	// Store keeps connections; nil where nothing can be kept.
	Store session.Store
	// Rotator makes new certificates for saved connections; may be nil.
	Rotator session.Rotator
	// CertificateStore is true where the Windows store of certificates is.
	CertificateStore bool

	// CanShow reports whether the computer has letters for a language; nil is yes
	// for all. It may look at files, so it is called on a goroutine of its own.
	CanShow func(language string) bool

	// Place returns the position of the window, or false. PutAt
	// has a window of a size shown there, false if that is on no screen. Both may be
	// nil.
	Place func() (Place, bool)
	PutAt func(p Place, size fyne.Size) bool

	// ChooseFile asks for a file with the system's own dialog, and blocks until that
	// is closed or ctx ends; "" when none was chosen. The error says that there is
	// no such dialog: the window then asks with one of its own, as it does with nil.
	ChooseFile func(ctx context.Context, ask FileChoice) (path string, err error)

	// SaveRecord writes the files of a record into a new folder of the given name in
	// parent, all or none, and returns its path. It blocks for a moment. May be nil.
	SaveRecord func(parent, name string, files record.Files) (path string, err error)

	// SaveText writes a text into a new file in folder, and returns its path: the file
	// gets a number if another one has the name. It blocks for a moment. May be nil.
	SaveText func(folder, name, content string) (path string, err error)

	// Program is what a support report names: this program, and where it runs.
	Program support.Program

	// Documentation shows the documents in the browser, with no network, and blocks
	// for a moment. When it fails the address, if there is one, can be opened by
	// hand. May be nil.
	Documentation func() (address string, err error)

	// CrashNotes returns the notes of earlier crashes that were not offered yet, false
	// where there are none, and blocks for a moment. May be nil.
	CrashNotes func() (notes crash.Unread, ok bool)

	// LoadFonts starts loading what the first text needs, on a goroutine of its own, and
	// returns a function that waits for it: Fyne's caches of fonts have no locks, so no
	// text may be measured or drawn meanwhile, and Fyne's loop may not run. May be nil.
	LoadFonts func() (wait func())
	// Started runs f once the application's loop runs; nil is at once.
	Started func(f func())

	// Closing is called when the window is about to close, and Closed when it is
	// hidden: the program then ends, after [Window.Finish].
	Closing, Closed func()

	// Do runs f on the window's goroutine: fyne.Do, or a queue in tests.
	Do func(f func())
	// Later runs f on the window's goroutine after d, unless cancelled.
	Later func(d time.Duration, f func()) (cancel func())
	// Copy puts text on the clipboard.
	Copy func(text string)
	// OpenURL shows a web page; https only.
	OpenURL func(url string) error
	// Now is the clock; nil is the computer's.
	Now func() time.Time
}

// Place is the position of a window.
type Place struct {
	// X and Y are the upper left corner inside its frame, in the system's own units.
	X, Y int
	// Maximised windows fill their screen.
	Maximised bool
}

// FileChoice is what is said when a file is to be chosen.
type FileChoice struct {
	// Title is the dialog's.
	Title string
	// Kind is what the files with one of the Endings are called; All, what all are.
	Kind, All string
	// Endings are the usual ones, such as ".pem"; nil for any.
	Endings []string
	// Folder asks for a folder; Kind, All and Endings do not count then.
	Folder bool
}

// Options is how the window starts. The zero value starts empty and follows the
// system's theme.
type Options struct {
	// Theme is light, dark, or "" for what was chosen last.
	Theme theme.Mode
	// Width and Height are the window's size; 0 is the last one, or 1080 × 760.
	Width, Height float32
	// Sandbox opens on the practice tenant, with Scenario set ("" is healthy).
	Sandbox  bool
	Scenario string
	// Language is a BCP 47 tag; "" is what was chosen last, or else the system's.
	Language string
	// Version is the version that About shows.
	Version string
}
