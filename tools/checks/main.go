// Command checks runs errorlint and gosec as a tool of go vet, which caches the
// results of packages that did not change:
//
//	go vet -vettool=bin/tools/checks ./...
//
// gosec.txt lists the rules of gosec that are off, each with the reason. gosec
// looks at the product only: tests handle made-up secrets, and scripts run what
// their developer names.
package main

import (
	_ "embed"
	"regexp"
	"strings"

	"github.com/polyfloyd/go-errorlint/errorlint"
	"github.com/securego/gosec/v2/goanalysis"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

//go:embed gosec.txt
var exceptions string

func main() {
	gosec := productOnly(goanalysis.Analyzer)
	if err := gosec.Flags.Set("exclude", strings.Join(rules(exceptions), ",")); err != nil {
		panic(err)
	}
	unitchecker.Main(errorlint.NewAnalyzer(), gosec)
}

// rules returns the first word of every line that is not a comment.
func rules(text string) []string {
	var names []string
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) > 0 && !strings.HasPrefix(fields[0], "#") {
			names = append(names, fields[0])
		}
	}
	return names
}

// aside are the folders of the module that are no part of either program.
var aside = regexp.MustCompile(`^github\.com/[^/]+/[^/]+/(e2e|bench|scripts)(/|$)`)

// productOnly returns the analyzer without its findings in tests and in the
// packages aside.
func productOnly(a *analysis.Analyzer) *analysis.Analyzer {
	limited := *a
	limited.Run = func(pass *analysis.Pass) (any, error) {
		report := pass.Report
		isAside := aside.MatchString(pass.Pkg.Path())
		product := *pass
		product.Report = func(d analysis.Diagnostic) {
			if !isAside && !strings.HasSuffix(pass.Fset.Position(d.Pos).Filename, "_test.go") {
				report(d)
			}
		}
		return a.Run(&product)
	}
	return &limited
}
