package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// noScreen says what happened, and three ways on.
func noScreen(why error) string {
	var b strings.Builder
	fmt.Fprintf(&b, "S2S Doctor cannot open its window: %v.\n\nWhat you can do:\n", why)
	for i, way := range waysOn(why, runtime.GOOS) {
		fmt.Fprintf(&b, "%d. %s\n", i+1, way)
	}
	return b.String()
}

// waysOn are what helps on an operating system; the last needs no window at all.
func waysOn(why error, system string) [3]string {
	const command = "Use s2scheck in a terminal: it makes the same examination without a window. s2scheck --help says how."
	if errors.Is(why, errNoDisplay) {
		return [3]string{
			"Start it in a desktop session, not in a text console or a service.",
			"Over ssh, let the window come to you: ssh -X. Or use a remote desktop.",
			command,
		}
	}
	switch system {
	case "windows":
		return [3]string{
			"In a virtual machine: switch on 3D acceleration. On a computer of its own: install the maker's graphics driver.",
			"On a remote desktop: unpack the download that ends in softgl.zip beside this program. It draws without a graphics driver, and is found by itself.",
			command,
		}
	case "darwin":
		return [3]string{
			"In a virtual machine: switch on 3D acceleration, or let Apple's own virtualisation run it.",
			"Start it from the desktop of this Mac, not over ssh.",
			command,
		}
	}
	return [3]string{
		"In a virtual machine: switch on 3D acceleration. Else install the graphics driver.",
		"Install Mesa, which draws without one: libgl1-mesa-dri on Debian and Ubuntu, mesa-dri-drivers on Fedora. It is then found by itself.",
		command,
	}
}
