package desktop

import (
	"os"
	"slices"
)

// secondTry is the environment variable that marks a process started by
// [Renderer.RestartInSoftware], so that it does not start a third.
const secondTry = "S2SDOCTOR_SECOND_TRY"

// Renderer is the way in which this process draws: with the graphics driver, or in
// software, which is slower and needs no driver.
type Renderer struct {
	restarted bool // this process was started to draw in software
}

// CurrentRenderer returns the renderer of this process. It removes the mark from the
// environment: programs that this one starts, such as a browser, must not inherit it.
func CurrentRenderer() Renderer {
	r := Renderer{restarted: os.Getenv(secondTry) != ""}
	_ = os.Unsetenv(secondTry)
	return r
}

// CleanEnvironment removes the variables that made this process draw in software, so
// that the programs it starts do not inherit them. Call it when the window is open.
func (r Renderer) CleanEnvironment() {
	if !r.restarted {
		return
	}
	for _, name := range softwareVariables {
		_ = os.Unsetenv(name)
	}
}

// RestartInSoftware runs the program once more, drawing in software, and returns its
// exit status. It returns false if this process was restarted already or the system
// has no such way.
func (r Renderer) RestartInSoftware(args []string) (status int, ok bool) {
	if r.restarted {
		return 0, false
	}
	environ := slices.Concat(os.Environ(), []string{secondTry + "=1"})
	return restart(args, environ)
}
