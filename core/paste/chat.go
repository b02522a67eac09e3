package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// spoken is a line of a conversation: who, and what.
var spoken = lazyregexp.New(`^(\p{Lu}[\p{L}.'-]*(?: \p{Lu}[\p{L}.'-]*){0,2}):[ \t]+(\S.*)$`)

// fewestSpoken is how many lines a conversation has at least.
const fewestSpoken = 3

// withoutSpeakers drops the names before the lines of a conversation between two people or
// more. A question for a value becomes its label.
func withoutSpeakers(text string) string {
	if strings.Count(text, ": ") < fewestSpoken {
		return text
	}
	lines := strings.Split(text, "\n")
	count := map[string]int{}
	matched, all, repeated := 0, 0, false
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		all++
		m := spoken.FindStringSubmatch(line)
		if m == nil || meaningOf(m[1]).field != unknown || isStage(m[1]) {
			continue
		}
		matched++
		count[m[1]]++
		repeated = repeated || count[m[1]] > 1
	}
	if len(count) < 2 || !repeated || matched < fewestSpoken || matched*3 < all*2 {
		return text
	}
	for i, line := range lines {
		if m := spoken.FindStringSubmatch(line); m != nil && count[m[1]] > 0 {
			lines[i] = m[2]
		}
		lines[i] = asked(lines[i])
	}
	return strings.Join(lines, "\n")
}

// asked returns the label in a question such as "and the client secret?".
func asked(line string) string {
	question, ok := strings.CutSuffix(strings.TrimSpace(line), "?")
	if !ok || len(question) >= longestLabel {
		return line
	}
	if m := meaningOf(question); m.field != unknown && m.rank > vague {
		return question[m.start:] + ":"
	}
	return line
}
