package explain

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// secretName is what a cell or attribute is called whose value is a secret: the
// name alone, with an owner before it.
var secretName = lazyregexp.New(`(?i)^[a-z0-9_.: -]{0,40}(?:client[ _-]?secret|secret[ _-]?(?:key|value|text)?|password|passwd|pwd|passphrase|` +
	`client[_-]?assertion|access[ _-]?token|refresh[ _-]?token|id[ _-]?token|code[_-]?verifier|device[_-]?code|api[_-]?key|account[_-]?key|` +
	`private[_ -]?key)(?:[ _-]?value)?$`)

var (
	markup    = lazyregexp.New(`<[^<>]+>`)
	attribute = lazyregexp.New(`(?i)\b(key|name|id|property|value|default)(\s*=\s*)("[^"]*"|'[^']*')`)
)

// scrubMarkup hides the value of an element that is named like a secret:
// <add key="ClientSecret" value="…"/>, in any order and with either quote.
func scrubMarkup(text string) string {
	return markup.ReplaceAllStringFunc(text, func(tag string) string {
		named := false
		for _, m := range attribute.FindAllStringSubmatch(tag, 16) {
			named = named || !isValue(m[1]) && isSecretName(m[3])
		}
		if !named {
			return tag
		}
		return attribute.ReplaceAllStringFunc(tag, func(pair string) string {
			m := attribute.FindStringSubmatch(pair)
			if !isValue(m[1]) || strings.Trim(m[3], `"'`) == "" {
				return pair
			}
			quote := m[3][:1]
			return m[1] + m[2] + quote + secret.Redacted + quote
		})
	})
}

func isValue(attribute string) bool {
	return strings.EqualFold(attribute, "value") || strings.EqualFold(attribute, "default")
}

func isSecretName(cell string) bool {
	return secretName.MatchString(strings.Trim(cell, " \t\r\"'`*|:"))
}

// separators are what is between the cells of a table.
const separators = "\t|,;"

// scrubTables hides the cells of tables that belong to a secret: the cell behind
// its name, and those below it. Rows are lines of tabs, pipes, commas or
// semicolons.
func scrubTables(text string) string {
	lines := strings.Split(text, "\n")
	var below []int // the columns whose header named a secret
	width, separator := 0, byte(0)
	for i, line := range lines {
		cells, by := splitRow(line)
		if len(cells) < 2 {
			below = nil
			continue
		}
		if below != nil && (by != separator || len(cells) != width) {
			below = nil
		}
		changed := false
		for _, column := range below {
			changed = hideCell(cells, column) || changed
		}
		for column := range cells {
			if !isSecretName(cells[column]) {
				continue
			}
			if next := nextCell(cells, column); next > 0 && hideCell(cells, next) {
				changed = true
			}
			if !slices.Contains(below, column) { // a table may repeat its header
				below = append(below, column)
			}
			width, separator = len(cells), by
		}
		if changed {
			lines[i] = strings.Join(cells, string(by))
		}
	}
	return strings.Join(lines, "\n")
}

// splitRow cuts a line at the first kind of separator that it has; or nil if it
// has no separator. A comma with a blank behind it is one of a sentence.
func splitRow(line string) ([]string, byte) {
	const longest = 4 << 10
	if len(line) > longest {
		return nil, 0
	}
	for i := range len(separators) {
		if cells := cutRow(line, separators[i]); len(cells) > 1 {
			return cells, separators[i]
		}
	}
	return nil, 0
}

// cutRow cuts at a separator outside of double quotes (RFC 4180).
func cutRow(line string, by byte) []string {
	var cells []string
	start, quoted := 0, false
	for i := range len(line) {
		switch {
		case line[i] == '"' && by == ',':
			quoted = !quoted
		case line[i] == by && !quoted && !(strings.HasPrefix(line[i+1:], " ") && strings.IndexByte(",;", by) >= 0):
			cells, start = append(cells, line[start:i]), i+1
		}
	}
	return append(cells, line[start:])
}

// nextCell is the first cell behind a column that is not empty, or 0.
func nextCell(cells []string, column int) int {
	for i := column + 1; i < len(cells); i++ {
		if strings.TrimSpace(cells[i]) != "" {
			return i
		}
	}
	return 0
}

// hideCell replaces a cell's content and keeps the blanks around it. Rules of
// tables, codes and other names stay.
func hideCell(cells []string, column int) bool {
	content := strings.Trim(cells[column], " \t\r")
	switch {
	case strings.Contains(content, `\n`): // a line of a later layer ends in it
		return false
	case strings.Trim(content, "-:= \"'") == "", strings.Contains(content, secret.Redacted), isSecretName(content),
		strings.Contains(content, "AADSTS"), errorCode.MatchString(content), columnName.MatchString(content):
		return false
	}
	cells[column] = strings.Replace(cells[column], content, secret.Redacted, 1)
	return true
}

// columnName are the other names that a header may have next to a secret's.
var columnName = lazyregexp.New(`(?i)^["']?(?:name|value|wert|tenant[ _-]?(?:id)?|client[ _-]?id|app(?:lication)?[ _-]?id|url|environment|expires|description|scope|resource|user(?:name)?|true|false|null)["']?$`)
