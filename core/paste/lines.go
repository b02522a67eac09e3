package paste

import (
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	bullet     = lazyregexp.New(`^\s*(?:[-*•·▪◦●]\s+|:[a-z][a-z0-9_+-]{1,30}:\s+|\d{1,2}[.)]\s+|[a-z]\)\s+)`)
	comment    = lazyregexp.New(`^(?:#|//|;|--\s|::|(?i:rem)\s|<!--|'\s|%\s|/\*)`)
	section    = lazyregexp.New(`^\[+([^\]"'$(=]+)\]+\s*(?:[;#].*)?$`)
	titled     = lazyregexp.New(`^(?:#{1,6}\s+|={2,}\s*|-{2,}\s*|\*{2,}\s*)([\p{L}\d].*?)[\s=*-]*:?$`)
	opening    = lazyregexp.New(`^(.*?)[\s:=(]*@?\{\s*$`)
	copyButton = lazyregexp.New(`(?i)\s+(?:copy|copy to clipboard|copied|kopieren|copier|copiar|コピー|sao chép)$`)
	boldStart  = lazyregexp.New(`(^\|?|\s\|?)\*\*`)
	// boldLabel is a label as Slack and Jira emphasise it.
	boldLabel = lazyregexp.New(`^\*([^*\s][^*]{0,60})\*(\s|:|$)`)
	boldEnd   = lazyregexp.New(`\*\*(:?(?:$|[\s|]))`)
	// blockComment is a comment of several lines, in C and in PowerShell.
	blockComment = lazyregexp.New(`(?ms)^[ \t]*(?:/\*.*?\*/|<#.*?#>)`)
	// printed is a property as PowerShell prints it: its value follows.
	printed = lazyregexp.New(`^PS [^>]*>\s*\$(?:env:|[\w.]+\.)?(\w+)$`)
	// accessors are what C# and Kotlin write between a name and its value.
	accessors  = lazyregexp.New(`\{\s*get;[^{}]*\}|\sby lazy\b`)
	lastString = lazyregexp.New(`["']([^"']+)["']\s*$`)
)

// lines reads what has no format but its lines: settings, code, mails, tables.
func (r *reader) lines(text string) {
	text = joinStatements(blockComment.ReplaceAllStringFunc(text, keepLines))
	all := strings.Split(text, "\n")
	paragraph := 0
	for i := 0; i < len(all); i++ {
		line := strings.TrimRight(all[i], " \t")
		if strings.TrimSpace(line) == "" {
			paragraph++
			r.label.blank()
			continue
		}
		if used := r.table(all[i:], 0, paragraph); used > 0 {
			i += used - 1
			r.label = pendingLabel{}
			continue
		}
		next := ""
		if i+1 < len(all) {
			next = all[i+1]
		}
		i += r.line(line, next, i, paragraph)
	}
	r.label = pendingLabel{}
}

// joinStatements joins lines that a script continues.
func joinStatements(text string) string {
	if !strings.ContainsAny(text, "\\`^") {
		return text
	}
	return continuation.ReplaceAllString(text, " ")
}

