package compare

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// lineKind is the kind of a line in the list.
type lineKind int

const (
	headerLine    lineKind = iota // the names of the columns
	areaLine                      // the heading of an area, which opens to what is the same
	differentLine                 // an item that differs
	sameLine                      // one that does not
)

// line is a line of the list.
type line struct {
	kind  lineKind
	area  drift.Area
	title string
	// a and b are the values of the sides; "" for a missing value. a is the count of a
	// heading.
	a, b string
	// folds is true for a heading with something that is the same, open while that is
	// shown; quiet for a heading without a difference.
	folds, open, quiet bool
	plain              drift.Difference
}

// absent is the value of what is not there, as the command prints it.
const absent = "–"

func shown(value string) string {
	if value == "" {
		return absent
	}
	return value
}

// linesOf returns the lines of areas, with the equal items of the areas in open.
func linesOf(areas []session.ComparedArea, open map[drift.Area]bool) []line {
	var lines []line
	for _, area := range areas {
		lines = append(lines, line{
			kind: areaLine, area: area.Area, title: i18n.Text(area.Title), a: count(area),
			folds: len(area.Same) > 0, open: open[area.Area], quiet: len(area.Different) == 0,
		})
		for _, item := range area.Different {
			lines = append(lines, itemLine(differentLine, area.Area, item))
		}
		if open[area.Area] {
			for _, item := range area.Same {
				lines = append(lines, itemLine(sameLine, area.Area, item))
			}
		}
	}
	return lines
}

func itemLine(kind lineKind, area drift.Area, item drift.Item) line {
	return line{kind: kind, area: area, title: i18n.Text(item.Title), a: i18n.Text(item.InA), b: i18n.Text(item.InB), plain: item.Difference}
}

// count is how much of an area differs, and how much is the same.
func count(area session.ComparedArea) string {
	text := i18n.L("No difference")
	switch {
	case len(area.Different) > 0:
		text = i18n.N("1 difference", "{{.N}} differences", len(area.Different))
	case area.Unread != [2]bool{}:
		return unread(area.Unread)
	}
	if n := len(area.Same); n > 0 {
		text += " · " + i18n.N("1 is the same", "{{.N}} are the same", n)
	}
	return text
}

// unread returns on which side an area could not be read, and is not compared for that.
func unread(sides [2]bool) string {
	switch sides {
	case [2]bool{true, false}:
		return i18n.L("Not compared: it could not be read of A")
	case [2]bool{false, true}:
		return i18n.L("Not compared: it could not be read of B")
	}
	return i18n.L("Not compared: it could not be read of A and B")
}

// spoken returns a line for assistive technology.
func (l line) spoken() string {
	switch l.kind {
	case differentLine, sameLine:
		return i18n.F("{{.Item}}, A: {{.A}}, B: {{.B}}", i18n.V{"Item": l.title, "A": present(l.a), "B": present(l.b)})
	case areaLine:
		name := l.title + ", " + l.a
		switch {
		case l.open:
			return i18n.F("{{.Name}}, open", i18n.V{"Name": name})
		case l.folds:
			return i18n.F("{{.Name}}, closed", i18n.V{"Name": name})
		}
		return name
	}
	return l.title
}

// present returns a value to be read out.
func present(value string) string {
	if value == "" {
		return i18n.L("not there")
	}
	return value
}

// copied returns an item as the command prints it.
func (l line) copied() string {
	return l.plain.Item + ": " + shown(l.plain.A) + " → " + shown(l.plain.B)
}

// tally returns how many differences there are, and where.
func tally(r *session.ComparisonResult) (badges []*kit.Badge) {
	if r == nil {
		return nil
	}
	add := func(text string, tone kit.Tone) { badges = append(badges, kit.NewBadge(text, tone)) }
	if r.Differences == 0 {
		add(i18n.L("Nothing differs"), kit.Good)
	} else {
		add(i18n.N("1 difference", "{{.N}} differences", r.Differences), kit.Caution)
	}
	var unread []string
	for _, area := range r.Areas {
		if n := len(area.Different); n > 0 {
			add(i18n.F("{{.What}}: {{.N}}", i18n.V{"What": i18n.Text(area.Title), "N": n}), kit.Neutral)
		}
		if area.Unread != [2]bool{} {
			unread = append(unread, i18n.Text(area.Title))
		}
	}
	if len(unread) > 0 {
		add(i18n.F("Not compared: {{.What}}", i18n.V{"What": strings.Join(unread, ", ")}), kit.Caution)
	}
	return badges
}

// instead returns what is shown in the place of a result.
func instead(c session.Comparison) string {
	failed := false
	for _, side := range c.Sides {
		failed = failed || side.Phase == session.SideFailed
	}
	switch {
	case c.Result != nil && len(c.Areas) == 0:
		return i18n.F("Nothing compared has “{{.Text}}”.", i18n.V{"Text": c.Query})
	case c.Active:
		return i18n.L("Both sides are being examined.")
	case failed:
		return i18n.L("Nothing is compared: one side could not be examined to the end.")
	case !c.Ready():
		return i18n.L("Choose A and B. Both are examined, and what differs is shown here: the result, the application user, its roles, its privileges by depth and the versions.")
	}
	return i18n.L("Compare examines both and shows here what differs. It only reads.")
}
