// Package pattern compiles regular expressions when they are first used. There are
// dozens of them, for pasted texts and error pages, and to compile them all before
// the window's first frame would hold it up for what may never be needed.
//
// It promises the methods of [regexp.Regexp] under their own names, and that an
// expression which does not compile is found by a test.
package pattern

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression in the syntax of package regexp. It is safe for
// use by several goroutines at once.
type Pattern struct {
	text    string
	compile func() *regexp.Regexp
}

// all are the patterns made so far, for the test that compiles them.
var all struct {
	sync.Mutex
	patterns []*Pattern
}

// New makes a pattern for a package's variable. It panics on first use if the text
// is no regular expression.
func New(text string) *Pattern {
	p := &Pattern{text: text, compile: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
	all.Lock()
	defer all.Unlock()
	all.patterns = append(all.patterns, p)
	return p
}

// All are the patterns that the program's packages have made.
func All() []*Pattern {
	all.Lock()
	defer all.Unlock()
	return append([]*Pattern(nil), all.patterns...)
}

// String is the expression's text.
func (p *Pattern) String() string { return p.text }

// The methods of [regexp.Regexp] that are in use.

func (p *Pattern) MatchString(s string) bool { return p.compile().MatchString(s) }

func (p *Pattern) FindString(s string) string { return p.compile().FindString(s) }

func (p *Pattern) FindStringIndex(s string) []int { return p.compile().FindStringIndex(s) }

func (p *Pattern) FindStringSubmatch(s string) []string { return p.compile().FindStringSubmatch(s) }

func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.compile().FindStringSubmatchIndex(s)
}

func (p *Pattern) FindAllString(s string, n int) []string { return p.compile().FindAllString(s, n) }

func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.compile().FindAllStringIndex(s, n)
}

func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.compile().FindAllStringSubmatch(s, n)
}

func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.compile().FindAllStringSubmatchIndex(s, n)
}

func (p *Pattern) ReplaceAllString(s, with string) string {
	return p.compile().ReplaceAllString(s, with)
}

func (p *Pattern) ReplaceAllStringFunc(s string, with func(string) string) string {
	return p.compile().ReplaceAllStringFunc(s, with)
}
