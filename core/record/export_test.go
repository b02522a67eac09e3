package record

// Vocabulary reports whether a word in lower case is kept wherever it stands.
func Vocabulary(word string) bool { return vocabulary()[word] }
