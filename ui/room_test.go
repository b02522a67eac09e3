package ui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// windows are the window sizes under test, in Fyne's units: 900 × 600 and 1366 × 768
// pixels at 200 %, with and without the menu, up to 4K at 200 % and at 100 %.
var windows = []fyne.Size{
	fyne.NewSize(leastWidth, leastHeight), fyne.NewSize(450, 300), fyne.NewSize(683, 384), fyne.NewSize(720, 440), fyne.NewSize(900, 600),
	fyne.NewSize(1000, 700), fyne.NewSize(1600, 1000), fyne.NewSize(1920, 1080), fyne.NewSize(3840, 2160),
}

// roomInEveryWindow guards that no text ends in "…", leaves the window or its card, or is
// higher than its room, and that the look of a window does not depend on its earlier
// sizes.
func roomInEveryWindow(t *testing.T, s *stage) {
	for _, size := range windows {
		s.resize(size.Width, size.Height)
		nothingIsCutOff(t, s, size)
	}
}

// nothingIsCutOff checks every text in a window, and in the dialog over it.
func nothingIsCutOff(t *testing.T, s *stage, size fyne.Size) {
	t.Helper()
	ends := endings(t)
	seen := 0
	for _, root := range append([]fyne.CanvasObject{s.w.content}, s.w.win.Canvas().Overlays().List()...) {
		shortened := chooserCaptions(root)
		for _, line := range texts(root) {
			seen++
			if text := line.Text.Text; strings.HasSuffix(text, "…") && !ends[text] && !shortened[text] {
				t.Errorf("%v: cut: %q", size, text)
			}
			// Text inside an entry scrolls.
			if right := line.At.X + line.MinSize().Width; !line.TextStyle.Monospace && right > size.Width+0.5 || line.At.X < 0 {
				t.Errorf("%v: %q goes from %v to %v", size, line.Text.Text, line.At.X, right)
			}
		}
		for _, o := range visible(root) {
			hasRoom(t, o.CanvasObject, size)
		}
		staysInItsPlace(t, root, size)
	}
	if seen < 8 {
		t.Errorf("saw %d texts only: the walk is broken", seen)
	}
}

// hasRoom checks one control or text.
func hasRoom(t *testing.T, o fyne.CanvasObject, size fyne.Size) {
	t.Helper()
	need, room := o.MinSize(), o.Size()
	narrow := room.Width+0.5 < need.Width
	switch o := o.(type) {
	case *kit.Text:
		if narrow || room.Height+0.5 < need.Height {
			t.Errorf("%v: %q needs %v and has room for %v", size, o.Text(), need, room)
		}
	case *kit.Button: // its text wraps to a second line
		if narrow && !isChooser(o) && room.Height+0.5 < o.Within(room.Width).Height {
			t.Errorf("%v: %q needs a height of %v and has room for %v", size, o.Text(), o.Within(room.Width).Height, room)
		}
	case *kit.Segmented, *kit.Badge:
		if narrow {
			t.Errorf("%v: %s needs %v and has room for %v", size, describe(o), need, room)
		}
	}
}

// isChooser reports whether a button shows the choice in its menu: its text may be
// shortened, because assistive technology gets the whole text.
func isChooser(b *kit.Button) bool { return b.Glyph == theme.ChevronDown && b.Name != "" }

func chooserCaptions(root fyne.CanvasObject) map[string]bool {
	captions := map[string]bool{}
	for _, o := range visible(root) {
		b, ok := o.CanvasObject.(*kit.Button)
		_, list := o.CanvasObject.(*kit.Rows) // its rows are read out whole, and open
		if list || ok && isChooser(b) {
			for _, line := range texts(o.CanvasObject) {
				captions[line.Text.Text] = true
			}
		}
	}
	return captions
}

// staysInItsPlace guards that a control does not extend beyond its container.
func staysInItsPlace(t *testing.T, root fyne.CanvasObject, size fyne.Size) {
	t.Helper()
	var walk func(o fyne.CanvasObject, at fyne.Position, edge float32)
	walk = func(o fyne.CanvasObject, at fyne.Position, edge float32) {
		if o == nil || !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		right := at.X + o.Size().Width
		switch o := o.(type) {
		case *kit.Button, *kit.Badge, *kit.Segmented, *kit.Text, *kit.Field:
			if right > edge+0.5 {
				t.Errorf("%v: %s ends at %v, its place at %v", size, describe(o), right, edge)
			}
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at, right)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, at, right)
			}
		}
	}
	walk(root, fyne.Position{}, size.Width)
}

// endings returns the texts that themselves end in "…".
func endings(t *testing.T) map[string]bool {
	t.Helper()
	code := i18n.Current()
	if ends, ok := endingsOf[code]; ok {
		return ends
	}
	all, err := i18n.Translations(code)
	if err != nil {
		t.Fatal(err)
	}
	ends := map[string]bool{}
	for _, text := range all {
		ends[text] = strings.HasSuffix(text, "…")
	}
	endingsOf[code] = ends
	return ends
}

// endingsOf caches the endings of each language, because reading the texts takes longer
// than checking a window.
var endingsOf = map[string]map[string]bool{}

