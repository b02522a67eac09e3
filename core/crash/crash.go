// Package crash turns a panic of this program into a note for its authors.
//
// It promises that the text of the panic is shown and written nowhere: it may
// quote anything, a secret above all. A note holds the stack, the build, and of
// the value its type; only Go's own runtime errors are quoted, which hold numbers
// and types. Notes are files of this user in this user's cache; nothing is sent.
package crash

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Panic is a panic that was caught in one goroutine to go on in another, with the
// stack of the first.
type Panic struct {
	value any
	stack []byte
}

// Caught returns what recover has returned, with the stack of the caller; nil for
// nil.
func Caught(value any) *Panic {
	if value == nil {
		return nil
	}
	var p *Panic
	if err, ok := value.(error); ok && errors.As(err, &p) {
		return p
	}
	return &Panic{value, debug.Stack()}
}

// Error names the type of the value. It is what Go prints where nothing catches a
// panic that is passed on.
func (p *Panic) Error() string { return "panic: " + describe(p.value) }

// describe returns the type of a panic's value, and the text of a runtime error.
func describe(value any) string {
	if err, ok := value.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a value of type %T", value)
}

// Guard is for defer at the root of a goroutine: it catches a panic, writes a note
// and then calls failed with the note's file, or "" if it could not be written. failed may
// be nil.
func Guard(failed func(note string)) {
	p := Caught(recover())
	if p == nil {
		return
	}
	note := p.Note()
	if failed != nil {
		failed(note)
	}
}
