// Package kit holds the controls of the window: Fyne's, with its gaps closed,
// and the few that Fyne does not have.
//
// It promises that everything that can be clicked can be reached and used with
// the keyboard alone (Enter and Space act, the focus stays and is visible); that
// a state is never told by colour alone; that text wraps and is never cut off
// without a way to read the rest; and that every control has a name for
// assistive technology. Nothing here starts a goroutine: time comes from
// [Env.Later].
package kit

import "time"

// Env is what the controls need from the program. All fields are required.
type Env struct {
	// Copy writes text to the clipboard.
	Copy func(text string)
	// Open opens a web page in the browser, and shows an error itself.
	Open func(url string)
	// Later calls f on the window's goroutine after d, unless cancelled before.
	Later func(d time.Duration, f func()) (cancel func())
}
