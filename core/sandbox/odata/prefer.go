package odata

import (
	"slices"
	"strconv"
	"strings"
)

// Preferences are what a caller prefers (RFC 7240) and this package knows. Others
// are ignored, as the RFC has it.
type Preferences struct {
	// Annotations are the patterns of odata.include-annotations; nil without the
	// preference.
	Annotations []string
	// PageSize is odata.maxpagesize; 0 without the preference, or where it is above
	// [MaxPageSize].
	PageSize int
	// Unmodelled is a preference that Dataverse honours and this package does not
	// know, or "".
	Unmodelled string
}

// ReadPreferences reads the values of the Prefer header.
func ReadPreferences(headers []string) Preferences {
	var p Preferences
	for _, header := range headers {
		for _, item := range splitQuoted(header) {
			name, value, _ := strings.Cut(item, "=")
			name, value = strings.ToLower(strings.TrimSpace(name)), strings.Trim(strings.TrimSpace(value), `"`)
			switch strings.TrimPrefix(name, "odata.") {
			case "include-annotations":
				p.Annotations = strings.Split(value, ",")
			case "maxpagesize":
				if n, err := strconv.Atoi(value); err == nil && n > 0 && n <= MaxPageSize {
					p.PageSize = n
				}
			case "track-changes", "respond-async":
				p.Unmodelled = name
			}
		}
	}
	return p
}

// splitQuoted splits at commas outside of quotation marks.
func splitQuoted(header string) []string {
	quoted := false
	return strings.FieldsFunc(header, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == ',' && !quoted
	})
}

// Wants reports whether an annotation is asked for: by name, by the pattern "*"
// or by a pattern such as "OData.Community.*". A leading "-" excludes (OData 4.0
// part 1, section 8.2.8.4); the last pattern that fits decides.
func (p Preferences) Wants(annotation string) bool {
	wanted := false
	for _, pattern := range p.Annotations {
		pattern, excluded := strings.CutPrefix(strings.TrimSpace(pattern), "-")
		prefix, open := strings.CutSuffix(pattern, "*")
		if pattern == annotation || open && strings.HasPrefix(annotation, prefix) {
			wanted = !excluded
		}
	}
	return wanted
}

// Applied returns the value of Preference-Applied; "" where nothing was applied.
func (p Preferences) Applied(paged bool) string {
	var out []string
	if p.Annotations != nil {
		out = append(out, `odata.include-annotations="`+strings.Join(p.Annotations, ",")+`"`)
	}
	if p.PageSize > 0 && paged {
		out = append(out, "odata.maxpagesize="+strconv.Itoa(p.PageSize))
	}
	return strings.Join(out, ",")
}

// AcceptsMinimal reports whether a client with these Accept headers takes JSON
// with odata.metadata=minimal; full and none are the other two (OData JSON format
// 4.0, section 3.1).
func AcceptsMinimal(headers []string) bool {
	accept := strings.ToLower(strings.Join(headers, ","))
	return !slices.ContainsFunc([]string{"odata.metadata=full", "odata.metadata=none"}, func(other string) bool {
		return strings.Contains(accept, other)
	})
}
