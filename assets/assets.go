// Package assets holds the pictures that are built into the programs.
//
// icon.png is made of icon.svg by the test in this package, with -update.
package assets

import _ "embed"

// Icon is the program's, 512 × 512, as PNG.
//
//go:embed icon.png
var Icon []byte
