package paste

import (
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// lookalikes are characters that word processors and Asian keyboards write where a
// program would write the ASCII one. No secret of Entra's has any of them.
var lookalikes = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "＂", `"`,
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "＇", "'", "‹", "'", "›", "'",
	"\u2010", "-", "\u2011", "-", "－", "-", "：", ":", "＝", "=", "｜", "|", "，", ",", "；", ";", "（", "(", "）", ")", "、", ",",
)

var (
	// asciiDoc is the line round a table of AsciiDoc, asciiCell a cell on a line of its own.
	asciiDoc  = lazyregexp.New(`(?m)^\|={3,}$`)
	asciiCell = lazyregexp.New(`(?m)^\|[ \t]*([^|\n]*)$`)
	// chatLink is an address with its label, as Slack writes it.
	chatLink = lazyregexp.New(`<(https?://[^<>|\s]+)\|[^<>\n]*>`)
	// logCommand sets a variable of Azure Pipelines or an output of GitHub Actions.
	logCommand = lazyregexp.New(`(?:##vso\[task\.setvariable variable=([\w.-]+)[^\]\n]*\]|::set-output name=([\w.-]+)::)`)
)

// normalise makes texts from word processors, mails and other systems alike: line
// breaks, quotes, blanks; and removes what cannot be seen.
func normalise(text string) string {
	text = softBreaks(lookalikes.Replace(text))
	text = chatLink.ReplaceAllString(text, "$1")
	text = logCommand.ReplaceAllString(text, "$1$2=")
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
	text = endBlanks.ReplaceAllString(text, "\n")
	return brokenID.ReplaceAllString(norm.NFC.String(text), "$1-$2-$3-$4-$5")
}

// endBlanks are the blanks at the end of a line. Tabs stay: they are empty cells.
var endBlanks = lazyregexp.New(` +\n`)

// brokenID is an ID with blanks round its dashes, or with longer ones, as scanned pages and
// word processors have it.
var brokenID = lazyregexp.New(`(?i)\b([0-9a-f]{8}) ?[-–—−] ?([0-9a-f]{4}) ?[-–—−] ?([0-9a-f]{4}) ?[-–—−] ?([0-9a-f]{4}) ?[-–—−] ?([0-9a-f]{12})\b`)

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
	reply     = lazyregexp.New(`^[ \t]*(?:>[ \t]?)+`)
	replyLine = lazyregexp.New(`^[ \t]*>`)
)

// withoutReplyMarks drops the > with which mails quote: where most lines have one, or
// several below each other.
func withoutReplyMarks(text string) string {
	if !strings.Contains(text, ">") {
		return text
	}
	lines := strings.Split(text, "\n")
	marked, all := 0, 0
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			all++
		}
		if replyLine.MatchString(line) {
			marked++
		}
	}
	most := marked > 0 && marked*2 >= all
	for i := 0; i < len(lines); i++ {
		end := i
		for end < len(lines) && replyLine.MatchString(lines[end]) {
			end++
		}
		if most || end-i > 1 {
			for j := i; j < end; j++ {
				lines[j] = reply.ReplaceAllString(lines[j], "")
			}
		}
		i = max(i, end-1)
	}
	return strings.Join(lines, "\n")
}
