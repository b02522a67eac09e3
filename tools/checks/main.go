// Command checks runs errorlint and gosec as a tool of go vet, which caches the
// results of packages that did not change:
//
//	go vet -vettool=bin/tools/checks ./...
//
// gosec.txt lists the rules of gosec that are off, everywhere or in a folder, each with
// the reason. gosec looks at the product only: tests handle made-up secrets, and scripts
// run what their developer names.
package main

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"github.com/polyfloyd/go-errorlint/errorlint"
	"github.com/securego/gosec/v2/goanalysis"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

//go:embed gosec.txt
var exceptions string

func main() {
	off, local := rules(exceptions)
	gosec := limited(goanalysis.Analyzer, local)
	if err := gosec.Flags.Set("exclude", strings.Join(off, ",")); err != nil {
		panic(err)
	}
	unitchecker.Main(errorlint.NewAnalyzer(), gosec)
}

// localRule is a rule that is off in a folder of the module.
type localRule struct{ rule, folder string }

// rules returns the rules that are off everywhere, and those that are off in a folder:
// the first word of every line that is not a comment.
func rules(text string) (off []string, local []localRule) {
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 2 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if folder, ok := strings.CutPrefix(fields[1], "["); ok {
			local = append(local, localRule{fields[0], strings.TrimSuffix(folder, "]")})
			continue
		}
		off = append(off, fields[0])
	}
	return off, local
}

// aside matches the folders of the module that are in neither program.
var aside = regexp.MustCompile(`^github\.com/[^/]+/[^/]+/(e2e|bench|scripts)(/|$)`)

// limited returns the analyzer without its findings in tests, in the packages aside, and
// without the local rules in their folders.
func limited(a *analysis.Analyzer, local []localRule) *analysis.Analyzer {
	limited := *a
	limited.Run = func(pass *analysis.Pass) (any, error) {
		report := pass.Report
		isAside := aside.MatchString(pass.Pkg.Path())
		product := *pass
		product.Report = func(d analysis.Diagnostic) {
			here := func(l localRule) bool {
				return strings.HasPrefix(d.Message, l.rule+":") && strings.HasSuffix(pass.Pkg.Path(), "/"+l.folder)
			}
			if !isAside && !strings.HasSuffix(pass.Fset.Position(d.Pos).Filename, "_test.go") && !slices.ContainsFunc(local, here) {
				report(d)
			}
		}
		return a.Run(&product)
	}
	return &limited
}
