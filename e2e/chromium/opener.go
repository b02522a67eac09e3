//go:build e2e

package chromium

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// desktop passes an address to the running Chromium through its DevTools, as xdg-open
// passes it to the running browser. bash supports TCP itself. The query of the DevTools
// request is the address, so characters with a meaning in a query are encoded once more.
const desktop = `#!/bin/bash
set -eu
address=${1//\%/%25}
address=${address//\&/%26}
address=${address//\#/%23}
exec 3<>/dev/tcp/127.0.0.1/PORT
printf 'PUT /json/new?%s HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n' "$address" >&3
read -r _ status _ <&3
[ "$status" = 200 ]
`

// AsOrdinaryBrowser makes this Chromium open web pages for t and for the programs that t
// starts: it adds a script to the front of PATH, under the name of the desktop opener
// that is tried first.
func (b *Browser) AsOrdinaryBrowser(t *testing.T) {
	t.Helper()
	port, _, err := debugger(t.Context(), b.folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	install(t, "xdg-open", strings.ReplaceAll(desktop, "PORT", port))
}

// private is Chromium as a user has it installed, except that it shows no windows and
// runs as root, as builders require.
const private = `#!/bin/sh
echo $$ >'FOLDER/pid'
exec PROGRAM FLAGS --user-data-dir='FOLDER' "$@" >'FOLDER/output' 2>&1
`

// Installed puts a Chromium on PATH under its own name. started returns it after the
// program under test has started it.
func Installed(t *testing.T) (started func() *Browser) {
	t.Helper()
	folder := profile(t)
	quiet := ""
	for _, f := range flags {
		quiet += " '" + f + "'"
	}
	install(t, "chromium", strings.NewReplacer("PROGRAM", program(), "FLAGS", quiet, "FOLDER", folder).Replace(private))
	return func() *Browser {
		t.Helper()
		return attach(t, folder, nil, func() { endProcess(filepath.Join(folder, "pid")) })
	}
}

// endProcess sends a signal to end to the process whose ID is in a file.
func endProcess(file string) {
	raw, _ := os.ReadFile(file)
	if pid, err := strconv.Atoi(strings.TrimSpace(string(raw))); err == nil && pid > 1 {
		if process, err := os.FindProcess(pid); err == nil {
			_ = process.Signal(syscall.SIGTERM)
		}
	}
}

func install(t *testing.T, name, script string) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
}
