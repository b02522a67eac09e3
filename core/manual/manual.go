// Package manual writes the help, the manual page and the shell completion of a
// command-line program from its own table of commands and flags, so that they
// cannot name a flag that the program does not have.
//
// A flag is described by its usage in the [flag.FlagSet], which begins with the name of
// its value in back quotes: "`FILE` the private key". FILE and DIR are completed with
// paths, "text|json" with its words.
package manual

import (
	"flag"
	"slices"
	"strings"
)

// Program is a command-line program.
type Program struct {
	// Name is the name of the executable file.
	Name string
	// Title is the product, for the footer of the manual page.
	Title string
	// Summary is one phrase, lower-case and without a full stop.
	Summary string
	// Description is paragraphs for the manual page.
	Description []string
	// Commands are all commands. The first has the Name "": it runs where no command is
	// named.
	Commands []Command
	// Sections follow the flags.
	Sections []Section
	// Values completes the values of flags, by the name of the flag.
	Values map[string]func() []Candidate
}

// Command is what the program does after one word.
type Command struct {
	// Name is the word; "" is the command without one.
	Name string
	// Words are what may follow besides flags, such as "[TEXT|-]" or "A B".
	Words string
	// Summary is one phrase, lower-case and without a full stop.
	Summary string
	// Flags are those that the command is meant for; the set may hold more.
	Flags []*flag.Flag
	// Complete returns the candidates for a word that is no flag, or nil.
	Complete func() []Candidate
	// Files is true if such a word may be the name of a file.
	Files bool
	// Hidden commands are in no list.
	Hidden bool
}

// Section is a titled list of a manual page.
type Section struct {
	Title string
	// Text comes before the items.
	Text  string
	Items []Item
}

// Item is a term and what it means.
type Item struct{ Term, Text string }

// Select returns the flags of set by name, in the given order. It panics for a name that
// set does not define: the table of commands is wrong.
func Select(set *flag.FlagSet, names ...string) []*flag.Flag {
	var flags []*flag.Flag
	for _, name := range names {
		f := set.Lookup(name)
		if f == nil {
			panic("manual: " + set.Name() + " has no flag --" + name)
		}
		flags = append(flags, f)
	}
	return flags
}

// find returns the command of a name, and the command without a word for any other.
func (p Program) find(name string) Command {
	i := slices.IndexFunc(p.Commands, func(c Command) bool { return c.Name == name })
	return p.Commands[max(i, 0)]
}

// visible returns the commands that lists show.
func (p Program) visible() []Command {
	return slices.DeleteFunc(slices.Clone(p.Commands), func(c Command) bool { return c.Hidden })
}

// synopsis returns the command as it is typed.
func (p Program) synopsis(c Command) string {
	flags := ""
	if len(c.Flags) > 0 {
		flags = "[flags]"
	}
	return strings.Join(slices.DeleteFunc([]string{p.Name, c.Name, flags, c.Words}, func(s string) bool { return s == "" }), " ")
}

// isBool reports whether a flag takes no value.
func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// describe returns a flag with its two hyphens, the name of its value, "" for a flag
// without one, and what it means.
func describe(f *flag.Flag) (name, value, usage string) {
	usage = f.Usage
	if rest, quoted := strings.CutPrefix(usage, "`"); quoted {
		value, usage, _ = strings.Cut(rest, "` ")
	}
	return "--" + f.Name, value, usage
}

// choices returns the words of a value such as "text|json" or "NAME|minimal" that can
// be typed as they are: those in lower case, and the hyphen.
func choices(value string) []string {
	var words []string
	for word := range strings.SplitSeq(value, "|") {
		if word != "" && word == strings.ToLower(word) {
			words = append(words, word)
		}
	}
	return words
}
