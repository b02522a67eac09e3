package session

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Event is something that happens once: a *[Notice], a [Retract], an [Attention], an
// [AskConnection], a [ShowRecord], a [WindowMayClose], a [ChooseImport] or an
// *[Imported].
type Event any

// Tone is the kind of a notice, from which a view chooses a colour.
type Tone string

// The tones.
const (
	Neutral Tone = ""
	Info    Tone = "info"
	Good    Tone = "good"
	Caution Tone = "caution"
	Bad     Tone = "bad"
)

// Notice is a short message to the user.
type Notice struct {
	// Topic identifies the message for [Retract]; it may be empty.
	Topic string
	Text  text.Text
	Tone  Tone
	// Stay keeps it until the user dismisses it.
	Stay bool
	// Action is the caption of its button, and Do what that does; the zero Text for
	// no button.
	Action text.Text
	Do     func()
}

// Retract takes a notice of this topic away if it is still shown.
type Retract struct{ Topic string }

// Attention asks the view to bring a field into sight and to give it the focus.
type Attention struct{ Field connection.Field }

func (s *Session) notify(tone Tone, message text.Text) { s.emit(&Notice{Text: message, Tone: tone}) }
