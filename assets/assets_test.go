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

var update = flag.Bool("update", false, "make the icons and the packed translations anew")

// TestIcons guards that the PNG files show the drawing in icon.svg.
func TestIcons(t *testing.T) {
	for file, side := range map[string]float32{"icon.png": 512, "window.png": 128} {
		t.Run(file, func(t *testing.T) {
			drawn := draw(t, side)
			if *update {
				var b bytes.Buffer
				if err := png.Encode(&b, drawn); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			stored, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if stored.Bounds() != drawn.Bounds() {
				t.Fatalf("%s is %v, the drawing %v", file, stored.Bounds(), drawn.Bounds())
			}
			if far := difference(stored, drawn); far > 2 { // processors round differently
				t.Errorf("%s is not icon.svg (%d of 255 apart): go test ./assets -update", file, far)
			}
		})
	}
}

func draw(t *testing.T, side float32) image.Image {
	t.Helper()
	test.NewTempApp(t)
	svg, err := os.ReadFile("icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(canvas.NewImageFromResource(fyne.NewStaticResource("icon.svg", svg)))
	c.Resize(fyne.NewSquareSize(side))
	return c.Capture()
}

// difference returns the largest difference between two values of the pictures.
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
