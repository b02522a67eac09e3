package paste

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

var (
	ruler  = lazyregexp.New(`^[\s|:+=-]*-{2,}[\s|:+=-]*$`)
	spaces = lazyregexp.New(`[ \t]{2,}`)
)

// mostCells is how many columns a table may have.
const mostCells = 40

// table reads the table that begins at a line; it returns how many lines it has,
// or 0.
func (r *reader) table(lines []string, at, paragraph int) int {
	splits := []func(string) []string{pipes, tabs, separated(','), separated(';'), columns}
	wanted := 2
	if len(lines) > at+1 {
		if ruled := ruledColumns(lines[at+1]); ruled != nil {
			splits = append([]func(string) []string{ruled}, splits...)
			wanted = 1 // the dashes are proof enough
		}
	}
	for _, split := range splits {
		header := split(lines[at])
		if len(header) < 2 || len(header) > mostCells {
			continue
		}
		// The rows are looked at under a header only: under each line, that would be
		// quadratic.
		name, text, isList := nameAndValue(header)
		if isList || labels(header) >= wanted && !holdsValue(header) {
			switch rows := tableRows(lines[at+1:], len(header), split); {
			case len(rows) == 0:
			case isList:
				return 1 + r.list(rows, name, text, at, paragraph)
			default:
				return 1 + r.rows(header, rows, at, paragraph)
			}
		}
		if isGrid(header) {
			if used := r.grid(lines[at:], split, at, paragraph); used > 0 {
				return used
			}
		}
	}
	return 0
}

func pipes(line string) []string {
	if strings.Count(line, "|") < 1 {
		return nil
	}
	line = strings.TrimSpace(line)
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	return cells(strings.Split(line, "|"))
}

func tabs(line string) []string {
	if !strings.Contains(line, "\t") {
		return nil
	}
	return cells(strings.Split(line, "\t"))
}

func columns(line string) []string {
	if !strings.Contains(strings.TrimSpace(line), "  ") {
		return nil
	}
	return cells(strings.Split(spaces.ReplaceAllString(strings.TrimSpace(line), "\t"), "\t"))
}

// dashes are the lines under the heads of columns, as PowerShell and Azure CLI draw them.
var (
	dashes     = lazyregexp.New(`-{2,}`)
	underHeads = lazyregexp.New(`^\s*-{2,}(?:\s+-{2,})+\s*$`)
)

// ruledColumns splits lines where the dashes under a header begin; nil if the line
// has no dashes. A cell may be empty then, and may hold blanks.
func ruledColumns(line string) func(string) []string {
	if !underHeads.MatchString(line) {
		return nil
	}
	starts := dashes.FindAllStringIndex(line, -1)
	return func(line string) []string {
		if strings.TrimSpace(line) == "" {
			return nil
		}
		row := []rune(line)
		list := make([]string, len(starts))
		for i, s := range starts {
			from, to := min(s[0], len(row)), len(row)
			if i+1 < len(starts) {
				to = min(starts[i+1][0], len(row))
			}
			if from > 0 && from < len(row) && row[from-1] != ' ' {
				return nil // the row does not keep to the columns
			}
			list[i] = string(row[from:to])
		}
		return cells(list)
	}
}

// nameAndValue returns the columns of a table whose rows are a name and its value.
func nameAndValue(header []string) (name, text int, ok bool) {
	name, text = -1, -1
	for i, cell := range header {
		switch plain.Squeeze(withoutStage(strings.Trim(cell, "*:` "))) {
		case "key", "name", "setting", "field", "property", "parameter", "variable", "attribute", "item":
			name = max(name, i)
		case "value":
			text = i
		default:
			if isSecretID(cell) {
				return 0, 0, false
			}
		}
	}
	return name, text, name >= 0 && text > name
}

// withoutStage drops the stage before or behind the head of a column, as in "DEV value".
func withoutStage(cell string) string {
	list := strings.Fields(cell)
	if len(list) != 2 {
		return cell
	}
	for i, w := range list {
		if stages[fold(strings.Trim(w, "()"))] {
			return list[1-i]
		}
	}
	return cell
}

// list takes rows that are a name and its value.
func (r *reader) list(rows [][]string, name, text, at, paragraph int) int {
	for i, row := range rows {
		if row != nil && row[text] != "" {
			r.add(pair{scope: append([]string{}, r.scope()...), name: row[name], value: value{text: row[text]}, line: at + 1 + i, paragraph: paragraph, source: fromTable})
		}
	}
	return len(rows)
}

// separated splits CSV.
func separated(by rune) func(string) []string {
	return func(line string) []string {
		if !strings.ContainsRune(line, by) {
			return nil
		}
		reader := csv.NewReader(strings.NewReader(line))
		reader.Comma, reader.LazyQuotes, reader.TrimLeadingSpace = by, true, true
		found, err := reader.Read()
		if err != nil {
			return nil
		}
		return cells(found)
	}
}

func cells(list []string) []string {
	for i := range list {
		list[i] = strings.Trim(strings.ReplaceAll(strings.TrimSpace(list[i]), "**", ""), "`")
	}
	return list
}

// longestLabel is the length in bytes from which on a text is no label.
const longestLabel = 80

// isLabel reports whether a cell or line is a name and nothing else.
func isLabel(text string) bool {
	if len(text) >= longestLabel {
		return false
	}
	m := meaningOf(strings.Trim(text, "*:` "))
	return m.field != unknown && m.rank > vague && m.whole && !m.tail && !strings.Contains(text, "://")
}

