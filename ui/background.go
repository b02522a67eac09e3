package ui

import (
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// background runs work in a goroutine, and the function that work returns on the window's
// goroutine. If work panics, the window stays and tells the user where the crash note is;
// then failed, which may be nil, runs on the window's goroutine.
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

// crashed shows a crash of the program itself.
func (w *Window) crashed(note string) { w.say(i18n.Text(session.CrashText(note)), kit.Bad) }
