package record

// Vocabulary reports whether a record never replaces a word, given in lower case.
func Vocabulary(word string) bool { return vocabulary()[word] }
