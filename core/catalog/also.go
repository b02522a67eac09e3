package catalog

import "s2sdoctor/core/prose"

// Also returns one sentence that names the causes which the same evidence allows
// besides the one that was found; zero for none.
func Also(causes []string) prose.Text {
	var names []prose.Text
	for _, cause := range causes {
		if e, ok := Lookup(cause); ok {
			names = append(names, prose.F("%s (%s)", prose.Of(e.Title), cause))
		}
	}
	if len(names) == 0 {
		return prose.Text{}
	}
	return prose.F("The same evidence also allows: %s.", prose.Join("; ", names...))
}
