package explain

import (
	"bytes"
	"encoding/json"
)

// maxEntry is how much of one entry of a HAR file is kept, in bytes. A larger one is a
// download, and no answer about a connection.
const maxEntry = 4 << 20

// harScanner finds the entries of a HAR file in pieces of it, regardless of their size, and
// gives each to take. It reads no values: it counts braces outside of strings. What
// follows a fault in the file is left out.
type harScanner struct {
	// take gets the bytes of one entry; they change after it returns.
	take func(raw []byte)

	depth    int
	inString bool
	escaped  bool
	// text is the string that ended last, or its beginning; it may be a name.
	text []byte
	// names are the last strings at the depths of the file's object and of its log.
	names [3]string
	// entries is set inside of the array of entries.
	entries bool
	// entry is the entry so far; started is set inside of one.
	entry            []byte
	started, tooLong bool
}

const (
	logDepth     = 1
	entriesDepth = 2
	entryDepth   = 3 // the depth inside of the array, outside of an entry
)

// write scans the next piece.
func (s *harScanner) write(piece []byte) {
	for len(piece) > 0 {
		n := s.step(piece)
		if s.started || len(s.entry) > 0 {
			s.keep(piece[:n])
		}
		if !s.started && len(s.entry) > 0 {
			s.finish()
		}
		piece = piece[n:]
	}
}

// step scans up to the next place that matters and returns how many bytes that were.
func (s *harScanner) step(piece []byte) int {
	if s.inString {
		return s.stepString(piece)
	}
	at := bytes.IndexAny(piece, `"{}[]`)
	if at < 0 {
		return len(piece)
	}
	switch piece[at] {
	case '"':
		s.inString, s.text = true, s.text[:0]
	case '{', '[':
		if at > 0 && s.entries && s.depth == entryDepth {
			return at // the comma before an entry is not part of it
		}
		s.open(piece[at])
	default:
		s.close()
	}
	return at + 1
}

func (s *harScanner) open(c byte) {
	if c == '[' && s.depth == entriesDepth && s.names[logDepth] == "log" && s.names[entriesDepth] == "entries" {
		s.entries = true
	}
	if c == '{' && s.entries && s.depth == entryDepth {
		s.started = true
	}
	s.depth++
}

func (s *harScanner) close() {
	s.depth--
	switch {
	case s.started && s.depth == entryDepth:
		s.started = false
	case s.entries && s.depth < entryDepth:
		s.entries = false
	}
}

// stepString scans inside of a string.
func (s *harScanner) stepString(piece []byte) int {
	if s.escaped {
		s.escaped = false
		return 1
	}
	end := bytes.IndexAny(piece, `"\`)
	if end < 0 {
		s.remember(piece)
		return len(piece)
	}
	s.remember(piece[:end])
	if piece[end] == '\\' {
		s.escaped = true
		return end + 1
	}
	s.inString = false
	if s.depth < len(s.names) && s.depth > 0 {
		s.names[s.depth] = string(s.text)
	}
	return end + 1
}

// remember keeps the beginning of a string: names are short.
func (s *harScanner) remember(part []byte) {
	const longest = 16
	if s.depth < len(s.names) && len(s.text) <= longest {
		s.text = append(s.text, part[:min(len(part), longest)]...)
	}
}

func (s *harScanner) keep(part []byte) {
	if s.tooLong = s.tooLong || len(s.entry)+len(part) > maxEntry; !s.tooLong {
		s.entry = append(s.entry, part...)
	}
}

func (s *harScanner) finish() {
	if !s.tooLong {
		s.take(s.entry)
	}
	s.entry, s.tooLong = s.entry[:0], false
}

var (
	requestName = []byte(`"request"`)
	urlName     = []byte(`"url"`)
)

// mayTell reports whether an entry may be about a connection, by the address of its
// request and by the marks of an error. It decodes nothing but the address.
func mayTell(raw []byte) bool {
	for _, sign := range [][]byte{[]byte("AADSTS"), []byte("error="), []byte(`"base64"`)} {
		if bytes.Contains(raw, sign) {
			return true
		}
	}
	url, ok := memberOf(raw, requestName)
	if ok {
		url, ok = memberOf(url, urlName)
	}
	if !ok {
		return true // another order of members: look closer
	}
	var address string
	return json.NewDecoder(bytes.NewReader(url)).Decode(&address) != nil || apiPath.MatchString(address)
}

// memberOf returns what follows a name and its colon, false where they are not in
// the text.
func memberOf(raw, name []byte) ([]byte, bool) {
	for {
		at := bytes.Index(raw, name)
		if at < 0 {
			return nil, false
		}
		raw = bytes.TrimLeft(raw[at+len(name):], " \t\r\n")
		if len(raw) > 0 && raw[0] == ':' {
			return bytes.TrimLeft(raw[1:], " \t\r\n"), true
		}
	}
}
