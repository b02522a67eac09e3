package plain

import (
	"bytes"

	"golang.org/x/text/encoding/unicode"
)

// Decode returns a file's text: UTF-8 without its byte order mark, or what UTF-16
// means, which PowerShell and Notepad write with a mark or without.
func Decode(data []byte) string {
	order, mark := unicode.LittleEndian, unicode.UseBOM
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
	case len(data) > 3 && data[0] != 0 && data[1] == 0 && data[2] != 0 && data[3] == 0:
		mark = unicode.IgnoreBOM
	case len(data) > 3 && data[0] == 0 && data[1] != 0 && data[2] == 0 && data[3] != 0:
		order, mark = unicode.BigEndian, unicode.IgnoreBOM
	default:
		return string(bytes.TrimPrefix(data, []byte("\ufeff")))
	}
	text, err := unicode.UTF16(order, mark).NewDecoder().Bytes(data)
	if err != nil {
		return string(data)
	}
	return string(text)
}