// line reads one line; it returns how many of the following it has used up.
func (r *reader) line(line, next string, n, paragraph int) int {
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	for len(r.indents) > 0 && indent <= r.indents[len(r.indents)-1] && len(r.blocks) > r.headings {
		r.close()
	}
	text := strings.TrimSpace(line)
	if comment.MatchString(text) {
		r.remark(text, n, paragraph)
		if m := titled.FindStringSubmatch(text); m != nil && strings.HasPrefix(text, "#") && len(splitWords(m[1])) <= 3 && !strings.ContainsAny(m[1], "=:") {
			r.heading(m[1])
		}
		return 0
	}
	text = boldLabel.ReplaceAllString(bullet.ReplaceAllString(text, ""), "$1$2")
	text = boldEnd.ReplaceAllString(boldStart.ReplaceAllString(text, "$1"), "$1")
	text = accessors.ReplaceAllString(text, " ")
	text = copyButton.ReplaceAllString(text, "")
	if r.listed(text, n, paragraph) {
		return 0
	}
	if m := section.FindStringSubmatch(text); m != nil {
		if strings.HasPrefix(text, "[[") { // one of a list of TOML
			r.tables++
			m[1] += "#" + strconv.Itoa(r.tables)
		}
		r.heading(m[1])
		return 0
	}
	if strings.Trim(text, "{}[]();,") == "" {
		switch {
		case strings.Contains(text, "}") && len(r.blocks) > r.headings:
			r.close()
		case text == "{" && len(r.blocks) > r.headings: // one of a list
			r.tables++
			r.open("#"+strconv.Itoa(r.tables), -1)
		}
		return 0
	}
	text = r.addresses(text, n, paragraph)
	if m := opening.FindStringSubmatch(text); m != nil {
		r.open(blockName(m[1]), -1)
		return 0
	}
	if r.label.value(r, text, next, n, paragraph) {
		return r.label.used
	}
	if m := printed.FindStringSubmatch(text); m != nil && isLabel(m[1]) {
		r.label.push(m[1])
		return 0
	}
	shown := outputOf(text)
	if r.command(text, n, paragraph) || shown != "" {
		if shown != "" {
			r.label.push(shown)
		}
		return 0
	}
	before := len(r.pairs)
	s := scanner{reader: r, text: text, line: n, paragraph: paragraph}
	s.scan()
	used := 0
	if s.last >= before && s.last < len(r.pairs) && s.openEnd {
		used = r.goOn(&r.pairs[s.last], next)
	}
	if s.named {
		r.label.interrupted(s.onlyValue)
		return used
	}
	if len(text) >= longestLabel {
		return used
	}
	switch {
	case isLabelLine(text):
		r.label.push(text)
	case strings.HasSuffix(text, ":") && len(splitWords(text)) <= 4:
		if indented(next, indent) {
			r.open(strings.TrimSuffix(text, ":"), indent)
		} else {
			r.heading(strings.TrimSuffix(text, ":"))
		}
	default:
		if m := titled.FindStringSubmatch(text); m != nil && len(splitWords(m[1])) <= 4 {
			r.heading(m[1])
		} else if isStage(text) {
			r.heading(text)
		}
	}
	return used
}

// remark takes the address of an environment that a comment names: it counts where no other
// one is there.
func (r *reader) remark(text string, n, paragraph int) {
	host, v := judgeEnvironment(text)
	if v != usable || isStale(text) || isObsolete(text) {
		return
	}
	if label := strings.TrimLeft(firstPhrase(text), "#/;- "); meaningOf(label).field != environment {
		return
	}
	r.add(pair{value: value{text: host, literal: true}, means: environment, rank: remarked, line: n, paragraph: paragraph, source: fromAddress})
}

// isLabelLine reports whether a line is a label with its value below. An address
// needs no label, and "crm" alone is more often a name than one.
func isLabelLine(text string) bool {
	label := strings.TrimRight(text, ":? ")
	if !isLabel(label) {
		return false
	}
	m := meaningOf(label)
	return m.field != environment || m.rank > common || label != text
}

func indented(next string, than int) bool {
	return strings.TrimSpace(next) != "" && len(next)-len(strings.TrimLeft(next, " \t")) > than
}

// isStage reports whether a line is the name of a stage and nothing else.
func isStage(text string) bool {
	list := splitWords(text)
	return len(list) > 0 && len(list) <= 2 && stages[list[len(list)-1].text] && !strings.ContainsAny(text, "=.@/")
}

// blockName returns what a block with braces is called: its last literal, or its last
// words.
func blockName(text string) string {
	text = strings.TrimRight(text, " :=(")
	if m := lastString.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}

// heading begins a part of the text; it ends with the next one.
func (r *reader) heading(name string) {
	r.blocks, r.indents = nil, nil
	if name = strings.TrimSpace(name); name != "" {
		r.blocks = []string{name}
	}
	r.headings = len(r.blocks)
	r.label = pendingLabel{}
}

func (r *reader) open(name string, indent int) {
	if len(r.blocks) < deepest {
		r.blocks = append(append([]string{}, r.blocks...), name)
		r.indents = append(r.indents, indent)
	}
}

func (r *reader) close() {
	r.blocks = append([]string{}, r.blocks[:len(r.blocks)-1]...)
	if len(r.indents) > 0 {
		r.indents = r.indents[:len(r.indents)-1]
	}
}

// goOn adds the next line to a value that a mail program wrapped.
func (r *reader) goOn(p *pair, next string) int {
	m := p.meaning()
	text := strings.TrimSpace(p.value.text)
	switch {
	case p.value.literal:
	case (m.field == clientSecret || m.field == password) && isWrapped(text, next):
		p.value.text = strings.TrimSuffix(text, "=") + plainToken.FindString(strings.TrimSpace(next))
		return 1
	case m.field == environment && strings.HasPrefix(text, "http") && !strings.Contains(text, " "):
		if _, v := judgeEnvironment(text); v == usable {
			return 0
		}
		if joined := text + firstWord(next); next != "" {
			if _, v := judgeEnvironment(joined); v == usable {
				p.value.text = joined
				return 1
			}
		}
	}
	return 0
}
