// Package jsondoc writes the JSON documents that the program prints, and checks those
// that it reads.
package jsondoc

import (
	"encoding/json"
	"io"
)

// Write writes v as one indented JSON value with a line break at its end. Angle
// brackets and ampersands stay as they are: a document is not part of a web page, and
// URLs in it are copied. An error of w is not returned; the caller's writer keeps it.
func Write(w io.Writer, v any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v)
}
