package layout

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// object is a canvas object of a fixed minimum size. If text, a width in one line, is
// set, the object wraps as a label does, in lines with a height of 10.
type object struct {
	name     string
	min      fyne.Size
	text     float32
	size     fyne.Size
	position fyne.Position
	hidden   bool
}

func fixed(name string, width, height float32) *object {
	return &object{name: name, min: fyne.NewSize(width, height)}
}

func wrapping(name string, text float32) *object { return &object{name: name, text: text} }

func (o *object) MinSize() fyne.Size {
	if o.text == 0 {
		return o.min
	}
	lines := 1
	for width := o.text; o.size.Width > 0 && width > o.size.Width; width -= o.size.Width {
		lines++
	}
	return fyne.NewSize(20, float32(10*lines))
}

func (o *object) NaturalWidth() float32 {
	if o.text == 0 {
		return o.min.Width
	}
	return o.text
}

func (o *object) Move(p fyne.Position)    { o.position = p }
func (o *object) Position() fyne.Position { return o.position }
func (o *object) Resize(s fyne.Size)      { o.size = s }
func (o *object) Size() fyne.Size         { return o.size }
func (o *object) Show()                   { o.hidden = false }
func (o *object) Hide()                   { o.hidden = true }
func (o *object) Visible() bool           { return !o.hidden }
func (o *object) Refresh()                {}

// shrinking is an object that may be narrower and is then twice as high.
type shrinking struct{ *object }

func (s shrinking) Within(width float32) fyne.Size { return fyne.NewSize(width, 2*s.min.Height) }

// area is the position and size of an object: x, y, width, height; nil for a hidden
// object.
type area []float32

// areas returns the areas of objects, by name.
func areas(objects ...*object) map[string]area {
	found := map[string]area{}
	for _, o := range objects {
		if o.Visible() {
			found[o.name] = area{o.position.X, o.position.Y, o.size.Width, o.size.Height}
		}
	}
	return found
}

// usualText sets the theme with the usual text size.
func usualText(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
}

