package paste

import (
	"html"
	"strings"

	"s2sdoctor/core/pattern"
	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
)

// readSettings finds settings line by line: .env and shell, PowerShell's $env:,
// cmd's set, YAML, Terraform, constants in code, fragments of JSON, and labels
// copied from a portal with the value behind or below.
func readSettings(text string) (prose.Text, []setting) {
	var found []setting
	label := ""
	for line := range strings.Lines(text) {
		line = plain.Trim(line)
		if line == "" || comment(line) {
			continue
		}
		if label != "" {
			value := plain.Trim(strings.TrimPrefix(line, ":"))
			if value == "" {
				continue
			}
			if meaningOf(value, "") == nothing {
				found = append(found, setting{label, value})
				label = ""
				continue
			}
			label = ""
		}
		if _, inner := readConnectionString(line); len(inner) > 0 {
			found = append(found, setting{"connectionString", line})
			continue
		}
		key, value, ok := cutSetting(line)
		switch {
		case ok && value != "":
			found = append(found, setting{key, value})
		case meaningOf(strings.TrimSuffix(line, ":"), "") != nothing:
			label = strings.TrimSuffix(line, ":")
		}
	}
	return prose.F("a list of settings"), found
}

func comment(line string) bool {
	for _, start := range []string{"#", "//", "::", "REM ", "rem ", "[", "<!--"} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return false
}

var (
	listItem   = pattern.New(`^(- |set ")`)
	powerShell = pattern.New(`(?i)^(\$env:|\$\{env:)`)
	setx       = pattern.New(`(?i)^setx\s+(\S+)\s+(.+)$`)
)

// cutSetting splits a line at the first = or :, and finds the key among the
// words before it: "export CLIENT_ID=…", "private const string ClientId = …".
func cutSetting(line string) (key, value string, ok bool) {
	line = powerShell.ReplaceAllString(listItem.ReplaceAllString(line, ""), "")
	if m := setx.FindStringSubmatch(line); m != nil {
		return m[1], bare(m[2]), true
	}
	at := strings.IndexAny(line, "=:")
	if at < 0 {
		return "", "", false
	}
	key, value = plain.Trim(line[:at]), plain.Trim(strings.TrimLeft(line[at+1:], "=>"))
	if words := strings.Fields(key); len(words) > 1 {
		if _, known := vocabulary[plain.Squeeze(key)]; !known {
			key = words[len(words)-1]
		}
	}
	return key, bare(value), true
}

// bare is a value without its quotes, its separator and the comment behind it.
func bare(value string) string {
	if value == "" {
		return ""
	}
	if quote := value[0]; quote == '"' || quote == '\'' || quote == '`' {
		if inner, ok := quotedHere(value[1:], quote); ok {
			return inner
		}
	}
	for _, start := range []string{" #", "\t#", " //"} {
		value, _, _ = strings.Cut(value, start)
	}
	return strings.TrimRight(plain.Trim(value), `;,"`)
}

// quotedHere reads up to the closing quote; within double quotes a backslash
// keeps the next quote or backslash from being special.
func quotedHere(text string, quote byte) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
		case text[i] == quote:
			return b.String(), true
		default:
			b.WriteByte(text[i])
		}
	}
	return "", false
}

var (
	xmlKey    = pattern.New(`(?i)<add\s+(?:key|name)\s*=\s*"([^"]*)"\s+(?:value|connectionString)\s*=\s*"([^"]*)"`)
	xmlString = pattern.New(`(?i)\sconnectionString\s*=\s*"([^"]*)"`)
)

// readXML finds the settings of an App.config.
func readXML(text string) (prose.Text, []setting) {
	if !strings.HasPrefix(text, "<") {
		return prose.Text{}, nil
	}
	var found []setting
	for _, m := range xmlKey.FindAllStringSubmatch(text, -1) {
		found = append(found, setting{html.UnescapeString(m[1]), html.UnescapeString(m[2])})
	}
	for _, m := range xmlString.FindAllStringSubmatch(text, -1) {
		found = append(found, setting{"connectionString", html.UnescapeString(m[1])})
	}
	return prose.F("App.config"), found
}
