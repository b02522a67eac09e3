// Package placeholder recognises what stands where a value belongs and was never
// filled in.
package placeholder

import (
	"strings"

	"s2sdoctor/core/pattern"
	"s2sdoctor/core/plain"
)

// templates are the notations of programs that fill in a value: Postman and
// Jinja, shells and Terraform, Azure Pipelines, replace-tokens, Windows,
// PowerShell, App Service. What is still there was never filled in.
var templates = []*pattern.Pattern{
	pattern.New(`\{\{[^{}]*\}\}`),
	pattern.New(`\$\{[^{}]*\}`),
	pattern.New(`\$\([^()]*\)`),
	pattern.New(`\$\[[^\[\]]*\]`),
	pattern.New(`#\{[^{}]*\}#?`),
	pattern.New(`^<[^<>]*>$`),
	pattern.New(`^\{[A-Za-z][\w .-]*\}$`),
	pattern.New(`^\[[A-Za-z][\w .-]*\]$`),
	pattern.New(`^%[A-Za-z_]\w*%$`),
	pattern.New(`^\$[A-Za-z_]\w*$`),
	pattern.New(`^\$env:\w+$`),
	pattern.New(`^__\w+__$`),
	pattern.New(`^@Microsoft\.KeyVault\(.*\)$`),
}

// stopgaps are the words that stand in examples where a value belongs, in
// lower-case letters only.
var stopgaps = map[string]bool{
	"secret": true, "secretvalue": true, "clientsecret": true, "clientsecretvalue": true, "mysecret": true, "password": true,
	"changeme": true, "changeit": true, "replaceme": true, "placeholder": true, "redacted": true, "removed": true, "hidden": true,
	"masked": true, "todo": true, "tbd": true, "null": true, "nil": true, "none": true, "undefined": true, "empty": true,
	"clientid": true, "appid": true, "applicationid": true, "tenantid": true, "tenant": true, "environmenturl": true, "url": true,
}

// wording is letters with what separates words.
var wording = pattern.New(`^[<\[{(]?[A-Za-z][A-Za-z _.-]*[>\])}]?$`)

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
	words := plain.Squeeze(s)
	if stopgaps[words] || strings.Trim(words, "x") == "" {
		return true
	}
	for _, start := range []string{"your", "my", "insert", "enter", "paste", "put", "the"} {
		if rest, ok := strings.CutPrefix(words, start); ok && (stopgaps[rest] || stopgaps[strings.TrimSuffix(rest, "here")] || rest == "") {
			return true
		}
	}
	return false
}
