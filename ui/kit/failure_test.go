package kit

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestFailure(t *testing.T) {
	test.NewTempApp(t)
	f := NewFailure()
	if f.Object.Visible() {
		t.Error("it shows without a reason")
	}
	f.Set("Entra refuses it.")
	if !f.Object.Visible() || f.reason.Text() != "Entra refuses it." {
		t.Errorf("visible %v, %q", f.Object.Visible(), f.reason.Text())
	}
	f.Set("")
	if f.Object.Visible() {
		t.Error("it stays after the reason is gone")
	}
}
