package text

import "errors"

// Error makes an error of a text; each is itself alone, as those of errors.New.
func Error(t Text) error { return &fault{t} }

type fault struct{ text Text }

func (f *fault) Error() string { return f.text.String() }
func (f *fault) Message() Text { return f.text }

// OfError returns the text of an error: its own where it, or one that it
// wraps, has a method Message; otherwise its Error, untranslated.
func OfError(err error) Text {
	var ours interface {
		error
		Message() Text
	}
	switch {
	case err == nil:
		return Text{}
	case errors.As(err, &ours):
		return ours.Message()
	}
	return Raw(err.Error())
}
