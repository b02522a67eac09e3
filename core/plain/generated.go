package plain

// LooksGenerated reports whether a run of characters has the shape of a generated
// secret: small and capital letters and digits change places as they do by chance,
// and as they do not in names, words and versions. Client secrets of Entra look so.
func LooksGenerated(run string) bool {
	seen, often := mixture(run)
	return seen[small] >= 3 && seen[capital] >= 3 && seen[digit] >= 2 && often
}

// LooksTorn reports whether a run of characters may be a piece of a generated secret,
// which may be too short to have digits. It is for places where one is expected.
func LooksTorn(run string) bool {
	seen, often := mixture(run)
	return seen[small] >= 2 && seen[capital] >= 2 && often
}

// The kinds of characters; zero is any other.
const (
	small = iota + 1
	capital
	digit
	kinds
)

// mixture counts the characters of each kind, and reports whether these change places as
// often as by chance.
func mixture(run string) (seen [kinds]int, often bool) {
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
	return seen, changes*4 >= len(run)
}
