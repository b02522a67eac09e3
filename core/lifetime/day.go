package lifetime

import (
	"strings"
	"time"
)

// ParseDay returns the day that a user typed, such as 2027-03-31; zero for an empty text.
func ParseDay(typed string) (time.Time, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, typed)
}
