package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// TestUnusedKeysReachWindow guards Esc: Fyne drops a key that the focused control
// ignores.
func TestUnusedKeysReachWindow(t *testing.T) {
	segmented := NewSegmented("Choice", []string{"A", "B"}, nil)
	entry, secret := NewEntry("Name"), NewSecretEntry("Secret")
	disclosure := NewTextDisclosure("More", func() fyne.CanvasObject { return Caption("inside") })
	tick := NewCheckbox("Done", false, nil)
	b := newBench(t, layout.Column(4, NewButton("B", Quiet, nil), segmented, entry, secret, disclosure, tick))
	for _, f := range []fyne.Focusable{segmented, entry, secret, disclosure.head, tick, NewButton("B", Quiet, nil)} {
		reached := false
		b.win.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { reached = ev.Name == fyne.KeyEscape })
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if !reached {
			t.Errorf("%T keeps Esc to itself", f)
		}
	}
}

func TestButtonFitsText(t *testing.T) {
	for _, scale := range []Scale{Normal, Big, Compact} {
		for _, kind := range []Kind{Primary, Secondary, Quiet} {
			button := NewButton("Power Platform admin center: Environments", kind, nil)
			button.Scale, button.Glyph, button.Trailing = scale, theme.Out, true
			newBench(t, layout.Flow(4, button))
			for _, o := range test.WidgetRenderer(button).Objects() {
				if text, ok := o.(*canvas.Text); ok && (text.Position().X < 0 || text.Position().X+text.MinSize().Width > button.Size().Width) {
					t.Errorf("scale %d, kind %d: the text goes from %v to %v in %v", scale, kind, text.Position().X, text.Position().X+text.MinSize().Width, button.Size().Width)
				}
			}
		}
	}
}

func TestCopyButtonShowsCopied(t *testing.T) {
	content := "first"
	b := &bench{}
	c := NewCopyButton(b.env(), "Copy report", "the report", func() string { return content })
	newBench(t, c.Button)
	test.Tap(c.Button)
	content = "second"
	test.Tap(c.Button)
	if len(b.copied) != 2 || b.copied[1] != "second" {
		t.Errorf("copied %q", b.copied)
	}
	if c.Text() != "Copied" || c.Glyph != theme.Check {
		t.Errorf("it says %q", c.Text())
	}
	b.ring()
	if c.Text() != "Copy report" || c.Glyph != theme.Copy {
		t.Errorf("afterwards it says %q", c.Text())
	}
}
