package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connstring"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	// stringStart is a key with which connection strings begin, or go on.
	stringStart = lazyregexp.New(`(?i)(?:AuthType|AuthenticationType|Auth Type|ServiceUri|Service Uri|Url|Server|ClientId|AppId|ApplicationId|ClientSecret|Secret|RequireNewInstance|SkipDiscovery|LoginPrompt|Username|Password|Thumbprint|StoreName|RedirectUri|TokenCacheStorePath)\s*=`)
	stringNext  = lazyregexp.New(`(?i)^\s*(?:AuthType|AuthenticationType|Auth Type|ServiceUri|Service Uri|Url|Server|ClientId|AppId|ApplicationId|ClientSecret|Secret|RequireNewInstance|SkipDiscovery|LoginPrompt|Username|Password|Thumbprint|StoreName|RedirectUri|TokenCacheStorePath)\s*=`)
	// joint is what is between two literals of one string, over two lines.
	joint = lazyregexp.New(`;[ \t]*["'][ \t]*(?:[+&.]|_|\\)?[ \t]*(?:_|\\)?[ \t]*(?:(?://|#)[^\n]*)?\n[ \t]*(?:[+&.][ \t]*)?[$@fFrRbBuU]*["']([A-Za-z][A-Za-z ]{2,30}=)`)
	// inline is the same on one line.
	inline = lazyregexp.New(`;["'][ \t]*(?:\+|&|\.)[ \t]*[$@fFrRbBuU]*["']([A-Za-z][A-Za-z ]{2,30}=)`)
)

// nameBefore is the name of a setting, in the same quotes as its value.
var nameBefore = lazyregexp.New(`[A-Za-z_][\w.:-]*[ \t]*=[ \t]*$`)

// settingBefore is the name of the setting that a connection string is the value of, or the
// name that precedes its first key.
var settingBefore = lazyregexp.New("(?i)(?:([A-Za-z_][\\w.:-]*)[\"']?[ \t]*[:=][ \t]*[$@]*[\"'`]?|\\bname[ \t]*=[ \t]*[\"']([^\"'\n]+)[\"'];[ \t]*)$")

// longestString is how long a connection string may be, in bytes.
const longestString = 4096

// connectionStrings reads the connection strings of ServiceClient and XrmTooling in a
// text, and puts blanks in their places.
func (r *reader) connectionStrings(text string) string {
	if !strings.Contains(text, ";") || !strings.Contains(text, "=") {
		return text
	}
	text = inline.ReplaceAllString(joint.ReplaceAllString(text, ";$1"), ";$1")
	var b strings.Builder
	done, budget := 0, 16*len(text)
	for _, at := range stringStart.FindAllStringIndex(text, -1) {
		if budget < 0 || at[0] < done || at[0] > 0 && isIdentifier(text[at[0]-1]) {
			continue
		}
		end := stringEnd(text, at[0])
		budget -= end - at[0]
		found := connstring.Parse(withoutBreaks(text[at[0]:end]))
		if len(found) == 0 {
			continue
		}
		r.group++
		title := ""
		if m := settingBefore.FindStringSubmatch(text[max(0, at[0]-longestName):at[0]]); m != nil {
			title = m[1] + m[2]
		}
		for _, p := range found {
			r.add(pair{title: title, name: p.Key, value: value{text: p.Value, literal: p.Quoted}, paragraph: -r.group, source: fromString})
		}
		b.WriteString(text[done:at[0]])
		b.WriteString(keepLines(text[at[0]:end]))
		done = end
	}
	b.WriteString(text[done:])
	return b.String()
}

func isIdentifier(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// stringEnd finds the end of the connection string that begins at start: its closing
// quote, or the end of the last line that belongs to it.
func stringEnd(text string, start int) int {
	limit := min(len(text), start+longestString)
	before := strings.TrimRight(text[max(0, start-longestName):start], " \t\n")
	before = nameBefore.ReplaceAllString(before, "")
	if before != "" {
		quote := before[len(before)-1]
		if quote == '"' || quote == '\'' || quote == '`' {
			if end := closing(text[:limit], start, quote); end > 0 {
				return end
			}
		}
		if quote == '>' {
			if end := strings.IndexByte(text[start:limit], '<'); end > 0 {
				return start + end
			}
		}
	}
	end := start
	for {
		next := strings.IndexByte(text[end:limit], '\n')
		if next < 0 {
			return limit
		}
		line := strings.TrimSpace(text[end : end+next])
		end += next
		following, _, _ := strings.Cut(text[end+1:], "\n")
		if !stringNext.MatchString(following) && !(strings.HasSuffix(line, ";") && strings.Contains(following, "=")) && !isWrapped(lastValue(line), following) {
			return end
		}
		end++
	}
}

// lastValue returns what follows the last = of a line.
func lastValue(line string) string {
	return line[strings.LastIndexAny(line, "=;")+1:]
}

// closing finds the quote that ends a string; doubled and escaped ones do not.
func closing(text string, from int, quote byte) int {
	for i := from; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote && i+1 < len(text) && text[i+1] == quote && quote != '`':
			i++
		case text[i] == quote:
			return i
		}
	}
	return 0
}

// withoutBreaks joins the lines of a connection string.
func withoutBreaks(text string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(strings.TrimSpace(line))
	}
	return b.String()
}
