package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	// profileHead is the header of "pac auth list".
	profileHead = lazyregexp.New(`(?m)^[ \t]*Index[ \t]+Active[ \t]+Kind[ \t]+Name[ \t]+User\b[^\n]*$`)
	profileRow  = lazyregexp.New(`^\s*\[\d+\]\s+(\*\s)?`)
)

// profiles reads the list that "pac auth list" prints, with any columns
// on the way, and puts blanks in its place. The active profiles count, if there are any.
// An application's row has its ID where a person's has the user's name.
func (r *reader) profiles(text string) string {
	if !strings.Contains(text, "Kind") {
		return text
	}
	at := profileHead.FindStringIndex(text)
	if at == nil {
		return text
	}
	type row struct {
		text   string
		active bool
	}
	var rows []row
	anyActive := false
	end := at[1]
	for end < len(text) {
		line, _, _ := strings.Cut(text[end+1:], "\n")
		m := profileRow.FindStringSubmatch(line)
		if m == nil && strings.TrimSpace(line) != "" {
			break
		}
		if end += 1 + len(line); m != nil {
			rows = append(rows, row{line, m[1] != ""})
			anyActive = anyActive || m[1] != ""
		}
	}
	if len(rows) == 0 {
		return text
	}
	number := strings.Count(text[:at[0]], "\n")
	for i, row := range rows {
		if row.active || !anyActive {
			r.profile(row.text, number+1+i)
		}
	}
	return text[:at[0]] + keepLines(text[at[0]:end]) + text[end:]
}

func (r *reader) profile(line string, number int) {
	r.group++
	take := func(f field, text string) {
		r.add(pair{value: value{text: text, literal: true}, means: f, rank: common, line: number, paragraph: -r.group, source: fromTable})
	}
	isApplication := false
	list := strings.Fields(line)
	for i, w := range list {
		if w == "Application" && i > 0 {
			isApplication = true
		}
	}
	for _, w := range list {
		switch {
		case guid.Is(w) && isApplication:
			take(client, w)
			isApplication = false // the environment's ID may follow
		case strings.HasPrefix(w, "https://"):
			take(environment, w)
		}
	}
}
