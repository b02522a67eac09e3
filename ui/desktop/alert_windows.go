package desktop

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// Alert shows a message box and writes text to standard error. A Windows program
// without a console has no other output, and user32 needs no OpenGL.
func Alert(title, text string) {
	fmt.Fprintln(os.Stderr, text)
	t, err1 := windows.UTF16PtrFromString(title)
	m, err2 := windows.UTF16PtrFromString(text)
	if err1 == nil && err2 == nil {
		_, _ = windows.MessageBox(0, m, t, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
	}
}