func TestArrangements(t *testing.T) {
	usualText(t)
	for _, c := range []struct {
		name          string
		layout        func(o map[string]*object) *fyne.Container
		width, height float32
		least         fyne.Size // minimum size at that width; zero is not compared
		want          map[string]area
	}{
		{
			"column", func(o map[string]*object) *fyne.Container { return Column(8, o["icon"], o["text"], o["button"]) },
			100, 200, fyne.NewSize(40, 20+8+30+8+20),
			map[string]area{"icon": {0, 0, 100, 20}, "text": {0, 28, 100, 30}, "button": {0, 66, 100, 20}},
		},
		{
			"row without filler", func(o map[string]*object) *fyne.Container { return Row(8, nil, o["icon"], o["button"]) },
			100, 40, fyne.NewSize(68, 20),
			map[string]area{"icon": {0, 10, 20, 20}, "button": {28, 10, 40, 20}},
		},
		{
			"row with filler", func(o map[string]*object) *fyne.Container {
				return Row(8, o["text"], o["icon"], o["text"], o["button"])
			},
			276, 40,
			fyne.Size{},
			map[string]area{"icon": {0, 10, 20, 20}, "text": {28, 10, 200, 20}, "button": {236, 10, 40, 20}},
		},
		{
			"top row", func(o map[string]*object) *fyne.Container { return TopRow(8, o["text"], o["icon"], o["text"]) },
			128, 40,
			fyne.Size{},
			map[string]area{"icon": {0, 0, 20, 20}, "text": {28, 0, 100, 30}},
		},
		{
			"flow on one line", func(o map[string]*object) *fyne.Container { return Flow(8, o["icon"], o["button"]) },
			100, 20, fyne.NewSize(40, 20),
			map[string]area{"icon": {0, 0, 20, 20}, "button": {28, 0, 40, 20}},
		},
		{
			"flow on two lines", func(o map[string]*object) *fyne.Container { return Flow(8, o["icon"], o["button"]) },
			60, 48, fyne.NewSize(40, 48),
			map[string]area{"icon": {0, 0, 20, 20}, "button": {0, 28, 40, 20}},
		},
		{
			"flow at the end", func(o map[string]*object) *fyne.Container { return FlowEnd(8, o["icon"], o["button"]) },
			100, 20,
			fyne.Size{},
			map[string]area{"icon": {32, 0, 20, 20}, "button": {60, 0, 40, 20}},
		},
		{
			"inset", func(o map[string]*object) *fyne.Container { return Inset(10, 5, o["button"]) },
			100, 40, fyne.NewSize(60, 30),
			map[string]area{"button": {10, 5, 80, 30}},
		},
		{
			"inset on sides", func(o map[string]*object) *fyne.Container { return InsetSides(1, 2, 3, 4, o["button"]) },
			100, 40, fyne.NewSize(44, 26),
			map[string]area{"button": {1, 2, 96, 34}},
		},
		{
			"limit in a wide window", func(o map[string]*object) *fyne.Container { return Limit(200, o["button"]) },
			300, 40, fyne.NewSize(40, 20),
			map[string]area{"button": {50, 0, 200, 40}},
		},
		{
			"limit in a narrow window", func(o map[string]*object) *fyne.Container { return Limit(200, o["button"]) },
			100, 40,
			fyne.Size{},
			map[string]area{"button": {0, 0, 100, 40}},
		},
		{
			"frame", func(o map[string]*object) *fyne.Container {
				return Frame(fyne.NewSize(30, 30), o["icon"], o["text"], o["button"])
			},
			100, 200, fyne.NewSize(40, 30),
			map[string]area{"icon": {0, 0, 100, 20}, "text": {0, 20, 100, 30}, "button": {0, 50, 100, 150}},
		},
		{
			"pair", func(o map[string]*object) *fyne.Container { return Pair(80, o["icon"], o["text"]) },
			188, 30, fyne.NewSize(80+8+20, 30),
			map[string]area{"icon": {0, 0, 80, 20}, "text": {88, 0, 100, 30}},
		},
		{
			"ends on one line", func(o map[string]*object) *fyne.Container { return Ends(o["text"], o["button"]) },
			400, 20,
			fyne.Size{},
			map[string]area{"text": {0, 5, 250, 10}, "button": {360, 0, 40, 20}},
		},
		{
			"ends below each other", func(o map[string]*object) *fyne.Container { return Ends(o["text"], o["button"]) },
			100, 60, fyne.NewSize(40, 30+4+20),
			map[string]area{"text": {0, 0, 100, 30}, "button": {0, 34, 40, 20}},
		},
		{
			"fact", func(o map[string]*object) *fyne.Container { return Fact(o["icon"], o["text"], o["button"]) },
			600, 20, fyne.NewSize(160, 20),
			map[string]area{"icon": {0, 0, 142, 20}, "text": {150, 5, 402, 10}, "button": {150 + 250 + 8, 0, 40, 20}},
		},
		{
			"fact in a narrow pane", func(o map[string]*object) *fyne.Container { return Fact(o["icon"], o["text"], o["button"]) },
			148, 58, fyne.NewSize(160, 20+30+8),
			map[string]area{"icon": {0, 2, 100, 20}, "text": {0, 22, 100, 30}, "button": {108, 19, 40, 20}},
		},
		{
			"pinned", func(o map[string]*object) *fyne.Container {
				return Pinned(o["text"], o["icon"], o["text"], o["button"])
			},
			100, 200, fyne.NewSize(40, 20+120+20),
			map[string]area{"icon": {0, 0, 100, 20}, "text": {0, 20, 100, 160}, "button": {0, 180, 100, 20}},
		},
		{
			"hug in a high window", func(o map[string]*object) *fyne.Container { return Hug(o["button"], o["button"], o["icon"]) },
			116, 200, fyne.NewSize(56, 52),
			map[string]area{"button": {16, 16, 100, 40}},
		},
		{
			"hug in a low window", func(o map[string]*object) *fyne.Container { return Hug(o["button"], o["button"], o["icon"]) },
			116, 62,
			fyne.Size{},
			map[string]area{"button": {16, 16, 100, 30}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			arranged := c.layout(map[string]*object{"icon": fixed("icon", 20, 20), "text": wrapping("text", 250), "button": fixed("button", 40, 20)})
			arranged.Resize(fyne.NewSize(c.width, c.height))
			arranged.Layout.Layout(arranged.Objects, arranged.Size()) // as Fyne does when the minimum size changes
			var objects []*object
			for _, o := range arranged.Objects {
				objects = append(objects, o.(*object))
			}
			if diff := cmp.Diff(c.want, areas(objects...)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if least := arranged.MinSize(); !c.least.IsZero() && least != c.least {
				t.Errorf("the minimum size is %v, want %v", least, c.least)
			}
		})
	}
}

func TestHiddenObjectsTakeNoRoom(t *testing.T) {
	usualText(t)
	for name, layout := range map[string]func(objects ...fyne.CanvasObject) *fyne.Container{
		"column": func(o ...fyne.CanvasObject) *fyne.Container { return Column(8, o...) },
		"row":    func(o ...fyne.CanvasObject) *fyne.Container { return Row(8, nil, o...) },
		"flow":   func(o ...fyne.CanvasObject) *fyne.Container { return Flow(8, o...) },
		"frame":  func(o ...fyne.CanvasObject) *fyne.Container { return Frame(fyne.Size{}, o...) },
	} {
		t.Run(name, func(t *testing.T) {
			first, hidden, last := fixed("first", 20, 20), fixed("hidden", 500, 500), fixed("last", 20, 20)
			hidden.Hide()
			with, without := layout(first, hidden, last), layout(first, last)
			for _, c := range []*fyne.Container{with, without} {
				c.Resize(fyne.NewSize(100, 100))
			}
			if with.MinSize() != without.MinSize() {
				t.Errorf("the minimum size is %v, without the hidden object %v", with.MinSize(), without.MinSize())
			}
			got := areas(first, last)
			without.Layout.Layout(without.Objects, without.Size())
			if diff := cmp.Diff(areas(first, last), got); diff != "" {
				t.Errorf("-without +with\n%s", diff)
			}
		})
	}
}

// TestFlowShrinksWideObjects guards that no button of a dialog is cut off.
func TestFlowShrinksWideObjects(t *testing.T) {
	usualText(t)
	wide := shrinking{fixed("wide", 300, 20)}
	c := Flow(8, wide)
	c.Resize(fyne.NewSize(200, 100))
	if got, want := wide.Size(), fyne.NewSize(200, 40); got != want {
		t.Errorf("the object is %v, want %v", got, want)
	}
	if got, want := c.MinSize(), fyne.NewSize(shrinkableMin, 40); got != want {
		t.Errorf("the minimum size is %v, want %v", got, want)
	}
	if got, want := FlowWidth(Flow(8, fixed("a", 20, 20), fixed("b", 30, 20))), float32(58); got != want {
		t.Errorf("on one line it is %v wide, want %v", got, want)
	}
}

func TestListLine(t *testing.T) {
	usualText(t)
	for _, c := range []struct {
		name   string
		width  float32
		hidden bool // the badge
		want   map[string]area
		height float32
	}{
		{"wide", 500, false, map[string]area{"icon": {0, 10, 20, 20}, "title": {32, 15, 350, 10}, "badge": {394, 9, 54, 22}, "word": {460, 15, 40, 10}}, 20},
		{"the badge goes below", 300, false, map[string]area{"icon": {0, 0, 20, 20}, "title": {32, 5, 216, 10}, "badge": {32, 24, 54, 22}, "word": {260, 5, 40, 10}}, 46},
		{"no badge", 300, true, map[string]area{"icon": {0, 10, 20, 20}, "title": {32, 15, 216, 10}, "word": {260, 15, 40, 10}}, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			icon, title, badge, word := fixed("icon", 20, 20), wrapping("title", 200), fixed("badge", 54, 22), fixed("word", 40, 10)
			badge.hidden = c.hidden
			line := ListLine(icon, title, badge, word)
			line.Resize(fyne.NewSize(c.width, 40))
			if diff := cmp.Diff(c.want, areas(icon, title, badge, word)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if got := line.MinSize().Height; got != c.height {
				t.Errorf("the minimum height is %v, want %v", got, c.height)
			}
		})
	}
}

// TestHeaderLineDropsNameFirst guards that a narrow window keeps the name of the
// connection and drops the name of the program.
func TestHeaderLineDropsNameFirst(t *testing.T) {
	usualText(t)
	for _, c := range []struct {
		name  string
		width float32
		want  map[string]area
	}{
		{"wide", 500, map[string]area{"logo": {0, 0, 20, 20}, "name": {32, 5, 80, 10}, "connection": {124, 0, 150, 20}, "paste": {348, 0, 60, 20}, "test": {420, 0, 80, 20}}},
		{"no name", 370, map[string]area{"logo": {0, 0, 20, 20}, "connection": {32, 0, 150, 20}, "paste": {218, 0, 60, 20}, "test": {290, 0, 80, 20}}},
		{"no logo", 320, map[string]area{"connection": {0, 0, 150, 20}, "paste": {168, 0, 60, 20}, "test": {240, 0, 80, 20}}},
		{"a shorter connection", 290, map[string]area{"connection": {0, 0, 126, 20}, "paste": {138, 0, 60, 20}, "test": {210, 0, 80, 20}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			logo, name, connection := fixed("logo", 20, 20), fixed("name", 80, 10), fixed("connection", 150, 20)
			paste, examine := fixed("paste", 60, 20), fixed("test", 80, 20)
			line := HeaderLine(logo, name, connection, paste, examine)
			line.Resize(fyne.NewSize(c.width, 20))
			if diff := cmp.Diff(c.want, areas(logo, name, connection, paste, examine)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if got, want := line.MinSize(), fyne.NewSize(60+80+2*theme.Near+connectionMin, 20); got != want {
				t.Errorf("the minimum size is %v, want %v", got, want)
			}
		})
	}
}

// lesson is a text with a known natural width.
type lesson struct{ *object }

func (l lesson) NaturalWidth() float32 { return l.text }

func TestBannerLine(t *testing.T) {
	usualText(t)
	for _, c := range []struct {
		name   string
		width  float32
		want   map[string]area
		height float32
	}{
		{"on one line", 1000, map[string]area{"icon": {0, 4, 20, 20}, "title": {32, 9, 250, 10}, "text": {294, 4, 522, 20}, "choice": {828, 4, 80, 20}, "button": {920, 4, 80, 20}}, 28},
		{"three lines of text go below", 800, map[string]area{"icon": {0, 4, 20, 20}, "title": {32, 9, 250, 10}, "choice": {628, 4, 80, 20}, "button": {720, 4, 80, 20}, "text": {0, 32, 800, 20}}, 28},
		{"the text below", 680, map[string]area{"icon": {0, 4, 20, 20}, "title": {32, 9, 250, 10}, "choice": {508, 4, 80, 20}, "button": {600, 4, 80, 20}, "text": {0, 32, 680, 20}}, 28},
		{"short", 400, map[string]area{"icon": {0, 4, 20, 20}, "short": {32, 9, 50, 10}, "choice": {228, 4, 80, 20}, "button": {320, 4, 80, 20}}, 28},
	} {
		t.Run(c.name, func(t *testing.T) {
			icon, title, short, text := fixed("icon", 20, 20), wrapping("title", 250), wrapping("short", 50), wrapping("text", 900)
			choice, button := fixed("choice", 80, 20), fixed("button", 80, 20)
			line := BannerLine(icon, title, short, lesson{text}, choice, button)
			line.Resize(fyne.NewSize(c.width, 28))
			if diff := cmp.Diff(c.want, areas(icon, title, short, text, choice, button)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if got := line.MinSize().Height; got < c.height {
				t.Errorf("the minimum height is %v, want at least %v", got, c.height)
			}
		})
	}
}

func TestPanes(t *testing.T) {
	usualText(t)
	for _, c := range []struct {
		name          string
		width, height float32
		narrow, note  bool
		want          map[string]area
		least         float32
	}{
		{"beside each other", 1000, 600, false, true, map[string]area{"left": {0, 0, 360, 600}, "right": {360, 0, 640, 600}}, 0},
		{"no wider than the limit", 2000, 600, false, true, map[string]area{"left": {300, 0, 420, 600}, "right": {720, 0, 980, 600}}, 0},
		{"below each other", 600, 900, true, true, map[string]area{"note": {0, 0, 600, 10}, "left": {0, 10, 584, 200}, "right": {0, 194, 600, 300}}, 10 + 200 - 16 + 300},
		{"below each other, without a note", 600, 900, true, false, map[string]area{"left": {0, 0, 584, 200}, "right": {0, 184, 600, 300}}, 200 - 16 + 300},
		{"below each other in a wide, low window", 1000, 250, true, true, map[string]area{"left": {120, 0, 744, 200}, "right": {120, 184, 760, 300}}, 200 - 16 + 300},
	} {
		t.Run(c.name, func(t *testing.T) {
			note, left, right := fixed("note", 20, 10), fixed("left", 100, 200), fixed("right", 100, 300)
			panes := &Panes{Limit: 1400, Narrow: c.narrow, HasNote: func() bool { return c.note }}
			objects := []fyne.CanvasObject{note, left, right}
			panes.Layout(objects, fyne.NewSize(c.width, c.height))
			if diff := cmp.Diff(c.want, areas(note, left, right)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if got, want := panes.MinSize(objects), fyne.NewSize(0, c.least); got != want {
				t.Errorf("the minimum size is %v, want %v", got, want)
			}
		})
	}
}

// TestNarrowGrowsWithText guards that larger text puts the panes below each other in
// wider windows, too.
func TestNarrowGrowsWithText(t *testing.T) {
	app := test.NewTempApp(t)
	for _, c := range []struct {
		text          theme.TextSize
		width, height float32
		want          bool
	}{
		{100, 701, 301, false},
		{100, 699, 301, true},
		{100, 701, 299, true},
		{200, 1399, 600, true},
		{200, 1401, 600, false},
	} {
		app.Settings().SetTheme(theme.New(theme.Light).With(c.text))
		if got := IsNarrow(fyne.NewSize(c.width, c.height)); got != c.want {
			t.Errorf("text of %d %%, %v × %v: %v, want %v", c.text, c.width, c.height, got, c.want)
		}
	}
}
