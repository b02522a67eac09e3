package catalog

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// When narrows a refinement by the times that Entra names in a message about an
// assertion. The zero value does not narrow.
type When string

const (
	// Late is a request after the end of the assertion.
	Late When = "late"
	// Early is a request before its start.
	Early When = "early"
)

var (
	currentTime = assertionTime(`Current time: `)
	validFrom   = assertionTime(`assertion valid from `)
	expiryTime  = assertionTime(`expiry time of assertion `)
)

func assertionTime(words string) *lazyregexp.Pattern {
	return lazyregexp.New(`(?i)` + words + `([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8})`)
}

// weight makes times count for more than any words.
func (w When) weight() int {
	if w == "" {
		return 0
	}
	return MaxText
}

// fits reports whether the times of a message are as the refinement requires.
func (w When) fits(text string) bool {
	if w == "" {
		return true
	}
	at := func(p *lazyregexp.Pattern) (time.Time, bool) {
		t, err := time.Parse("2006-01-02T15:04:05", submatch(p, text))
		return t, err == nil
	}
	now, known := at(currentTime)
	if !known {
		return false
	}
	switch w {
	case Late:
		end, ok := at(expiryTime)
		return ok && now.After(end)
	case Early:
		start, ok := at(validFrom)
		return ok && now.Before(start)
	}
	return false
}
