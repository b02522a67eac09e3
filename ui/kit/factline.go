package kit

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// FactLine shows a name and a value with a button to copy it. A value for machines, such
// as an ID or a code, is monospaced.
func FactLine(env Env, name, value string, machine bool) *fyne.Container {
	label := NewText(name, Style{Size: theme.SizeCaption, Color: theme.Muted})
	text := NewText(value, Style{Mono: machine, Size: theme.SizeBody})
	if machine {
		text = NewText(value, Style{Mono: true, Size: theme.SizeCaption})
	}
	copyIt := NewCopyButton(env, "", name, func() string { return value })
	return layout.Fact(label, text, copyIt.Button)
}
