package plan

import (
	"io"

	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
)

// WriteJSON writes the plan as a JSON document: docs/schema/plan.json.
func WriteJSON(w io.Writer, p Plan) { jsondoc.Write(w, p) }
