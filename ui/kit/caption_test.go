package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestWrapCaption guards where captions break: at spaces, within a word only if
// necessary, and with "…" only after the last line.
func TestWrapCaption(t *testing.T) {
	for _, c := range []struct {
		text  string
		most  int
		width int
		want  []string
	}{
		{"Open", 2, 10, []string{"Open"}},
		{"Open the page", 2, 8, []string{"Open the", "page"}},
		{"Open the page", 1, 8, []string{"Open th…"}},
		{"Open the page", 1, 6, []string{"Open…"}}, // no space before the dots
		{"Open the page of the tenant", 2, 9, []string{"Open the", "page of…"}},
		{"Zustimmungsseite", 2, 9, []string{"Zustimmun", "gsseite"}},
		{"同意ページを開く", 2, 5, []string{"同意ページ", "を開く"}},
		{"Open", 2, 0, []string{"…"}},
		{"", 2, 5, []string{""}},
	} {
		got := wrapCaption(c.text, c.most, func(line string) bool { return utf8.RuneCountInString(line) <= c.width })
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q in %d lines of %d (-want +got):\n%s", c.text, c.most, c.width, diff)
		}
	}
}

// TestButtonWraps guards that a button wider than its line wraps to a second line, is
// shortened only as a last resort, and has its whole text as its accessible name.
func TestButtonWraps(t *testing.T) {
	const text = "Power Platform Admin Center: Anwendungsbenutzer der Umgebung"
	b := NewButton(text, Secondary, nil)
	b.Glyph, b.Trailing = theme.Out, true
	after := NewButton("Kopieren", Secondary, nil)
	line := layout.Flow(theme.Small, b, after)
	newBench(t, line)
	for _, c := range []struct {
		width float32
		lines []string
	}{
		{700, []string{text}},
		{320, []string{"Power Platform Admin Center:", "Anwendungsbenutzer der Umgebung"}},
	} {
		line.Resize(fyne.NewSize(c.width, line.MinSize().Height))
		line.Resize(fyne.NewSize(c.width, line.MinSize().Height))
		if diff := cmp.Diff(c.lines, captions(b)); diff != "" {
			t.Errorf("at %v (-want +got):\n%s", c.width, diff)
		}
		if b.Size().Width > c.width || after.Position().Y+after.Size().Height > line.Size().Height+0.5 {
			t.Errorf("at %v: the button is %v wide, the next ends at %v of %v", c.width, b.Size().Width, after.Position().Y+after.Size().Height, line.Size().Height)
		}
	}
	if least := line.MinSize().Width; least > 120 {
		t.Errorf("the line needs %v although its buttons can shrink", least)
	}
	b.Resize(fyne.NewSize(200, 34))
	if got := captions(b); len(got) != 1 || !strings.HasSuffix(got[0], "…") {
		t.Errorf("without the height for two lines it says %q", got)
	}
	if got := b.AccessibilityLabel(); got != text {
		t.Errorf("it is called %q", got)
	}
}

// captions returns the lines that a button shows.
func captions(b *Button) []string {
	var lines []string
	for _, o := range test.WidgetRenderer(b).Objects() {
		if t, ok := o.(*canvas.Text); ok && t.Visible() && t.Text != "" {
			lines = append(lines, t.Text)
		}
	}
	return lines
}

// TestDialogFitsSmallWindow guards that a dialog with three long actions stays in a
// window of 450 × 240, shows its actions, and scrolls to the focus.
func TestDialogFitsSmallWindow(t *testing.T) {
	var fields []fyne.CanvasObject
	for range 6 {
		fields = append(fields, NewField(NewEntry("Name"), "Wie Sie sie nennen."))
	}
	d := NewDialog("Verbindung speichern", layout.Column(theme.Near, fields...),
		Action{Text: "Nicht speichern und fortfahren"}, Action{Text: "Abbrechen"}, Action{Text: "Trotzdem speichern", Default: true})
	b := newBench(t, canvas.NewRectangle(transparent))
	b.win.Resize(fyne.NewSize(450, 240))
	d.Open(b.win.Canvas(), nil)
	driver := fyne.CurrentApp().Driver()
	for _, o := range d.actions.Objects {
		at := driver.AbsolutePositionForObject(o)
		if at.X < 0 || at.Y < 0 || at.X+o.Size().Width > 450 || at.Y+o.Size().Height > 240 {
			t.Errorf("%q is at %v, %v large", o.(*Button).Text(), at, o.Size())
		}
	}
	last := fields[len(fields)-1].(*Field).Entry
	b.win.Canvas().Focus(last)
	at, area := driver.AbsolutePositionForObject(last), driver.AbsolutePositionForObject(d.scroll.Area)
	if at.Y < area.Y || at.Y+last.Size().Height > area.Y+d.scroll.Area.Size().Height+0.5 {
		t.Errorf("the last field is at %v, in sight is %v of %v", at, d.scroll.Area.Size(), area)
	}
}

// TestTextIsDrawnAnew guards that a refreshed text shows every change of its properties,
// although it skips the work if nothing has changed.
func TestTextIsDrawnAnew(t *testing.T) {
	const long = "The client secret has expired, and a new one is needed"
	for _, c := range []struct {
		name   string
		change func(text *Text)
	}{
		{"text", func(text *Text) { text.SetText("Another text") }},
		{"colour", func(text *Text) { text.SetColor(theme.Muted) }},
		{"width", func(text *Text) { text.Resize(fyne.NewSize(120, 200)); text.Refresh() }},
		{"theme", func(text *Text) { fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark)) }},
		{"text size", func(text *Text) { fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light).With(200)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := NewText(long, Style{})
			newBench(t, container.NewWithoutLayout(text))
			text.Resize(fyne.NewSize(500, 40))
			text.Refresh()
			before := lettersOf(text)
			if text.Refresh(); !slices.Equal(before, lettersOf(text)) {
				t.Errorf("it looks different although nothing has changed: %v, %v", before, lettersOf(text))
			}
			c.change(text)
			if after := lettersOf(text); len(after) == 0 || slices.Equal(before, after) {
				t.Errorf("it still shows %v", after)
			}
		})
	}
}

// lettersOf returns what is drawn of a text: the letters of each line, with colour and
// size.
func lettersOf(o fyne.CanvasObject) (all []string) {
	switch o := o.(type) {
	case *canvas.Text:
		all = append(all, fmt.Sprint(o.Text, o.Color, o.TextSize))
	case *fyne.Container:
		for _, part := range o.Objects {
			all = append(all, lettersOf(part)...)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(o).Objects() {
			all = append(all, lettersOf(part)...)
		}
	}
	return all
}
