package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

var csvColumns = []string{
	"name", "environment", "tenantId", "clientId", "healthy", "rootCause", "warnings", "userName", "credentialEnds", "durationMs",
}

// CSV writes a row for each connection.
func CSV(w io.Writer, reports []exam.Report) {
	out := csv.NewWriter(w)
	_ = out.Write(csvColumns)
	for _, r := range reports {
		user := ""
		if r.WhoAmI != nil {
			user = r.WhoAmI.UserName
		}
		row := []string{
			r.Profile, r.Connection.Environment, r.Connection.TenantID, r.Connection.ClientID, strconv.FormatBool(r.Healthy), string(r.RootCause),
			strings.Join(catalog.Names(r.Warnings), " "), user, ends(r), strconv.FormatInt(r.DurationMS, 10),
		}
		for i, cell := range row {
			row[i] = Cell(cell)
		}
		_ = out.Write(row)
	}
	out.Flush()
}

// ends returns when the credential ends, "" where that is not known.
func ends(r exam.Report) string {
	if end := r.Basis.CertificateUntil; !end.IsZero() {
		return end.UTC().Format(time.RFC3339)
	}
	return ""
}

// Cell quotes a cell that a spreadsheet would take for a formula.
//
// Source: owasp.org/www-community/attacks/CSV_Injection.
func Cell(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
