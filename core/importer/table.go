package importer

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// readTable reads a list in CSV, separated by commas, semicolons, tabs or bars, whose first
// row names the columns.
func readTable(text string) ([]entry, error) {
	found, err := rowsOf(text)
	if err == nil && !slices.ContainsFunc(found, func(e entry) bool { return e.clientID != "" || e.by != secretSignIn }) {
		return nil, ErrNotImportable // its columns may have other names
	}
	return found, err
}

func rowsOf(text string) ([]entry, error) {
	head, rest, _ := strings.Cut(text, "\n")
	if separatorLine.MatchString(head) {
		text = rest
		head, _, _ = strings.Cut(text, "\n")
	}
	for strings.HasPrefix(head, "#") { // a remark
		text = text[min(len(text), len(head)+1):]
		head, _, _ = strings.Cut(text, "\n")
	}
	separator := ','
	for _, other := range ";\t|" {
		if strings.Count(head, string(other)) > strings.Count(head, string(separator)) {
			separator = other
		}
	}
	rows := csv.NewReader(strings.NewReader(text))
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.TrimLeadingSpace = separator, -1, true, separator != '\t'
	columns, err := rows.Read()
	connections, others := kindOf(columns)
	if err != nil || !connections && !others {
		return nil, ErrNotImportable
	}
	var found []entry
	for {
		row, err := rows.Read()
		switch {
		case errors.Is(err, io.EOF) && len(found) == 0 && !connections:
			return nil, ErrNotImportable
		case errors.Is(err, io.EOF) && len(found) == 0:
			return nil, ErrEmpty
		case errors.Is(err, io.EOF):
			return found, nil
		case err != nil:
			return nil, ErrDamaged
		case len(found) > most:
			return nil, ErrTooBig
		}
		s := settings{}
		for i, value := range row {
			if i < len(columns) {
				s.add(plain.Squeeze(columns[i]), value)
			}
		}
		if e, ok := s.entry(); ok && (connections || isEnvironment(e.address)) || connections && e.address != "" {
			found = append(found, e)
		}
	}
}

// separatorLine is what Excel reads first where it is there.
var separatorLine = lazyregexp.New(`^sep=.\r?$`)

// kindOf reports whether a row names columns of connections, or those of something else
// with addresses in it, such as logins of password managers and lists of environments:
// among these only environments count.
func kindOf(columns []string) (connections, others bool) {
	known := map[meaning]bool{}
	for _, c := range columns {
		known[vocabulary[plain.Squeeze(c)]] = true
	}
	connections = known[anAddress] && (known[aClient] || known[aSignIn])
	return connections, !connections && known[anAddress]
}
