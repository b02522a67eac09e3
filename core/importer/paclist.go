package importer

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	// profileHead is the header of "pac auth list", profileRow one of its rows.
	profileHead = lazyregexp.New(`(?m)^[ \t]*Index[ \t]+Active[ \t]+Kind[ \t]+Name[ \t]+User\b`)
	profileRow  = lazyregexp.New(`^\s*\[\d+\]\s+(?:\*\s+)?\S+\s+(.*)$`)
)

// readProfiles reads what "pac auth list" printed: every profile, whether active or not. A
// person's row has the user's name where an application's has its ID.
func readProfiles(text string) ([]entry, error) {
	if !profileHead.MatchString(text) {
		return nil, ErrNotImportable
	}
	var found []entry
	for line := range strings.Lines(text) {
		m := profileRow.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		e, words := entry{by: personSignsIn}, strings.Fields(m[1])
		for i, w := range words {
			switch {
			case isID(w) && e.clientID == "", strings.Contains(w, "@") && e.name == "":
				if e.clientID = ""; isID(w) {
					e.clientID, e.by = w, secretSignIn
				}
				e.name = strings.Join(words[:i], " ")
			case strings.HasPrefix(w, "https://"):
				e.address = w
			}
		}
		if e.address != "" {
			found = append(found, e)
		}
	}
	if len(found) == 0 {
		return nil, ErrPart
	}
	return found, nil
}
