package desktop

import "fyne.io/fyne/v2"

// SkipSaveOnStop removes Fyne's write of the settings at the end of Run; Fyne writes
// them at every change anyway. Up to Fyne 2.8.1 Run may wait for that write for ever:
// https://github.com/fyne-io/fyne/issues/6021
func SkipSaveOnStop(app fyne.App) {
	if l, ok := app.Lifecycle().(interface{ SetOnStoppedHookExecuted(func()) }); ok {
		l.SetOnStoppedHookExecuted(nil)
	}
}
