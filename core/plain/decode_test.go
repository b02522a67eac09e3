package plain_test

import (
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

func TestDecode(t *testing.T) {
	const text = "CLIENT_ID=2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e\r\nNote=é日本"
	encode := func(order binary.AppendByteOrder, mark bool) []byte {
		var data []byte
		if mark {
			data = order.AppendUint16(data, 0xFEFF)
		}
		for _, unit := range utf16.Encode([]rune(text)) {
			data = order.AppendUint16(data, unit)
		}
		return data
	}
	for name, data := range map[string][]byte{
		"UTF-8":                              []byte(text),
		"UTF-8 with a byte order mark":       []byte("\ufeff" + text),
		"UTF-16 of Windows":                  encode(binary.LittleEndian, true),
		"UTF-16, big-endian":                 encode(binary.BigEndian, true),
		"UTF-16 without a mark":              encode(binary.LittleEndian, false),
		"UTF-16, big-endian without a mark":  encode(binary.BigEndian, false),
		"UTF-16 with half a character added": append(encode(binary.LittleEndian, true), 'x'),
	} {
		if got := plain.Decode(data); got != text {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := plain.Decode(nil); got != "" {
		t.Errorf("nothing is %q", got)
	}
}
