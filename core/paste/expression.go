package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

var (
	dotted   = lazyregexp.New(`^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+[;,)]*$`)
	called   = lazyregexp.New(`^(?:await |new )?[A-Za-z_$][\w$.<>:]*\(`)
	indexed  = lazyregexp.New(`^[A-Za-z_$][\w$.]*\[(?:"[^"]*"|'[^']*'|\$?\w+)\](?:[^\w]|$)`)
	variable = lazyregexp.New(`^(?:\$(?:[A-Za-z_]\w*(?:[.:]\w+)*|\{.*\}|\(.*\))[;,)]*$|@[A-Za-z(][\w-]*(?:[/(].*)?$|%[A-Za-z_]\w*%$|!{1,2}[A-Za-z]|\{\{|\$\$|\[(?:parameters|variables|reference|concat)\()`)
	block    = lazyregexp.New(`^[|>][+-]?\d?$`)
	roots    = words(`process os env environ environment var local data module config configuration settings secrets vars variables variable parameters params args options this self system context app vault github
		builder credential credentials request req appsettings secret keyvault user each terraform input outputs output steps needs resources azurerm azuread random import.meta bundle`)
	types = words(`string str text guid uuid securestring secretstr bool boolean true false null none nil undefined required optional any object int number void char password secure sensitive
		txt lbl tok lit literal`)
)

// isExpression reports whether unquoted text is to be evaluated: a variable, a call, a
// type. Digits in a dotted word are more often a secret's.
func isExpression(text string) bool {
	first := firstWord(text)
	root, _, _ := strings.Cut(first, ".")
	switch {
	case called.MatchString(text), indexed.MatchString(text), variable.MatchString(text), block.MatchString(text):
		return true
	case dotted.MatchString(first):
		last := first[strings.LastIndexByte(first, '.')+1:]
		return !strings.ContainsAny(first, "0123456789") || roots[fold(root)] || strings.ToLower(first) == first || meaningOf(last).field != unknown
	}
	return types[fold(strings.Trim(first, ";,?()[]"))]
}
