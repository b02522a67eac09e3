package ui

import (
	"s2sdoctor/core/crash"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// background runs work in a goroutine, and what it returns on the window's. If work
// panics, the window stays: the user reads where the note is, and then failed runs
// on the window's goroutine; it may be nil.
func (w *Window) background(work func() (then func()), failed func()) {
	go func() { w.deps.Do(w.attempt(work, failed)) }()
}

func (w *Window) attempt(work func() (then func()), failed func()) (then func()) {
	defer crash.Guard(func(note string) {
		then = func() {
			w.crashed(note)
			if failed != nil {
				failed()
			}
		}
	})
	return work()
}

// crashed tells of a fault of the program itself.
func (w *Window) crashed(note string) {
	if note == "" {
		w.say(words.F("An internal error occurred in {{.Name}}: please report it.", words.V{"Name": Title}), widgets.Bad)
		return
	}
	w.say(words.F("An internal error occurred in {{.Name}}: please report it. A note without secrets is in {{.File}}.", words.V{"Name": Title, "File": note}), widgets.Bad)
}
