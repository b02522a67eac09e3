package kit

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// FactLine shows one value under its name, with a button to copy it. A value
// that belongs to machines (an ID, a code) is set in equal letters.
func FactLine(env Env, name, value string, machine bool) *fyne.Container {
	label := NewText(name, Style{Size: theme.SizeCaption, Color: theme.Muted})
	text := NewText(value, Style{Mono: machine, Size: theme.SizeBody})
	if machine {
		text = NewText(value, Style{Mono: true, Size: theme.SizeCaption})
	}
	copyIt := NewCopyButton(env, "", name, func() string { return value })
	return layout.Fact(label, text, copyIt.Button)
}
