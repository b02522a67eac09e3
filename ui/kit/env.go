// Package kit has the controls of the window: Fyne's with additions, and some that Fyne
// does not have.
//
// Everything that can be clicked can be used with the keyboard alone: Enter and Space
// press, and the focus stays and is visible. A status is not shown by colour alone. Text
// wraps, and where it is shortened there is a way to read the rest. Every control has a
// name for assistive technology. The package starts no goroutine: timers come from
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
