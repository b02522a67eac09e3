package desktop

import (
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// Explain returns what an error of [Window.Open] means and three things to do, in
// the language of the window; name is that of the program.
func Explain(err error, name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", i18n.F("{{.Name}} cannot open its window. {{.Why}}", i18n.V{"Name": name, "Why": reason(err)}), i18n.L("What you can do:"))
	for i, step := range remedies(err, runtime.GOOS) {
		fmt.Fprintf(&b, "%d. %s\n", i+1, step)
	}
	return b.String()
}

func reason(err error) string {
	if errors.Is(err, ErrNoDisplay) {
		return i18n.L("There is no display to open it on.")
	}
	return i18n.L("The graphics driver offers no OpenGL 2.1.")
}

// remedies returns what helps on an operating system; the last needs no window.
func remedies(err error, system string) [3]string {
	command := i18n.L("Use s2scheck in a terminal: it makes the same examination without a window. s2scheck --help shows how.")
	if errors.Is(err, ErrNoDisplay) {
		return [3]string{
			i18n.L("Start it in a desktop session, not in a text console or a service."),
			i18n.L("Over ssh, let the window come to you: ssh -X. Or use a remote desktop."),
			command,
		}
	}
	driver := i18n.L("In a virtual machine: switch on 3D acceleration. On a physical computer: install the maker's graphics driver.")
	switch system {
	case "windows":
		return [3]string{
			driver,
			i18n.L("On a remote desktop: unpack the download that ends in softgl.zip beside this program. It draws without a graphics driver, and is found automatically."),
			command,
		}
	case "darwin":
		return [3]string{
			i18n.L("In a virtual machine: switch on 3D acceleration, or let Apple's own virtualisation run it."),
			i18n.L("Start it from the desktop of this Mac, not over ssh."),
			command,
		}
	}
	return [3]string{
		driver,
		i18n.L("Install Mesa, which draws without one: libgl1-mesa-dri on Debian and Ubuntu, mesa-dri-drivers on Fedora. It is then found automatically."),
		command,
	}
}