// isHeader reports whether a row is names, and holds no value.
func isHeader(row []string) bool {
	return labels(row) >= 2 && !holdsValue(row)
}

func holdsValue(row []string) bool {
	return slices.ContainsFunc(row, func(cell string) bool {
		cell = strings.Trim(cell, `"'`)
		return guid.Is(cell) || isStrong(cell) || strings.Contains(cell, "://")
	})
}

// labels counts the cells that are names of values.
func labels(header []string) int {
	known := 0
	for _, cell := range header {
		if cell != "" && !strings.ContainsAny(cell, "={}@/") && !strings.HasPrefix(cell, `("`) && isLabel(cell) && meaningOf(cell).field != nameOf {
			known++
		}
	}
	return known
}

// tableRows returns the rows under a header, without the line between.
func tableRows(lines []string, width int, split func(string) []string) [][]string {
	var rows [][]string
	for i, line := range lines {
		if i == 0 && ruler.MatchString(line) {
			rows = append(rows, nil)
			continue
		}
		row := split(line)
		if len(row) != width || isHeader(row) {
			break
		}
		rows = append(rows, row)
	}
	if len(rows) == 1 && rows[0] == nil {
		return nil
	}
	return rows
}

// rows takes one application a row.
func (r *reader) rows(header []string, rows [][]string, at, paragraph int) int {
	secretID := false
	for _, name := range header {
		secretID = secretID || isSecretID(name) || endsOn[plainName(name)]
	}
	for i, row := range rows {
		if row == nil {
			continue
		}
		scope := append(append([]string{}, r.scope()...), "row "+rowName(header, row, i))
		for j, cell := range row {
			p := pair{scope: scope, name: header[j], value: value{text: cell, literal: true}, line: at + 1 + i, paragraph: paragraph, source: fromTable}
			if secretID && meaningOf(header[j]).field == valueOf {
				p.means, p.rank = clientSecret, likely
			}
			if m := meaningOf(header[j]); m.field == password {
				p.means, p.rank = clientSecret, generic
			}
			r.add(p)
		}
	}
	return len(rows)
}

func rowName(header, row []string, i int) string {
	for j := range header {
		if m := meaningOf(header[j]); (m.field == unknown && j == 0 || m.field == nameOf || m.field == environment || m.field == other) && row[j] != "" && len(row[j]) < 40 && !strings.Contains(row[j], "://") {
			return row[j]
		}
	}
	return "#" + strconv.Itoa(i+1)
}

func isSecretID(name string) bool {
	m := meaningOf(name)
	if m.field != other {
		return false
	}
	joined := ""
	for _, w := range splitWords(name) {
		joined += w.text
	}
	return secretIDs[joined]
}

// endsOn are the names of the column with the date on which a secret ends. Only secrets
// have one next to a value.
var endsOn = func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.SplitSeq("expires,expiry,expiration,expires on,expiry date,expiration date,end date,valid until,läuft ab,gültig bis,Ablaufdatum,expire le,date d'expiration,expira,expira el,caduca,fecha de expiración,expira em,data de expiração,scadenza,verloopt,有効期限,hết hạn,ngày hết hạn", ",") {
		all[plainName(name)] = true
	}
	return all
}()

// secretIDs are the portals' names of the ID next to a secret's value.
var secretIDs = func() map[string]bool {
	all := map[string]bool{}
	for name := range strings.SplitSeq("secret id,key id,Geheimnis-ID,Geheime ID,ID des geheimen Schlüssels,ID de secret,ID du secret,Id. de secreto,ID del secreto,ID do segredo,ID secreto,シークレット ID,ID bí mật,ID segreto,ID del segreto,Geheim-id,Geheime id,Identyfikator wpisu tajnego,Identyfikator klucza tajnego,Hemligt ID,Hemlighets-ID,Hemmeligheds-id,ID tajného kódu,ID tajného klíče,Gizli dizi kimliği,Gizli anahtar kimliği,Идентификатор секрета,비밀 ID,암호 ID,机密 ID,密码 ID,祕密識別碼", ",") {
		joined := ""
		for _, w := range splitWords(name) {
			joined += w.text
		}
		all[joined] = true
	}
	return all
}()

// isGrid reports whether a line is a row with a name in its first cell and values of
// several applications behind it, or the header of such rows.
func isGrid(row []string) bool { return len(row) >= 3 }

// grid reads rows of names with one application a column.
func (r *reader) grid(lines []string, split func(string) []string, at, paragraph int) int {
	header := split(lines[0])
	width := len(header)
	var rows [][]string
	first := 0
	if isLabel(header[0]) && meaningOf(header[0]).field != nameOf {
		rows, header = append(rows, header), nil
	} else {
		first = 1
	}
	used := 1
	for _, line := range lines[1:] {
		row := split(line)
		if ruler.MatchString(line) {
			used++
			continue
		}
		if len(row) != width || !isLabel(row[0]) {
			break
		}
		rows = append(rows, row)
		used++
	}
	if len(rows) < 2 || first == 1 && header == nil {
		return 0
	}
	for j := 1; j < width; j++ {
		label := "column " + strconv.Itoa(j)
		if header != nil && header[j] != "" {
			label = header[j]
		}
		scope := append(append([]string{}, r.scope()...), label)
		for i, row := range rows {
			r.add(pair{scope: scope, name: row[0], value: value{text: row[j], literal: true}, line: at + i, paragraph: paragraph, source: fromTable})
		}
	}
	return used
}
