package plain

// LooksGenerated reports whether a run of characters has the shape of a generated
// secret: small and capital letters and digits change places as they do by chance,
// and as they do not in names, words and versions. Client secrets of Entra look so.
func LooksGenerated(run string) bool {
	const small, capital, digit = 1, 2, 3
	var seen [4]int
	changes, last := 0, 0
	for i := range len(run) {
		kind := 0
		switch c := run[i]; {
		case c >= 'a' && c <= 'z':
			kind = small
		case c >= 'A' && c <= 'Z':
			kind = capital
		case c >= '0' && c <= '9':
			kind = digit
		}
		seen[kind]++
		// A capital before small letters begins a word; any other change is chance.
		if last != 0 && kind != 0 && kind != last && !(last == capital && kind == small) {
			changes++
		}
		last = kind
	}
	return seen[small] >= 3 && seen[capital] >= 3 && seen[digit] >= 2 && changes*4 >= len(run)
}
