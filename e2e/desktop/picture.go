//go:build e2e

package desktop

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Screenshot saves a picture of the screen after all movement has stopped.
func (w *Window) Screenshot(file string) {
	w.t.Helper()
	w.keep(w.settle(), file)
}

// Has reports whether a colour is visible now.
func (w *Window) Has(c color.Color) bool {
	w.t.Helper()
	return w.Count(c) > 0
}

// Count returns the number of pixels of a colour now.
func (w *Window) Count(c color.Color) int {
	w.t.Helper()
	return count(w.picture(), c)
}

// Pixels returns the number of pixels of a colour after all movement has stopped.
func (w *Window) Pixels(c color.Color) int {
	w.t.Helper()
	return count(w.settle(), c)
}

func count(picture *image.RGBA, c color.Color) (n int) {
	want := color.RGBAModel.Convert(c).(color.RGBA)
	for i := 0; i < len(picture.Pix); i += 4 {
		if p := picture.Pix[i : i+3]; p[0] == want.R && p[1] == want.G && p[2] == want.B {
			n++
		}
	}
	return n
}

// settle waits until two pictures in a row are equal, and returns the last picture. It
// gives up after a few tries, because a caret may blink.
func (w *Window) settle() *image.RGBA {
	w.t.Helper()
	last := w.picture()
	for range 8 {
		time.Sleep(150 * time.Millisecond)
		next := w.picture()
		if same(last, next) {
			return next
		}
		last = next
	}
	return last
}

func same(a, b *image.RGBA) bool { return string(a.Pix) == string(b.Pix) }

// blank reports whether the window, without its frame, has a single colour.
func (w *Window) blank() bool {
	w.t.Helper()
	pixels := w.capture(w.id).Pix
	for i := 4; i < len(pixels); i++ {
		if pixels[i] != pixels[i-4] {
			return false
		}
	}
	return true
}

// picture returns the whole screen as it is now.
func (w *Window) picture() *image.RGBA {
	w.t.Helper()
	return w.capture("root")
}

func (w *Window) capture(window string) *image.RGBA {
	w.t.Helper()
	data, err := w.desktop.run("", "import", "-window", window, "-depth", "8", "ppm:-")
	if err != nil {
		w.t.Fatalf("import: %v", err)
	}
	return w.parse(data)
}

// parse reads a portable pixmap, the format that is fastest to write.
func (w *Window) parse(data string) *image.RGBA {
	w.t.Helper()
	var width, height, most int
	header := strings.NewReader(data)
	if n, err := fmt.Fscanf(header, "P6\n%d %d\n%d\n", &width, &height, &most); n != 3 || err != nil || header.Len() != 3*width*height {
		w.t.Fatalf("import gave no picture: %v", err)
	}
	rgb := data[len(data)-header.Len():]
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		copy(picture.Pix[4*i:], rgb[3*i:3*i+3])
		picture.Pix[4*i+3] = 0xFF
	}
	return picture
}

func (w *Window) keep(picture image.Image, path string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := errors.Join(png.Encode(file, picture), file.Close()); err != nil {
		w.t.Fatal(err)
	}
}
