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

// desktop hands an address to the running Chromium through its DevTools, as
// xdg-open hands one to the running browser. bash can speak TCP by itself. Its
// query is one address, so what has a meaning in a query is encoded once more.
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

// AsOrdinaryBrowser makes this Chromium what opens web pages for t, and for the
// programs that it starts: under the name that a desktop's own opener has, the
// first that is looked for, in front of everything else on the PATH.
func (b *Browser) AsOrdinaryBrowser(t *testing.T) {
	t.Helper()
	port, _, err := debugger(t.Context(), b.folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	install(t, "xdg-open", strings.ReplaceAll(desktop, "PORT", port))
}

// private is Chromium as a person has it installed, save for what a builder
// cannot do: show windows, and run as another user than root.
const private = `#!/bin/sh
echo $$ >'FOLDER/pid'
exec PROGRAM FLAGS --user-data-dir='FOLDER' "$@" >'FOLDER/output' 2>&1
`

// Installed puts a Chromium on the PATH under its own name. started gives it, once
// the program under test has started it.
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

// endProcess asks the process whose ID is in a file to end.
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
