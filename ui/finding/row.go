package finding

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Pane is the pane around a list of rows.
type Pane struct {
	// Relayout makes room after something has grown or shrunk, and Reveal scrolls to an
	// object.
	Relayout func()
	Reveal   func(o fyne.CanvasObject)
	// Copied shows a notice of what is on the clipboard now.
	Copied func(what string)
}

// StepRow is a step of a list: an icon, a title, who takes it, and its state in a word.
// It opens to show more.
type StepRow struct {
	Fold *kit.Disclosure

	icon        *kit.StatusIcon
	title, word *kit.Text
	owner       *kit.Badge
	name        string // without the number
}

// StepState is the visible state of a row.
type StepState struct {
	Number int
	Title  string
	Status kit.Status
	Word   string // for the status
	Owner  string // who takes the step; may be empty
	Tone   kit.Tone
	Muted  bool // the title is, because nothing is to be done
}

// NewStepRow returns a closed row. below is under its line and may be nil; inside returns
// the content of the open row, and plain the text for the copy key.
func NewStepRow(env kit.Env, pane Pane, title kit.Style, below fyne.CanvasObject, inside func() fyne.CanvasObject, plain func() string) *StepRow {
	r := &StepRow{
		icon: kit.NewStatusIcon(kit.Waiting, iconSize), title: kit.NewText("", title),
		word: kit.NewText("", kit.Style{Fixed: true, Size: theme.SizeCaption}), owner: kit.NewBadge("", kit.Neutral),
	}
	line := layout.ListLine(r.icon, r.title, r.owner, r.word)
	if below != nil {
		line = layout.Column(theme.Hair, line, layout.InsetSides(iconSize+theme.Near, 0, 0, 0, below))
	}
	r.Fold = kit.NewDisclosure("", line, inside)
	r.Fold.Copy = plain
	r.Fold.OnCopy = func(text string) {
		env.Copy(text)
		pane.Copied(r.name)
	}
	r.Fold.OnToggle = func(open bool) {
		pane.Relayout()
		if open {
			pane.Reveal(r.Fold)
		}
	}
	return r
}

// iconSize is the width of a row's icon.
const iconSize = 18

// StepBody returns what a row opens to, below its title.
func StepBody(right float32, o fyne.CanvasObject) fyne.CanvasObject {
	return layout.InsetSides(theme.Near+iconSize+theme.Near, theme.Tight, right, theme.Space, o)
}

// Title returns the number and the title.
func (r *StepRow) Title() string { return r.title.Text() }

// Set shows a state. What the row opens to is made again.
func (r *StepRow) Set(s StepState) {
	r.name = s.Title
	r.icon.Set(s.Status)
	r.title.SetText(strconv.Itoa(s.Number) + ". " + s.Title)
	r.title.SetColor(theme.Ink)
	if s.Muted {
		r.title.SetColor(theme.Muted)
	}
	SetWord(r.word, s.Status, s.Word)
	r.owner.Raised = s.Tone != kit.Neutral
	r.owner.Set(s.Owner, s.Tone)
	r.Fold.SetTone(s.Tone)
	r.Fold.Name = r.title.Text() + ": " + s.Word
	r.Fold.Forget()
}

// SetWord shows a status in a word, in the colour of its icon as far as that can be read.
func SetWord(t *kit.Text, s kit.Status, word string) {
	t.SetText(word)
	t.SetColor(s.Color())
	if s == kit.Waiting {
		t.SetColor(theme.Muted)
	}
}

// MoveBetween lets the arrow keys go from row to row.
func MoveBetween(rows []*StepRow) {
	for i, row := range rows {
		row.Fold.OnMove = func(step int) {
			if next := i + step; next >= 0 && next < len(rows) {
				rows[next].Fold.Focus()
			}
		}
	}
}
