// Command typecheck-cgo type-checks a package as with cgo, on a computer that cannot
// compile its C code: the C declarations are assumed to be correct. GOOS and GOARCH
// choose the system, as for go build.
//
// usage: GOOS=darwin typecheck-cgo ./core/profile
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: typecheck-cgo PACKAGE")
		os.Exit(2)
	}
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "typecheck-cgo:", err)
		os.Exit(1)
	}
}

// listed is the output of go list for a package.
type listed struct {
	ImportPath, Dir   string
	GoFiles, CgoFiles []string
	ImportMap         map[string]string
	DepOnly           bool
}

// check type-checks the package and its dependencies in the order in which they import
// each other.
func check(pattern string) error {
	list := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,GoFiles,CgoFiles,ImportMap,DepOnly", pattern)
	list.Env = append(os.Environ(), "CGO_ENABLED=1")
	list.Stderr = os.Stderr
	out, err := list.StdoutPipe()
	if err != nil {
		return err
	}
	if err := list.Start(); err != nil {
		return err
	}
	known := map[string]*types.Package{"unsafe": types.Unsafe}
	for decoder := json.NewDecoder(out); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return list.Wait()
		} else if err != nil {
			return err
		}
		if p.ImportPath == "unsafe" {
			continue
		}
		if known[p.ImportPath], err = p.check(known); err != nil {
			return fmt.Errorf("%s: %w", p.ImportPath, err)
		}
		if !p.DepOnly {
			fmt.Println(p.ImportPath, "with", len(p.GoFiles)+len(p.CgoFiles), "files")
		}
	}
}

func (p listed) check(known map[string]*types.Package) (*types.Package, error) {
	files := token.NewFileSet()
	var parsed []*ast.File
	for _, name := range append(p.GoFiles, p.CgoFiles...) {
		file, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	arch := os.Getenv("GOARCH")
	if arch == "" {
		arch = runtime.GOARCH
	}
	config := types.Config{
		FakeImportC:      true,
		IgnoreFuncBodies: p.DepOnly,
		Sizes:            types.SizesFor("gc", arch),
		Importer:         importer{known, p.ImportMap},
	}
	return config.Check(p.ImportPath, files, parsed, nil)
}

// importer finds the packages that were checked before.
type importer struct {
	known   map[string]*types.Package
	renamed map[string]string
}

func (i importer) Import(path string) (*types.Package, error) {
	if to, ok := i.renamed[path]; ok {
		path = to
	}
	if p, ok := i.known[path]; ok {
		return p, nil
	}
	return nil, fmt.Errorf("%s is not among the dependencies", path)
}
