package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// revealers are all functions that may read a secret's plain text, each for a reason. A
// new function needs a line here, and a reviewer.
var revealers = []string{
	"cmd/s2scheck keylessVariables",    // the same, of a job of the sandbox
	"cmd/s2scheck variables",           // prints the sandbox's secret, for other programs
	"core held",                        // compares its first characters with Graph's hint
	"core/certificate Write",           // writes a new key into its file
	"core/certificate WritePFX",        // the same, encrypted
	"core/certificate addEncryptedKey", // opens a key with its password
	"core/certificate addOldKey",       // the same, for keys from before PKCS#8
	"core/certificate addPFX",          // opens a PFX with its password
	"core/certificate passwords",       // removes characters that were added to a password on its way
	"core/connection cleanSecret",      // trims it, and finds values that cannot be secrets
	"core/consent NonceMatches",        // compares the nonce in constant time
	"core/consent StateMatches",        // compares the state in constant time
	"core/entra Exchange",              // passes a user's code and verifier to MSAL
	"core/entra Peek",                  // reads a token's claims
	"core/entra Redeem",                // passes the code to either endpoint
	"core/entra authenticate",          // puts secret or assertion into the v1 request
	"core/entra callback",              // passes the assertion to MSAL
	"core/entra credential",            // passes the client secret to MSAL
	"core/entra redeemV2",              // passes the verifier to MSAL
	"core/profile Get",                 // detects the key of an encrypted secret
	"core/profile Set",                 // passes it to the system's store, or encrypts it
	"core/redact Add",                  // computes the spellings that a text may have
	"core/secret Equal",                // compares
	"core/transport attach",            // puts the token into its request
	"ui/form fill",                     // puts it into its entry, which shows dots
}

func TestOnlyTheseRevealASecret(t *testing.T) {
	var got []string
	walk(t, func(dir, file string, _ []string) {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(dir, "core/sandbox") {
			return // the sandbox has only its own secrets
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && reveals(f, packageNames(parsed)) {
				got = append(got, filepath.ToSlash(dir)+" "+f.Name.Name)
			}
		}
	})
	slices.Sort(got)
	want := slices.Clone(revealers)
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Compact(got)); diff != "" {
		t.Errorf("who looks at a secret's plain text (-allowed +found):\n%s", diff)
	}
}

// packageNames returns the names under which a file imports packages.
func packageNames(file *ast.File) []string {
	var names []string
	for _, i := range file.Imports {
		names = append(names, path.Base(strings.Trim(i.Path.Value, `"`)))
	}
	return names
}

// reveals reports whether a function calls the method Use of any value.
func reveals(f *ast.FuncDecl, packages []string) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return true
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Use" {
			of, named := sel.X.(*ast.Ident)
			found = found || !named || !slices.Contains(packages, of.Name)
		}
		return true
	})
	return found
}
