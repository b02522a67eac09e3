package catalog

import "github.com/s2sdoctor/s2sdoctor/core/text"

// AlternativesText returns one sentence that names the causes which the same evidence allows
// besides the one that was found, or the zero value.
func AlternativesText(causes []Cause) text.Text {
	var names []text.Text
	for _, cause := range causes {
		if e, ok := Lookup(cause); ok {
			names = append(names, text.F("%s (%s)", e.Title, cause))
		}
	}
	if len(names) == 0 {
		return text.Text{}
	}
	return text.F("The same evidence also allows: %s.", text.Join("; ", names...))
}
