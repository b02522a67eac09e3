package transport

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

var (
	utf8Mark    = []byte("\xef\xbb\xbf")
	utf16LEMark = []byte("\xff\xfe")
	utf16BEMark = []byte("\xfe\xff")
)

// toUTF8 removes a byte order mark and decodes UTF-16 with such a mark. JSON parsers,
// including MSAL's, fail at a mark; some proxies put it before a body.
func toUTF8(body []byte) []byte {
	switch {
	case bytes.HasPrefix(body, utf8Mark):
		return body[len(utf8Mark):]
	case bytes.HasPrefix(body, utf16LEMark):
		return fromUTF16(body[len(utf16LEMark):], binary.LittleEndian)
	case bytes.HasPrefix(body, utf16BEMark):
		return fromUTF16(body[len(utf16BEMark):], binary.BigEndian)
	}
	return body
}

func fromUTF16(body []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(body)/2)
	for i := range units {
		units[i] = order.Uint16(body[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}