// resize changes the size of the window.
func (s *stage) resize(width, height float32) {
	s.w.win.Resize(fyne.NewSize(width, height))
	s.settle()
}

// places returns all objects of the page with their positions in it.
func (s *stage) places() []string {
	var all []string
	for _, o := range visible(s.w.page.Object) {
		if f, ok := o.CanvasObject.(fyne.Accessible); ok {
			all = append(all, fmt.Sprintf("%s at %.0f wide %.0f high %.0f", f.AccessibilityLabel(), o.At.X, o.Size().Width, o.Size().Height))
		}
	}
	return all
}

// TestSizeDecidesTheLayout guards that a window which was wide meanwhile looks the same
// as before, and that the focus, the caret's position and the typed text survive.
func TestSizeDecidesTheLayout(t *testing.T) {
	race.Skip(t, measures)
	for _, sizes := range [][2]fyne.Size{
		{fyne.NewSize(450, 300), fyne.NewSize(1000, 700)},
		{fyne.NewSize(1000, 700), fyne.NewSize(450, 300)},
		{fyne.NewSize(683, 384), fyne.NewSize(1920, 1080)},
	} {
		first, other := sizes[0], sizes[1]
		t.Run(fmt.Sprint(first, other), func(t *testing.T) {
			s := newStage(t, Options{Width: first.Width, Height: first.Height}, withSandbox)
			s.fill(filledForm())
			s.finish(failedReport())
			entry := s.field("Redirect URI").Entry
			s.w.form.Show(connection.FieldRedirectURI)
			entry.SetText("http://localhost:84")
			entry.CursorColumn = 7
			s.advance(session.TypingPause)
			before, narrow := s.places(), s.w.page.Narrow()
			if !inWindow(s, entry) {
				t.Error("the field with the focus is out of sight at the beginning")
			}

			s.resize(other.Width, other.Height)
			if s.w.page.Narrow() == narrow {
				t.Fatalf("the layout is the same at %v and %v", first, other)
			}
			if !inWindow(s, entry) {
				t.Errorf("the field with the focus is out of sight at %v", other)
			}
			s.resize(first.Width, first.Height)

			if after := s.places(); !slices.Equal(before, after) {
				t.Errorf("it looks different:\nbefore %s\nafter  %s", strings.Join(before, "\n"), strings.Join(after, "\n"))
			}
			if !inWindow(s, entry) {
				t.Error("the field with the focus is out of sight at the end")
			}
			if s.w.win.Canvas().Focused() != fyne.Focusable(entry) || entry.Text != "http://localhost:84" || entry.CursorColumn != 7 {
				t.Errorf("focus on %T, text %q, caret at %d", s.w.win.Canvas().Focused(), entry.Text, entry.CursorColumn)
			}
		})
	}
}

// inWindow reports whether all of an object is in the visible part of the page.
func inWindow(s *stage, o fyne.CanvasObject) bool {
	driver := fyne.CurrentApp().Driver()
	at, page := driver.AbsolutePositionForObject(o), driver.AbsolutePositionForObject(s.w.page.Object)
	return at.Y >= page.Y && at.Y+o.Size().Height <= page.Y+s.w.page.Object.Size().Height+0.5
}

// TestTabGoesTheSameWay guards that the keyboard order, from the form to the result to
// the lists, does not depend on the window's size.
func TestTabGoesTheSameWay(t *testing.T) {
	race.Skip(t, measures)
	walk := func(size fyne.Size) []string {
		s := newStage(t, Options{Width: size.Width, Height: size.Height}, withSandbox, withConsent)
		s.fill(filledForm())
		s.finish(failedReport())
		c := s.w.win.Canvas()
		s.w.form.Show(connection.FieldEnvironment)
		var names []string
		for range focusables(s.w.content) {
			f := c.Focused()
			names = append(names, f.(fyne.Accessible).AccessibilityLabel())
			if o := f.(fyne.CanvasObject); inPage(s, o) && !inWindow(s, o) {
				t.Errorf("%v: %q has the focus and is out of sight", size, names[len(names)-1])
			}
			c.FocusNext()
		}
		return names
	}
	wide, narrow := walk(fyne.NewSize(1000, 700)), walk(fyne.NewSize(450, 300))
	if !slices.Equal(wide, narrow) {
		t.Errorf("wide:\n%s\nnarrow:\n%s", strings.Join(wide, "\n"), strings.Join(narrow, "\n"))
	}
}

func inPage(s *stage, o fyne.CanvasObject) bool {
	return slices.ContainsFunc(visible(s.w.page.Object), func(p placed) bool { return p.CanvasObject == o })
}

