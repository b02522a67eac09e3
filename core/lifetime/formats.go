package lifetime

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
	"github.com/s2sdoctor/s2sdoctor/core/report"
)

// Row is a connection in the JSON and the CSV of s2scheck expiry.
type Row struct {
	Profile     string `json:"profile"`
	Group       string `json:"group"`
	Environment string `json:"environment"`
	ClientID    string `json:"clientId"`
	Credential  string `json:"credential"`
	Source      string `json:"source"`
	// Ends is in RFC 3339, "" where it is not known.
	Ends string `json:"ends"`
	// Days is nil where the end is not known; Warning is 0 where no threshold was passed.
	Days       *int   `json:"days"`
	Warning    int    `json:"warning"`
	Thumbprint string `json:"thumbprint"`
}

func (l Lifetime) row(now time.Time) Row {
	r := Row{
		Profile: l.Name, Group: l.Group, Environment: l.Environment, ClientID: l.ClientID,
		Credential: string(l.Kind), Source: string(l.Source), Thumbprint: l.Thumbprint,
	}
	if !l.Ends.IsZero() {
		days := l.Days(now)
		r.Ends, r.Days = l.Ends.UTC().Format(time.RFC3339), &days
		r.Warning, _ = l.Warning(now)
	}
	return r
}

// WriteJSON writes the list: docs/schema/expiry.json.
func WriteJSON(w io.Writer, list []Lifetime, now time.Time) {
	rows := []Row{}
	for _, l := range list {
		rows = append(rows, l.row(now))
	}
	jsondoc.Write(w, struct {
		Version   int   `json:"version"`
		Lifetimes []Row `json:"lifetimes"`
	}{1, rows})
}

// WriteCSV writes the list as a table, with the names of its columns.
func WriteCSV(w io.Writer, list []Lifetime, now time.Time) {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"name", "group", "environment", "clientId", "credential", "source", "ends", "days", "warning", "thumbprint"})
	for _, l := range list {
		r := l.row(now)
		days, warning := "", ""
		if r.Days != nil {
			days = strconv.Itoa(*r.Days)
		}
		if r.Warning > 0 {
			warning = strconv.Itoa(r.Warning)
		}
		_ = out.Write([]string{
			report.Cell(r.Profile), report.Cell(r.Group), report.Cell(r.Environment), report.Cell(r.ClientID),
			r.Credential, r.Source, r.Ends, days, warning, r.Thumbprint,
		})
	}
	out.Flush()
}

// WriteText writes a line for each connection.
func WriteText(w io.Writer, list []Lifetime, now time.Time, c report.Colours) {
	for _, l := range list {
		colour, end := "", "not known"
		switch days := l.Days(now); {
		case l.Source == Endless:
			end = "does not end"
		case l.Ends.IsZero():
		case l.Ended(now):
			colour, end = c.Bad, "ended on "+l.Ends.UTC().Format(time.DateOnly)
		case days == 0:
			colour, end = c.Bad, "ends within a day"
		default:
			end = fmt.Sprintf("ends on %s, in %d days", l.Ends.UTC().Format(time.DateOnly), days)
			if _, warns := l.Warning(now); warns {
				colour = c.Warn
			}
		}
		fmt.Fprintf(w, "%s%s%s  %s, %s\n", colour, l.Name, c.Off, l.Kind, end)
	}
}
