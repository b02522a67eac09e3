package catalog

import "github.com/s2sdoctor/s2sdoctor/core/plain"

// MaxText is the longest remote text that is kept, in bytes.
const MaxText = plain.MaxText

// Clean makes plain text of what a remote side sent, see [plain.Line].
func Clean(text string) string { return plain.Line(text) }

func cleanTo(text string, limit int) string { return plain.LineTo(text, limit) }
