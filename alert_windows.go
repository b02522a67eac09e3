package main

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// alert shows a message box: a program without a console has no other voice, and
// user32 needs no OpenGL.
func alert(title, text string) {
	fmt.Fprintln(os.Stderr, text)
	t, err1 := windows.UTF16PtrFromString(title)
	m, err2 := windows.UTF16PtrFromString(text)
	if err1 == nil && err2 == nil {
		_, _ = windows.MessageBox(0, m, t, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
	}
}
