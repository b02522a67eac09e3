package exam

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

// Refused returns the report of a form that is not examined because of what it was read
// from. The problem comes before the form's own; nothing is sent.
func Refused(form connection.Form, problem connection.Problem) Report {
	return Run(context.Background(), form, Options{Offline: true, source: []connection.Problem{problem}})
}