// TestResultScrollsIntoSight guards a narrow window, where the result is below the form:
// an examination scrolls to the result, a shortcut scrolls to the form, typing stays at
// the form, and a field with a problem is scrolled to.
func TestResultScrollsIntoSight(t *testing.T) {
	s := newStage(t, Options{Width: 450, Height: 300}, withSandbox)
	driver := fyne.CurrentApp().Driver()
	atTop := func() bool {
		at, page := driver.AbsolutePositionForObject(s.card()), driver.AbsolutePositionForObject(s.w.page.Object)
		return at.Y >= page.Y && at.Y <= page.Y+2*theme.Space
	}
	if !inWindow(s, s.field("Environment URL")) || atTop() {
		t.Fatal("it does not begin with the form")
	}
	s.fill(filledForm())
	s.examine = halfway
	s.w.session.Test()
	s.until("four checks", func() bool { return s.examination().Progress.Done == 4 })
	if !atTop() {
		t.Error("the running examination is out of sight")
	}
	s.w.session.Cancel()
	s.until("the end", func() bool { return !s.examination().Active })
	s.finish(failedReport())
	if !atTop() {
		t.Error("the answer is out of sight")
	}
	s.w.item("form").Action()
	s.settle()
	if !inWindow(s, s.field("Environment URL").Entry) {
		t.Error("Ctrl+1 does not lead to the form")
	}
	s.field("Environment URL").Entry.SetText("https://fabrikam.crm.dynamics.com")
	s.advance(session.TypingPause)
	if !s.stale() || !inWindow(s, s.field("Environment URL").Entry) {
		t.Error("typing leads away from the form")
	}
	scenes[1].reach(s) // problems
	s.settle()
	if !inWindow(s, s.field("Environment URL").Entry) {
		t.Error("the field that is wrong is out of sight")
	}
}

// TestScrolledAwayTakesNoClicks guards that a click on the header reaches the header,
// although the form is behind it: with a scroll container inside another, Fyne ignores
// the bounds of the outer container.
func TestScrolledAwayTakesNoClicks(t *testing.T) {
	s := newStage(t, Options{Width: 450, Height: 300}, withSandbox)
	driver, canvas := fyne.CurrentApp().Driver(), s.w.win.Canvas()
	at := driver.AbsolutePositionForObject(s.w.header.path).AddXY(20, 20)
	field := driver.AbsolutePositionForObject(s.field("Environment URL").Entry).AddXY(0, 10)
	test.Scroll(canvas, field, 0, at.Y-field.Y)
	canvas.Unfocus()
	test.TapCanvas(canvas, at)
	if canvas.Focused() != fyne.Focusable(s.w.header.path) {
		t.Errorf("a click on the header gave the focus to %T", canvas.Focused())
	}
	if after := driver.AbsolutePositionForObject(s.field("Environment URL").Entry).AddXY(0, 10); after.Y != at.Y {
		t.Errorf("the page moved from %v to %v with a focus that is not in it", at.Y, after.Y)
	}
}

// TestWheelOverAnEntry guards that the wheel scrolls the page at any position of the
// pointer: Fyne sends it to the innermost object that scrolls, and an entry scrolls.
func TestWheelOverAnEntry(t *testing.T) {
	s := newStage(t, Options{Width: 450, Height: 300}, withSandbox)
	driver := fyne.CurrentApp().Driver()
	before := driver.AbsolutePositionForObject(s.field("Environment URL").Entry)
	test.Scroll(s.w.win.Canvas(), before.AddXY(20, 10), 0, -30)
	if after := driver.AbsolutePositionForObject(s.field("Environment URL").Entry); after.Y != before.Y-30 {
		t.Errorf("it was at %v and is at %v", before, after)
	}
}

// TestPicturesOfSmallWindows draws scenes in the smallest windows for visual review.
func TestPicturesOfSmallWindows(t *testing.T) {
	if *pictures == "" {
		return // TestScenes checks what needs no review
	}
	for _, size := range []fyne.Size{
		fyne.NewSize(450, 300), fyne.NewSize(450, 1800), // the whole page without scrolling
		fyne.NewSize(683, 384), fyne.NewSize(720, 440), fyne.NewSize(900, 600), fyne.NewSize(1920, 1080), fyne.NewSize(3840, 2160),
	} {
		for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
			for _, scene := range scenes {
				s := speaking(t, "de", Options{Theme: mode, Width: size.Width, Height: size.Height})
				scene.reach(s)
				s.settle()
				save(t, s, filepath.Join(*pictures, "sizes", fmt.Sprintf("%.0fx%.0f-%s-%s.png", size.Width, size.Height, scene.name, mode)))
			}
		}
	}
}

// TestFit guards that the window starts no larger than the screen, never smaller than its
// minimum, and keeps a size from the command line.
func TestFit(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	for _, c := range []struct {
		name          string
		opts          Options
		width, height int
		want          fyne.Size
	}{
		{"there is room", Options{}, 1920, 1040, fyne.NewSize(defaultWidth, defaultHeight)},
		{"a small screen", Options{}, 900, 600, fyne.NewSize(900, 600-titleBar)},
		{"a tiny one", Options{}, 320, 240, fyne.NewSize(leastWidth, leastHeight)},
		{"asked for", Options{Width: 1200, Height: 800}, 900, 600, fyne.NewSize(1200, 800)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, Options{Width: 1, Height: 1})
			s.w.opts = c.opts
			s.w.win.Resize(s.w.startSize())
			s.w.Fit(c.width, c.height)
			if got := s.w.win.Canvas().Size(); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
