package paste

import (
	"html"
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
	text = softBreaks(lookalikes.Replace(decoded(text)))
	text = struckOut.ReplaceAllString(struckValue.ReplaceAllString(text, "${1}…"), "$1$2")
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
	return unglued(brokenID.ReplaceAllString(norm.NFC.String(text), "$1-$2-$3-$4-$5"))
}

// struckOut is text that Markdown crosses out: it no longer counts. struckValue is the same
// where nothing else is behind a label.
var (
	struckValue = lazyregexp.New(`(?m)([^\s>*-][ \t]+)~~[^\s~][^\n]*?~~[ \t]*$`)
	struckOut   = lazyregexp.New(`(?m)(^|[\s(])~~[^\s~][^\n]*?~~([\s).,;]|$)`)
)

// decoded returns a text that is encoded as a whole: as the text of a page, where no
// quote is left, or as one word of an address.
func decoded(text string) string {
	if strings.Contains(text, "&quot;") && !strings.Contains(text, `"`) {
		text = html.UnescapeString(text)
	}
	if strings.Contains(text, "%3D") && !strings.ContainsAny(text, "= \t\n") {
		if found := unescape(text); strings.Contains(found, "=") {
			text = found
		}
	}
	return text
}

// gluedID is an ID right behind a letter or a parenthesis.
var gluedID = lazyregexp.New(`(?i)[\p{L})]([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`)

// unglued puts a colon between a label and its ID where a page was copied without what is
// between them.
func unglued(text string) string {
	var b strings.Builder
	done := 0
	for _, at := range gluedID.FindAllStringSubmatchIndex(text, -1) {
		begin := max(strings.LastIndexByte(text[:at[2]], '\n')+1, done)
		if at[2]-begin < longestLabel && meaningOf(text[begin:at[2]]).field != unknown {
			b.WriteString(text[done:at[2]])
			b.WriteString(": ")
			done = at[2]
		}
	}
	return b.String() + text[done:]
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
