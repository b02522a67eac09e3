// Package placeholder recognises what is written where a value belongs and was never
// filled in.
package placeholder

import (
	"strings"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// templates are the notations of programs that fill in a value: Postman and
// Jinja, shells and Terraform, Azure Pipelines, replace-tokens, Windows,
// PowerShell, App Service, .NET's format. What is still there was never filled in.
var templates = []*lazyregexp.Pattern{
	lazyregexp.New(`\{\{[^{}]*\}\}`),
	lazyregexp.New(`\$\{[^{}]*\}`),
	lazyregexp.New(`\$\([^()]*\)`),
	lazyregexp.New(`^\$\[.*\]$`),
	lazyregexp.New(`#\{[^{}]*\}#?`),
	lazyregexp.New(`^<[^<>]*>$`),
	lazyregexp.New(`^\{[A-Za-z][\w .-]*\}$`),
	lazyregexp.New(`^\{\d*\}$`),
	lazyregexp.New(`^\[[A-Za-z][\w .-]*\]$`),
	lazyregexp.New(`^%[A-Za-z_]\w*%$`),
	lazyregexp.New(`^\$[A-Za-z_]\w*$`),
	lazyregexp.New(`^\$env:\w+$`),
	lazyregexp.New(`^__\w+__$`),
	lazyregexp.New(`^@Microsoft\.KeyVault\(.*\)$`),
	lazyregexp.New(`^(?:\.{2,}|…|-+|_+|\?+|\*+|#+|•+)$`),
	lazyregexp.New(`(?i)^x{4,}(?:[-_.]?x+)*$`),
}

// alone are words that are a placeholder only without other words.
var alone = set(`secret secretvalue clientsecret clientsecretvalue mysecret password passwort
	changeme changeit replaceme placeholder redacted removed hidden masked todo tbd fixme null nil none undefined empty
	clientid appid applicationid tenantid tenant environmenturl url value na string example sample dummy fake test`)

// filler are the words of which placeholders are made: what to do, and with what.
var filler = set(`your my our the a an insert enter paste put add replace replaced set change me with by here goes in this from actual real
	client clients secret secrets value app application appid clientid tenantid tenant id guid uuid directory key password environment env url org organization organisation orgname
	azure ad entra portal registration s2s dataverse dynamics crm sp service principal string text redacted removed hidden placeholder example sample dummy todo tbd to be of for it is
	domain name host some any valid generated created copied copy`)

// commands are the words of which one at least makes a placeholder of fillers.
var commands = set(`your my our the insert enter paste put add replace set change here goes actual real redacted removed hidden placeholder example sample dummy todo tbd some any copy`)

func set(list string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		all[word] = true
	}
	return all
}

// wording is letters with what separates words.
var wording = lazyregexp.New(`^[<\[{("']?[A-Za-z][A-Za-z _./-]*[>\])}"'!]?$`)

// Is reports whether s is an unfilled placeholder such as ${SECRET}. Letters decide
// for the words, so that "your-client-secret" and "YOUR_CLIENT_SECRET" are equal.
func Is(s string) bool {
	for _, t := range templates {
		if t.MatchString(s) {
			return true
		}
	}
	if !wording.MatchString(s) {
		return false
	}
	if alone[plain.Squeeze(s)] {
		return true
	}
	told := false
	words := strings.FieldsFunc(split(s), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		if !filler[w] {
			return false
		}
		told = told || commands[w]
	}
	return told
}

// split puts a blank before the capital letters of "yourClientSecret", and returns
// lower case.
func split(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		if unicode.IsUpper(r) && lower {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
