// Command gendocs writes docs/troubleshooting.md from the catalogue.
//
// The page has the same texts as the programs: every cause has its
// section, every code its row, and nothing is written by hand.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gendocs:", err)
		os.Exit(1)
	}
}

func run() error {
	path, err := page()
	if err != nil {
		return err
	}
	return os.WriteFile(path, render(catalog.All()), 0o644) // #nosec G306 -- a public document
}

// page finds docs/troubleshooting.md from any folder of the module.
func page() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "docs", "troubleshooting.md"), nil
		}
		if filepath.Dir(dir) == dir {
			return "", fmt.Errorf("there is no go.mod above the working directory")
		}
		dir = filepath.Dir(dir)
	}
}
