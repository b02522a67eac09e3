package paste

import (
	"strings"

	"s2sdoctor/core/pattern"
	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
)

// shortFlags are the abbreviations of the programs that are read.
//
// Sources: learn.microsoft.com/power-platform/developer/cli/reference/auth and
// learn.microsoft.com/cli/azure/reference-index.
var shortFlags = map[string]map[string]string{
	"pac": {
		"-id": "applicationid", "-cs": "clientsecret", "-t": "tenant", "-env": "environment", "-u": "url", "-cdp": "certificatediskpath",
		"-cp": "certificatepassword",
	},
	"az":       {"-u": "clientid", "--username": "clientid", "-p": "clientsecret", "--password": "clientsecret", "-t": "tenant"},
	"s2scheck": {"--environment": "environmenturl"},
	"curl":     {"-d": "body", "--data": "body", "--data-raw": "body", "--data-urlencode": "field", "-F": "field", "--form": "field", "--url": "address"},
}

var (
	prompt       = pattern.New(`^(PS [^>]*>|[$#>])\s+`)
	continuation = pattern.New("[ \t][\\\\`^]\r?\n")
)

// readCommand reads the command line of pac, az, curl or s2scheck.
func readCommand(text string) (prose.Text, []setting) {
	text = continuation.ReplaceAllString(prompt.ReplaceAllString(text, ""), " ")
	words := shellWords(text)
	if len(words) < 2 {
		return prose.Text{}, nil
	}
	short, known := shortFlags[words[0]]
	if !known {
		return prose.Text{}, nil
	}
	var found []setting
	for i := 1; i < len(words); i++ {
		flag, value, joined := strings.Cut(words[i], "=")
		if !strings.HasPrefix(flag, "-") {
			if _, inner := readAddress(words[i]); words[0] == "curl" {
				found = append(found, inner...)
			}
			continue
		}
		if !joined && i+1 < len(words) && !isFlag(words[i+1], short) {
			i++
			value = words[i]
		}
		key, ok := short[flag]
		if !ok {
			key = strings.TrimLeft(flag, "-")
		}
		switch key {
		case "body":
			found = append(found, querySettings(value)...)
		case "field":
			name, field, _ := strings.Cut(value, "=")
			if name == "scope" {
				field = environmentOfScope(field)
			}
			found = append(found, setting{name, field})
		case "address":
			_, inner := readAddress(value)
			found = append(found, inner...)
		default:
			found = append(found, setting{key, value})
		}
	}
	return prose.F("a command"), found
}

// isFlag tells a flag from a value; a secret may begin with a hyphen.
func isFlag(word string, short map[string]string) bool {
	_, known := short[word]
	return known || strings.HasPrefix(word, "--")
}

// shellWords splits at blanks outside of quotes. Backslashes stay: on Windows
// they are part of paths.
func shellWords(text string) []string {
	var words []string
	var b strings.Builder
	quote, inWord := rune(0), false
	for _, r := range text {
		switch {
		case quote == 0 && (r == '"' || r == '\''):
			quote, inWord = r, true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && plain.Blank(r):
			if inWord {
				words = append(words, b.String())
			}
			b.Reset()
			inWord = false
		default:
			b.WriteRune(r)
			inWord = true
		}
	}
	if inWord {
		words = append(words, b.String())
	}
	return words
}
