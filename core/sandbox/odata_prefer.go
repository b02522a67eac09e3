package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// maxPageSize is how many rows one page has at most, and without a preference.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/query/page-results.
const maxPageSize = 5000

// preferences are what a caller prefers (RFC 7240) and the sandbox knows. Others
// are passed over, as the RFC has it.
type preferences struct {
	// Annotations are the patterns of odata.include-annotations; nil: no preference.
	Annotations []string
	// PageSize is odata.maxpagesize; 0: no preference, or one that is too large.
	PageSize int
	// unmodelled is a preference that the real service honours and the sandbox
	// cannot; "" for none.
	unmodelled string
}

func preferencesOf(r *http.Request) preferences {
	var p preferences
	for _, header := range r.Header.Values("Prefer") {
		for _, item := range splitQuoted(header) {
			name, value, _ := strings.Cut(item, "=")
			name, value = strings.ToLower(strings.TrimSpace(name)), strings.Trim(strings.TrimSpace(value), `"`)
			switch strings.TrimPrefix(name, "odata.") {
			case "include-annotations":
				p.Annotations = strings.Split(value, ",")
			case "maxpagesize":
				if n, err := strconv.Atoi(value); err == nil && n > 0 && n <= maxPageSize {
					p.PageSize = n
				}
			case "track-changes", "respond-async":
				p.unmodelled = name
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

// wants reports whether an annotation is asked for: by name, by the pattern "*"
// or by one such as "OData.Community.*". A leading "-" excludes (OData 4.0 part
// 1, section 8.2.8.4); the last pattern that fits decides.
func (p preferences) wants(annotation string) bool {
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

// applied is the value of Preference-Applied; "" where nothing was applied.
func (p preferences) applied(paged bool) string {
	var out []string
	if p.Annotations != nil {
		out = append(out, `odata.include-annotations="`+strings.Join(p.Annotations, ",")+`"`)
	}
	if p.PageSize > 0 && paged {
		out = append(out, "odata.maxpagesize="+strconv.Itoa(p.PageSize))
	}
	return strings.Join(out, ",")
}

// acceptsMinimal reports whether a client takes JSON with the metadata that the
// sandbox writes; full and none are the other two (OData JSON format 4.0,
// section 3.1).
func acceptsMinimal(r *http.Request) bool {
	accept := strings.ToLower(strings.Join(r.Header.Values("Accept"), ","))
	return !slices.ContainsFunc([]string{"odata.metadata=full", "odata.metadata=none"}, func(other string) bool {
		return strings.Contains(accept, other)
	})
}
