package ui

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/session"
)

// examination is the one of the session.
func (w *Window) examination() session.Examination { return w.session.State().Examination }

func (w *Window) now() time.Time { return scheduler{&w.deps}.Now() }
