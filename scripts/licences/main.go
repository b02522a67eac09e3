// Command licences writes the licences of everything that is linked into a Go program: of
// the modules in its build information, of the fonts and C code in these modules, and of
// Go. Distributors of a program must include these licences.
package main

import (
	"debug/buildinfo"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: licences PROGRAM")
		os.Exit(2)
	}
	if err := write(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func write(w io.Writer, program string) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "S2S Doctor is made of the following, too. Each part keeps its licence.")
	root, err := goEnv("GOROOT")
	if err != nil {
		return err
	}
	if err := part(w, "Go "+info.GoVersion, root, []string{filepath.Join(root, "LICENSE")}); err != nil {
		return err
	}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		dir, err := output("go", "list", "-m", "-f", "{{.Dir}}", m.Path)
		if err != nil {
			return err
		}
		files, err := find(dir)
		if err != nil {
			return err
		}
		if len(files) == 0 {
			return fmt.Errorf("%s has no licence: it cannot be passed on", m.Path)
		}
		if err := part(w, m.Path+" "+m.Version, dir, files); err != nil {
			return err
		}
	}
	return nil
}

var licence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|ofl|unlicense)([-_. ].*)?$`)

// find lists the licences in a module, without those of its tests and tools.
func find(dir string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != dir && (d.Name() == "testdata" || d.Name() == "cmd" || d.Name() == "examples" || strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case d.Type().IsRegular() && licence.MatchString(d.Name()) && !strings.HasSuffix(d.Name(), ".go"):
			files = append(files, path)
		}
		return nil
	})
	return files, err
}

func part(w io.Writer, name, dir string, files []string) error {
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		where, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n%s\n%s (%s)\n\n%s\n", strings.Repeat("=", 72), name, filepath.ToSlash(where),
			strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	return nil
}

func goEnv(name string) (string, error) { return output("go", "env", name) }

func output(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}
