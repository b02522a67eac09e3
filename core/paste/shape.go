package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// entraSecret is a client secret as Entra has made them since 2021, with its label on the
// same line, or alone on one.
//
// Source: the secrets in learn.microsoft.com's examples; four characters are fixed.
var entraSecret = lazyregexp.New("(?m)^(.*?)([A-Za-z0-9~._-]{3}[78]Q~[A-Za-z0-9~._-]{31,34})([\"'`;,.]*)[ \t]*$")

// byShape takes the one secret of Entra's in a text where one application is named and
// nothing is called its secret: then the label is only one that is not known here.
func (f *foundValues) byShape(text string) {
	ids := map[string]bool{}
	for _, c := range f.all {
		switch c.field {
		case client:
			ids[c.text] = true
		case clientSecret, password, certificateFile:
			return
		}
	}
	for _, out := range f.out {
		if out.field == clientSecret && out.verdict != unfit {
			return
		}
	}
	if len(ids) != 1 || f.person || f.encrypted || !strings.Contains(text, "Q~") {
		return
	}
	found := entraSecret.FindAllStringSubmatchIndex(text, 2)
	if len(found) != 1 || strings.Count(text, "Q~") != 1 {
		return
	}
	at := found[0]
	label := strings.TrimRight(text[at[2]:at[3]], " \t\"'`")
	if label == "" {
		before := strings.TrimRight(text[:at[2]], " \t\n")
		label = before[strings.LastIndexByte(before, '\n')+1:] + ":"
	}
	if !isUnknownLabel(label) {
		return
	}
	f.take(candidate{field: clientSecret, rank: vague, line: strings.Count(text[:at[4]], "\n"), source: fromSettings}, value{text: text[at[4]:at[5]], literal: true})
}

// isUnknownLabel reports whether a text is a label without a meaning: neither the name of
// something else nor that the value does not count.
func isUnknownLabel(text string) bool {
	label := strings.TrimRight(text, ":= \t")
	if label == text || label == "" || len(label) >= longestLabel || holdsValue(strings.Fields(label)) {
		return false
	}
	list := splitWords(label)
	for _, w := range list {
		if superseded[w.text] || sealed[w.text] || foreigners[w.text] {
			return false
		}
	}
	return len(list) > 0 && meaningOf(label).field == unknown
}
