package record

// Vocabulary reports whether a word in lower case is kept everywhere.
func Vocabulary(word string) bool { return vocabulary()[word] }
