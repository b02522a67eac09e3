package support

import (
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
)

// WriteJSON writes the report: docs/schema/support.json.
func (r Report) WriteJSON(w io.Writer) { jsondoc.Write(w, r) }
