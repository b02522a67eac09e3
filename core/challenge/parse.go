package challenge

import "strings"

// parse reads a header. A name before "=" is a parameter of the preceding scheme; any
// other name begins a scheme.
func parse(header string) []Challenge {
	var all []Challenge
	s := scanner{text: header}
	for {
		s.skip(" \t\r\n,")
		name := s.name()
		if name == "" {
			if !s.drop() {
				return all
			}
			continue
		}
		if s.equals() {
			value := s.value()
			if len(all) > 0 {
				all[len(all)-1].add(strings.ToLower(name), value)
			}
			continue
		}
		all = append(all, Challenge{Scheme: strings.ToLower(name), Parameters: map[string]string{}})
		s.token68()
	}
}

// add keeps the first value of a name.
func (c *Challenge) add(name, value string) {
	if _, twice := c.Parameters[name]; !twice {
		c.Parameters[name] = value
	}
}

type scanner struct {
	text string
	at   int
}

func (s *scanner) rest() string { return s.text[s.at:] }

func (s *scanner) skip(set string) {
	s.at += len(s.rest()) - len(strings.TrimLeft(s.rest(), set))
}

// drop skips a byte that is not valid at its position and reports whether there was one.
func (s *scanner) drop() bool {
	if s.at >= len(s.text) {
		return false
	}
	s.at++
	return true
}

// name reads a token of the letters that schemes and parameters have.
func (s *scanner) name() string {
	end := s.at
	for end < len(s.text) && isNameByte(s.text[end]) {
		end++
	}
	name := s.text[s.at:end]
	s.at = end
	return name
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.'
}

// equals consumes a "=" with blanks around it and reports whether there was one.
func (s *scanner) equals() bool {
	trimmed := strings.TrimLeft(s.rest(), " \t")
	if !strings.HasPrefix(trimmed, "=") {
		return false
	}
	s.at = len(s.text) - len(trimmed) + 1
	s.skip(" \t")
	return true
}

// value reads a quoted string (RFC 9110 section 5.6.4) or, as Dataverse writes
// it, everything up to a comma or a blank.
func (s *scanner) value() string {
	if strings.HasPrefix(s.rest(), `"`) {
		return s.quoted()
	}
	end := strings.IndexAny(s.rest(), ", \t\r\n")
	if end < 0 {
		end = len(s.rest())
	}
	value := s.rest()[:end]
	s.at += end
	return strings.TrimSuffix(value, `"`)
}

func (s *scanner) quoted() string {
	var b strings.Builder
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return b.String()
		case c == '\\' && s.at+1 < len(s.text):
			s.at++
			b.WriteByte(s.text[s.at])
		default:
			b.WriteByte(c)
		}
	}
	return b.String() // the closing quote is missing
}

// token68 skips the value that Negotiate and NTLM send instead of parameters (RFC 9110
// section 11.2): a run of base64 that ends at a comma or at the end.
func (s *scanner) token68() {
	trimmed := strings.TrimLeft(s.rest(), " \t")
	if trimmed == s.rest() {
		return // nothing separates the scheme from what follows
	}
	end := 0
	for end < len(trimmed) && (isNameByte(trimmed[end]) || strings.IndexByte("~+/", trimmed[end]) >= 0) {
		end++
	}
	padded := end
	for padded < len(trimmed) && trimmed[padded] == '=' {
		padded++
	}
	after := strings.TrimLeft(trimmed[padded:], " \t")
	alone := after == "" || after[0] == ','
	if end > 0 && alone && (padded > end || strings.IndexByte(trimmed[:end], '/') >= 0 || strings.IndexByte(trimmed[:end], '+') >= 0 || end >= 16) {
		s.at = len(s.text) - len(after)
	}
}
