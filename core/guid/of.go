package guid

// Of returns the GUID that text is, in lower case with hyphens; "" for anything
// else and for the GUID of zeros, which means no value.
func Of(text string) string {
	id, ok := Parse(text)
	if !ok || OnlyZeros(id) {
		return ""
	}
	return id
}
