package odata

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// literal reads a constant of the column's type. A quoted GUID is of another
// type.
func (c Column) literal(text string) (any, error) {
	switch {
	case text == "null":
		return nil, nil
	case c.Kind == Text && strings.HasPrefix(text, "'"):
		return strings.ReplaceAll(text[1:len(text)-1], "''", "'"), nil
	case c.Kind == GUID && guid.IsPlain(text):
		return strings.ToLower(text), nil
	case c.Kind == Bool && (text == "true" || text == "false"):
		return text == "true", nil
	case c.Kind == Number:
		if n, err := strconv.Atoi(text); err == nil {
			return n, nil
		}
	case c.Kind == Date:
		for _, layout := range []string{time.RFC3339, time.DateOnly} {
			if at, err := time.Parse(layout, text); err == nil {
				return at.UTC().Format(time.RFC3339), nil
			}
		}
	}
	return nil, fmt.Errorf("A binary operator with incompatible types was detected. Found operand types '%s' and another for '%s'.", c.Kind.edm(), c.Name)
}

// same compares as Dataverse does: text in any case.
func same(have, want any) bool {
	if have == nil || want == nil {
		return have == nil && want == nil
	}
	h, ok := have.(string)
	w, ok2 := want.(string)
	if ok && ok2 {
		return strings.EqualFold(h, w)
	}
	return have == want
}
