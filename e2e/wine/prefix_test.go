//go:build e2e && wine

package wine

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// made is the Wine prefix that all tests share, because making a prefix takes seconds.
var made string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "wine")
	if err != nil {
		panic(err)
	}
	made = filepath.Join(dir, "prefix")
	status := m.Run()
	stop := exec.Command("wineserver", "-k", "-w")
	stop.Env = append(os.Environ(), "WINEPREFIX="+made)
	_ = stop.Run()
	_ = os.RemoveAll(dir)
	os.Exit(status)
}

// prefix sets the environment variables so that this test's programs run in the shared
// prefix, without dialogs of Wine.
func prefix(t *testing.T) {
	t.Helper()
	t.Setenv("WINEPREFIX", made)
	t.Setenv("WINEDEBUG", "-all")
	t.Setenv("WINEDLLOVERRIDES", "mscoree,mshtml=") // otherwise Wine asks whether to install them
	if _, err := os.Stat(made); err == nil {
		return
	}
	run(t, "wineboot", "--init")
	run(t, "wineserver", "-w")
	shim(t)
}

// shim adds to Wine 8 the only function of bcryptprimitives.dll that Go needs; Wine has
// it from version 9 on. The shim is for these tests only.
func shim(t *testing.T) {
	t.Helper()
	source := filepath.Join(t.TempDir(), "shim.c")
	write(t, source, `
		#include <windows.h>
		BOOLEAN WINAPI SystemFunction036(PVOID buffer, ULONG length);
		__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
			return SystemFunction036(data, (ULONG)length);
		}`)
	run(t, "x86_64-w64-mingw32-gcc", "-shared", "-o",
		filepath.Join(made, "drive_c", "windows", "system32", "bcryptprimitives.dll"), source, "-ladvapi32")
}

// recordsTheBrowser replaces the ordinary browser with a program that records. asked
// returns the address that it was last called with.
func recordsTheBrowser(t *testing.T) (asked func() string) {
	t.Helper()
	dir := t.TempDir()
	record := filepath.Join(dir, "asked")
	browser := filepath.Join(dir, "xdg-open")
	write(t, browser, "#!/bin/sh\nprintf '%s' \"$1\" > '"+record+"'\n")
	if err := os.Chmod(browser, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return func() string {
		address, _ := os.ReadFile(record)
		return string(address)
	}
}

// poorDriver returns a library that, preloaded, offers OpenGL 1.1 to every program
// outside a folder softgl.
func poorDriver(t *testing.T) string {
	t.Helper()
	source, library := filepath.Join(t.TempDir(), "poor.c"), filepath.Join(t.TempDir(), "poor.so")
	write(t, source, `
		#include <stdio.h>
		#include <stdlib.h>
		#include <string.h>
		__attribute__((constructor)) static void poor(void) {
			char line[4096] = "";
			FILE *f = fopen("/proc/self/cmdline", "r");
			size_t n = f ? fread(line, 1, sizeof line - 1, f) : 0;
			if (f) fclose(f);
			for (size_t i = 0; i < n; i++) if (!line[i]) line[i] = ' ';
			if (strstr(line, "softgl")) unsetenv("MESA_GL_VERSION_OVERRIDE");
			else setenv("MESA_GL_VERSION_OVERRIDE", "1.1", 1);
		}`)
	run(t, "gcc", "-shared", "-fPIC", "-o", library, source)
	return library
}

// unpacked returns a folder with the program and the folder softgl, which scripts/softgl
// makes from an archive like Mesa's.
func unpacked(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	run(t, "cp", window, folder)
	source, build := filepath.Join(folder, "empty.c"), t.TempDir()
	write(t, source, "int nothing;\n")
	for _, dll := range []string{"opengl32.dll", "libgallium_wgl.dll"} {
		if err := os.MkdirAll(filepath.Join(build, "x64"), 0o700); err != nil {
			t.Fatal(err)
		}
		run(t, "x86_64-w64-mingw32-gcc", "-shared", "-o", filepath.Join(build, "x64", dll), source)
	}
	archive := filepath.Join(build, "mesa.7z")
	run(t, "7z", "a", archive, filepath.Join(build, "x64"))
	sum, _, _ := strings.Cut(run(t, "sha256sum", archive), " ")
	script := filepath.Join("..", "..", "scripts", "softgl")
	wrong := strings.Repeat("0", 64)
	if out, err := exec.Command(script, archive, wrong, window, filepath.Join(folder, "softgl")).CombinedOutput(); err == nil {
		t.Fatalf("it takes an archive with another checksum:\n%s", out)
	}
	run(t, script, archive, sum, window, filepath.Join(folder, "softgl"))
	return folder
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
