package paste

import (
	"bytes"
	"encoding/binary"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"s2sdoctor/core/pattern"
	"s2sdoctor/core/plain"
)

// Decode returns the text of a file: UTF-8, or UTF-16 by its byte order mark or by
// the zero bytes that every second byte of a Western text is.
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

// lookalikes are characters that word processors and Asian keyboards write where a
// program would write the ASCII one. No secret of Entra's has any of them.
var lookalikes = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "＂", `"`,
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "＇", "'", "‹", "'", "›", "'",
	"\u2010", "-", "\u2011", "-", "－", "-", "：", ":", "＝", "=", "｜", "|", "，", ",", "；", ";", "（", "(", "）", ")", "、", ",",
)

// normalise makes texts from word processors, mails and other systems alike: line
// breaks, quotes, blanks; and removes what cannot be seen.
func normalise(text string) string {
	text = softBreaks(lookalikes.Replace(text))
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsSpace(r):
			return ' '
		case r != utf8.RuneError && plain.Invisible(r):
			return -1
		}
		return r
	}, text)
	return norm.NFC.String(text)
}

// softBreaks decodes a mail in quoted-printable.
func softBreaks(text string) string {
	if !strings.Contains(text, "=\n") || !strings.Contains(text, "=3D") {
		return text
	}
	decoded, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(text)))
	if err != nil || !utf8.Valid(decoded) {
		return text
	}
	return string(decoded)
}

var (
	reply     = pattern.New(`(?m)^[ \t]*(?:>[ \t]?)+`)
	replyLine = pattern.New(`(?m)^[ \t]*>`)
)

// withoutReplyMarks drops the > with which mails quote, where most lines have one.
func withoutReplyMarks(text string) string {
	marked := len(replyLine.FindAllStringIndex(text, -1))
	lines := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	if marked == 0 || marked*2 < lines {
		return text
	}
	return reply.ReplaceAllString(text, "")
}
