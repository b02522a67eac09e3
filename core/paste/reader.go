package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// reader turns any text into pairs.
type reader struct {
	pairs []pair
	// depth is how many texts this one is nested in.
	depth int
	// group numbers what is found apart from lines: connection strings, bodies, calls.
	group int
	// encrypted is true where the secrets in the text are encrypted.
	encrypted bool

	blocks   []string // headings and open braces
	headings int      // how many of blocks are headings
	indents  []int
	label    pendingLabel
	tables   int // how many items of TOML's lists there were
}

// mostPairs is how many pairs are taken from a text; what has more is no connection.
const mostPairs = 4096

func (r *reader) add(p pair) {
	if len(r.pairs) < mostPairs {
		r.pairs = append(r.pairs, p)
	}
}

func (r *reader) scope() []string { return r.blocks }

// read returns the pairs of a text: first what has a format of its own, then the rest,
// line by line.
func (r *reader) read(text string) []pair {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	text = withoutSpeakers(dedented(withoutLineMarks(withoutReplyMarks(text))))
	if asciiDoc.MatchString(text) {
		text = asciiCell.ReplaceAllString(text, "$1")
	}
	if wikiMark.MatchString(text) {
		text = wikiMark.ReplaceAllString(text, "$1$2")
	}
	if isMarkup(text) || pageTag.MatchString(text) {
		text = r.withoutMarkup(text)
	}
	text = directive.ReplaceAllString(text, "$1 = $2")
	text = whereUnset.ReplaceAllString(text, "=")
	if cmdWord.MatchString(text) {
		text = cmdEscape.ReplaceAllString(text, "$1")
	}
	if escapedJSON.MatchString(text) && !strings.Contains(strings.ReplaceAll(text, `\"`, ""), `"`) {
		text = strings.ReplaceAll(text, `\"`, `"`) // from inside a string
	}
	if pairs, ok := r.yaml(text); ok {
		r.pairs = append(r.pairs, pairs...)
		return r.finish()
	}
	text = r.yamlInside(text)
	trees, text := findJSON(text)
	if len(trees) > 1 { // one connection a line, perhaps
		trees = []node{{list: true, members: trees}}
	}
	for _, tree := range trees {
		w := walker{source: fromJSON, reader: r}
		w.walk(tree, nil, 0)
		r.pairs = append(r.pairs, w.pairs...)
	}
	text = r.quotedJSON(text)
	text = unwrapIDs(unprotect(text))
	text = r.connectionStrings(text)
	text = r.bodies(text)
	text = r.basic(text)
	r.sentences(text)
	text = r.profiles(text)
	r.positionalCalls(text)
	r.lines(text)
	return r.finish()
}

// whereUnset assigns a value to a name that has none yet, as Ruby, C# and JavaScript write it.
var whereUnset = lazyregexp.New(`\|\|=|\?\?=`)

// wikiMark is text that Jira and Confluence show as it is.
var wikiMark = lazyregexp.New(`(?s)\{noformat(?::[^}\n]*)?\}(.*?)\{noformat\}|\{code(?::[^}\n]*)?\}(.*?)\{code\}`)

// directive is a constant of the C preprocessor.
var directive = lazyregexp.New(`(?m)^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(["'])`)

// cmdWord is a word with its quotes escaped, as browsers copy requests for cmd; cmdEscape is
// one escape.
var (
	cmdWord   = lazyregexp.New(`(?m)(?:^|\s)\^"[^\n]*\^"`)
	cmdEscape = lazyregexp.New(`\^(["&%|<>])\^?`)
)

// escapedJSON is the text of a literal without the literal's own quotes.
var escapedJSON = lazyregexp.New(`^\s*[\[{]\s*\{?\s*\\"`)

// jsonInString is JSON as the text of a literal.
var jsonInString = lazyregexp.New(`"\s*\{\s*\\"(?:[^"\\\n]|\\.)*\}\s*"`)

// escapedObject is an object of JSON with escaped quotes that is in no string, as logs
// write it.
var escapedObject = lazyregexp.New(`\{\s*\\"(?:[^"\\\n]|\\")*\}`)

// quotedJSON reads JSON that is in a string, and puts blanks in its place.
func (r *reader) quotedJSON(text string) string {
	if r.depth >= 3 || !strings.Contains(text, `\"`) {
		return text
	}
	text = escapedObject.ReplaceAllStringFunc(text, func(found string) string {
		nested := reader{depth: r.depth + 1}
		r.pairs = append(r.pairs, nested.read(strings.ReplaceAll(found, `\"`, `"`))...)
		return keepLines(found)
	})
	return jsonInString.ReplaceAllStringFunc(text, func(found string) string {
		inner, _, ok := unquote(found, true)
		if !ok {
			return found
		}
		nested := reader{depth: r.depth + 1}
		r.pairs = append(r.pairs, nested.read(inner)...)
		return keepLines(found)
	})
}

func (r *reader) finish() []pair {
	r.besideIDs()
	if r.encrypted {
		for i := range r.pairs {
			if m := r.pairs[i].meaning(); m.field == clientSecret || m.field == password || m.field == certificatePassword {
				r.pairs[i].means, r.pairs[i].rank = encrypted, exact
			}
		}
	}
	return r.pairs
}

var xmlComment = lazyregexp.New(`(?s)<!--.*?(?:-->|$)`)

// withoutMarkup reads XML, and returns what is left for the reader of lines.
func (r *reader) withoutMarkup(text string) string {
	if pageTag.MatchString(text) {
		text = withoutHTML(xmlComment.ReplaceAllString(text, " "))
		if !isMarkup(text) {
			return text
		}
	}
	plainText := xmlComment.ReplaceAllString(text, " ")
	if r.markup(text) {
		if strings.HasPrefix(strings.TrimSpace(text), "<") {
			return ""
		}
		return besideTags(plainText)
	}
	return withoutHTML(plainText)
}

// besideTags returns the lines of a text that are not XML: those with a tag are read, and
// those between that name nothing are what tags hold.
func besideTags(text string) string {
	lines := strings.Split(text, "\n")
	first, last := -1, -1
	for i, line := range lines {
		if anyTag.MatchString(line) || strings.HasPrefix(strings.TrimSpace(line), "<") {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for i := first; i <= last && i >= 0; i++ {
		if strings.ContainsAny(lines[i], "<>") || !looksNamed(lines[i]) {
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}

// pageTag is a tag of pages, which no settings have.
var pageTag = lazyregexp.New(`(?i)<(?:table|tr|td|th|p|br|div|li|ul|dl|dt|dd|html|body|span|strong)(?:\s[^<>]*)?/?>`)

var anyTag = lazyregexp.New(`<[A-Za-z/?][^<>]*>`)
