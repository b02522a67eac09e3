// Package cmdline reads a command line into a [flag.FlagSet].
//
// It promises that its errors quote nothing that was typed but the names of known
// flags: a value, an unknown flag or a stray word may be a secret in the wrong
// place, and standard error ends up in logs.
package cmdline

import (
	"flag"
	"fmt"
	"strings"
)

// Kind is what is wrong with a command line.
type Kind int

// The kinds of an [Error].
const (
	Malformed Kind = iota // two or more hyphens without a name
	Unknown               // no such flag
	NoValue               // the flag needs a value and is the last argument
	BadValue              // the value does not fit the type of the flag
	BadBool               // the flag takes true or false at most
)

// Error is a command line that cannot be understood.
type Error struct {
	Kind Kind
	// Position is that of the argument, from 1.
	Position int
	// Flag is the name of the flag, without hyphens; "" unless it is a known one.
	Flag string
	// Near is the known flag that an unknown one resembles, or "".
	Near string
}

func (e *Error) Error() string {
	switch {
	case e.Kind == Malformed:
		return fmt.Sprintf("argument %d is not a flag: a name follows the hyphens", e.Position)
	case e.Kind == Unknown && e.Flag != "":
		return "there is no flag --" + e.Flag + " here"
	case e.Kind == Unknown && e.Near != "":
		return fmt.Sprintf("argument %d is not a known flag; --%s is one", e.Position, e.Near)
	case e.Kind == Unknown:
		return fmt.Sprintf("argument %d is not a known flag", e.Position)
	case e.Kind == NoValue:
		return "--" + e.Flag + " needs a value"
	case e.Kind == BadBool:
		return "--" + e.Flag + " takes no value, or =true or =false"
	}
	return "the value of --" + e.Flag + " cannot be used"
}

// Parse reads args into set by the rules of package flag, and returns the words
// after the flags. Its error is an [*Error], or [flag.ErrHelp] for -h and -help
// where set defines neither. elsewhere are names that an error may quote although
// set does not define them: those of other commands.
func Parse(set *flag.FlagSet, args []string, elsewhere ...string) (rest []string, err error) {
	for i := 0; i < len(args); i++ {
		text, isFlag := strings.CutPrefix(args[i], "-")
		switch {
		case args[i] == "--":
			return args[i+1:], nil
		case !isFlag || text == "":
			return args[i:], nil
		}
		name, value, hasValue := strings.Cut(strings.TrimPrefix(text, "-"), "=")
		position := i + 1
		known := set.Lookup(name)
		switch {
		case name == "" || name[0] == '-':
			return nil, &Error{Kind: Malformed, Position: position}
		case known == nil && (name == "help" || name == "h"):
			return nil, flag.ErrHelp
		case known == nil:
			return nil, unknown(set, elsewhere, position, name)
		case isBool(known) && !hasValue:
			value = "true"
		case !isBool(known) && !hasValue:
			if i++; i == len(args) {
				return nil, &Error{Kind: NoValue, Position: position, Flag: name}
			}
			value = args[i]
		}
		if set.Set(name, value) == nil {
			continue
		}
		if isBool(known) {
			return nil, &Error{Kind: BadBool, Position: position, Flag: name}
		}
		return nil, &Error{Kind: BadValue, Position: position, Flag: name}
	}
	return nil, nil
}

// Names are the names of the flags that set defines.
func Names(set *flag.FlagSet) []string {
	var names []string
	set.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	return names
}

func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

func unknown(set *flag.FlagSet, elsewhere []string, position int, name string) *Error {
	e := &Error{Kind: Unknown, Position: position}
	for _, other := range elsewhere {
		if other == name {
			e.Flag = other
			return e
		}
	}
	e.Near = nearest(Names(set), name)
	return e
}

// nearest returns the name that differs from a misspelt one by two letters at most,
// or "". A short name resembles too many.
func nearest(names []string, typed string) string {
	best, least := "", 3
	if len(typed) < 4 || len(typed) > 40 {
		return ""
	}
	for _, name := range names {
		if d := distance(name, strings.ToLower(typed)); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
