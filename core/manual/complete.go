package manual

import (
	"flag"
	"slices"
	"strings"
)

// Candidate is a word that can be typed at the cursor.
type Candidate struct {
	Word string
	// Text describes the word, in one line; it may be "".
	Text string
}

// Paths is what a shell adds to the candidates itself.
type Paths int

// The kinds of paths.
const (
	NoPaths Paths = iota
	Files
	Folders
)

// Complete returns the candidates for the last of the words after the program's name;
// that word may be incomplete or empty.
func (p Program) Complete(words []string) ([]Candidate, Paths) {
	if len(words) == 0 {
		words = []string{""}
	}
	words = joinAssignments(words)
	last, before := words[len(words)-1], words[:len(words)-1]
	c := p.Commands[0]
	if len(before) > 0 {
		c = p.find(before[0])
	}
	var found []Candidate
	paths := NoPaths
	name, value, assigned := strings.Cut(last, "=")
	switch pending := c.pending(before); {
	case pending != nil:
		found, paths = p.values(pending)
		return matching(found, last, ""), paths
	case assigned && strings.HasPrefix(last, "-"):
		f := c.flag(name)
		if f == nil || isBool(f) {
			return nil, NoPaths
		}
		found, paths = p.values(f)
		return matching(found, value, name+"="), paths
	case strings.HasPrefix(last, "-"):
		return matching(c.flagNames(before), last, ""), NoPaths
	case len(before) == 0:
		for _, c := range p.visible()[1:] {
			found = append(found, Candidate{c.Name, c.Summary})
		}
	case c.Name != "":
		if c.Complete != nil {
			found = c.Complete()
		}
		if c.Files {
			paths = Files
		}
	}
	return matching(found, last, ""), paths
}

// joinAssignments puts "--format", "=", "json" together again: bash splits a word at
// the equals sign.
func joinAssignments(words []string) []string {
	var joined []string
	for i, word := range words {
		n := len(joined)
		switch {
		case n > 0 && word == "=" && isFlag(joined[n-1]) && !strings.Contains(joined[n-1], "="):
			joined[n-1] += "="
		case n > 0 && i > 0 && words[i-1] == "=" && strings.HasSuffix(joined[n-1], "=") && isFlag(joined[n-1]):
			joined[n-1] += word
		default:
			joined = append(joined, word)
		}
	}
	return joined
}

func isFlag(word string) bool { return len(word) > 1 && word[0] == '-' && word != "--" }

// pending returns the flag that waits for its value, or nil.
func (c Command) pending(before []string) *flag.Flag {
	for i := 0; i < len(before); i++ {
		f := c.flag(before[i])
		if f == nil || isBool(f) {
			continue
		}
		if i++; i == len(before) {
			return f
		}
	}
	return nil
}

// flag returns the flag that a word names without a value, or nil.
func (c Command) flag(word string) *flag.Flag {
	if !isFlag(word) {
		return nil
	}
	name := strings.TrimPrefix(strings.TrimPrefix(word, "-"), "-")
	i := slices.IndexFunc(c.Flags, func(f *flag.Flag) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return c.Flags[i]
}

// flagNames returns the flags that were not given yet.
func (c Command) flagNames(before []string) []Candidate {
	var found []Candidate
	for _, f := range c.Flags {
		name, _, usage := describe(f)
		given := slices.ContainsFunc(before, func(word string) bool {
			word, _, _ = strings.Cut(word, "=")
			return c.flag(word) == f
		})
		if !given {
			found = append(found, Candidate{name, usage})
		}
	}
	return append(found, Candidate{"--help", "print the flags"})
}

// values returns the candidates for the value of a flag.
func (p Program) values(f *flag.Flag) ([]Candidate, Paths) {
	_, value, _ := describe(f)
	var found []Candidate
	for _, word := range choices(value) {
		found = append(found, Candidate{Word: word})
	}
	if more := p.Values[f.Name]; more != nil {
		found = append(found, more()...)
	}
	for word := range strings.SplitSeq(value, "|") {
		switch word {
		case "FILE":
			return found, Files
		case "DIR":
			return found, Folders
		}
	}
	return found, NoPaths
}

// matching returns the candidates that begin with a prefix, each behind lead.
func matching(all []Candidate, prefix, lead string) []Candidate {
	var found []Candidate
	for _, c := range all {
		if strings.HasPrefix(strings.ToLower(c.Word), strings.ToLower(prefix)) {
			found = append(found, Candidate{lead + c.Word, c.Text})
		}
	}
	return found
}
