package core

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/export"
)

// Export writes a form for another program, without its secret: see [export.Write].
// tenantID is the environment's own, for a form without one; name is the name of the
// connection. Both may be "".
func (d Doctor) Export(format export.Format, form connection.Form, tenantID, name string) (string, error) {
	return export.Write(format, form, export.Options{Clouds: d.clouds(), TenantID: tenantID, Name: name})
}
