package desktop

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

// TestRunDoesNotWaitForSettings guards the end of Fyne's Run against a write that may
// never end. If Fyne hides the hook, the program needs another way.
func TestRunDoesNotWaitForSettings(t *testing.T) {
	app := test.NewTempApp(t)
	hooked, ok := app.Lifecycle().(interface {
		SetOnStoppedHookExecuted(func())
		OnStopped() func()
	})
	if !ok {
		t.Fatal("Fyne's lifecycle has no hook")
	}
	hooked.SetOnStoppedHookExecuted(func() {})
	SkipSaveOnStop(app)
	if hooked.OnStopped() != nil {
		t.Error("the hook is still there")
	}
}
