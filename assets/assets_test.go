package assets

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
)

var update = flag.Bool("update", false, "make icon.png and the packed translations anew")

// TestIcon guards that the picture in the program is the drawing.
func TestIcon(t *testing.T) {
	drawn := draw(t)
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, drawn); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("icon.png", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		Icon = b.Bytes()
	}
	stored, err := png.Decode(bytes.NewReader(Icon))
	if err != nil {
		t.Fatal(err)
	}
	if stored.Bounds() != drawn.Bounds() {
		t.Fatalf("icon.png is %v, the drawing %v", stored.Bounds(), drawn.Bounds())
	}
	if far := difference(stored, drawn); far > 2 { // processors round differently
		t.Errorf("icon.png is not icon.svg (%d of 255 apart): go test ./assets -update", far)
	}
}

func draw(t *testing.T) image.Image {
	t.Helper()
	test.NewTempApp(t)
	svg, err := os.ReadFile("icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(canvas.NewImageFromResource(fyne.NewStaticResource("icon.svg", svg)))
	c.Resize(fyne.NewSize(512, 512))
	return c.Capture()
}

// difference is that of the two most different values.
func difference(a, b image.Image) uint32 {
	var most uint32
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			r1, g1, b1, a1 := a.At(x, y).RGBA()
			r2, g2, b2, a2 := b.At(x, y).RGBA()
			for _, pair := range [][2]uint32{{r1, r2}, {g1, g2}, {b1, b2}, {a1, a2}} {
				most = max(most, max(pair[0], pair[1])-min(pair[0], pair[1]))
			}
		}
	}
	return most >> 8
}
