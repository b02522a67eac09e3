package plain

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// Decode returns a file's text: UTF-8 without its byte order mark, or UTF-16, which
// PowerShell and Notepad write, by its byte order mark or by the zero bytes that every
// second byte of a Western text is.
func Decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], binary.BigEndian)
	case zeros(data, 1):
		return decodeUTF16(data, binary.LittleEndian)
	case zeros(data, 0):
		return decodeUTF16(data, binary.BigEndian)
	}
	return string(bytes.TrimPrefix(data, []byte("\ufeff")))
}

// zeros reports whether most bytes at odd or even places of the start are zero.
func zeros(data []byte, from int) bool {
	start := data[:min(len(data), 256)]
	count := 0
	for i := from; i < len(start); i += 2 {
		if start[i] == 0 {
			count++
		}
	}
	return len(start) >= 4 && count*4 > len(start)
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}
