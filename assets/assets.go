// Package assets holds the pictures and the translations that are built into the
// programs.
//
// icon.png is made of icon.svg by the test in this package, with -update.
package assets

import "embed"

// Icon is the program's, 512 × 512, as PNG.
//
//go:embed icon.png
var Icon []byte

// Translations are the window's texts in every language but English, in the
// folder translations: one JSON object each, from the English text to its own.
//
//go:embed translations
var Translations embed.FS
