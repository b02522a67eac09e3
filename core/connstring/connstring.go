// Package connstring reads the connection strings of ServiceClient and XrmTooling.
package connstring

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

var plainKey = lazyregexp.New(`^[A-Za-z][A-Za-z ]*$`)

// connectionStringKeys are the keys of ServiceClient and XrmTooling that tell
// such a string from other texts with = and ;, squeezed.
//
// Source: PowerPlatform-DataverseServiceClient, DynamicCrmConstants.
var connectionStringKeys = map[string]bool{
	"serviceuri": true, "url": true, "server": true, "authtype": true, "authenticationtype": true, "clientid": true, "appid": true,
	"applicationid": true, "clientsecret": true, "secret": true, "certificatethumbprint": true, "thumbprint": true,
	"certificatestorename": true, "storename": true, "redirecturi": true, "replyurl": true, "loginprompt": true, "tokencachestorepath": true,
	"requirenewinstance": true, "skipdiscovery": true, "username": true, "userid": true, "password": true, "domain": true,
	"homerealmuri": true, "integratedsecurity": true,
}

// Pair is one key with its value, as they are in the string.
type Pair struct {
	Key, Value string
	// Quoted is true where the value has quotes.
	Quoted bool
}

// Parse returns the pairs of a connection string; nil for any other text. Url and
// Server come back as serviceuri: they have this meaning in the string's format only.
func Parse(text string) []Pair {
	text = plain.Trim(text)
	for _, quote := range []string{`"`, "'"} {
		if inner, ok := strings.CutPrefix(text, quote); ok {
			text = strings.TrimSuffix(strings.TrimSuffix(inner, ";"), quote)
		}
	}
	if !strings.Contains(text, ";") {
		return nil
	}
	pairs := splitPairs(text)
	known, ours := 0, false
	for _, p := range pairs {
		key := plain.Squeeze(p.Key)
		if connectionStringKeys[key] {
			known++
		}
		switch key {
		// databases have servers, users and passwords too
		case "authtype", "authenticationtype", "clientid", "appid", "applicationid", "url", "serviceuri":
			ours = true
		}
		if strings.Contains(p.Value, "\n") {
			return nil // other lines follow
		}
	}
	if known < 2 || !ours {
		return nil
	}
	for i, p := range pairs {
		// Whose address it is need not be guessed here.
		if key := plain.Squeeze(p.Key); key == "url" || key == "server" {
			pairs[i].Key = "serviceuri"
		}
	}
	return pairs
}

// splitPairs reads key=value pairs by the rules of ADO.NET: values end at a
// semicolon; in single or double quotes they may hold one, and a quote doubled;
// "==" represents "=" in a key.
//
// Source: learn.microsoft.com/dotnet/api/system.data.common.dbconnectionstringbuilder.
func splitPairs(text string) []Pair {
	var pairs []Pair
	for text != "" {
		var key string
		if key, text = cutKey(text); key == "" {
			continue
		}
		var value string
		var quoted bool
		value, text, quoted = cutValue(text)
		if plainKey.MatchString(key) {
			pairs = append(pairs, Pair{key, value, quoted})
		}
	}
	return pairs
}

// cutKey takes a key and its "=" off text. The key is "" if the next semicolon comes
// first; it is taken off too.
func cutKey(text string) (key, rest string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == ';':
			return "", text[i+1:]
		case text[i] == '=' && i+1 < len(text) && text[i+1] == '=':
			b.WriteByte('=')
			i++
		case text[i] == '=':
			return plain.Trim(b.String()), text[i+1:]
		default:
			b.WriteByte(text[i])
		}
	}
	return "", ""
}

// cutValue takes a value and the semicolon behind it off text.
func cutValue(text string) (value, rest string, quoted bool) {
	if inner := strings.TrimLeft(text, " \t\r\n"); inner != "" && (inner[0] == '"' || inner[0] == '\'') {
		if value, rest, ok := cutQuoted(inner[1:], inner[0]); ok {
			return value, rest, true
		}
	}
	value, rest, _ = strings.Cut(text, ";")
	return plain.Trim(value), rest, false
}

// cutQuoted reads up to the closing quote. It is not a quoted value when
// anything but a semicolon follows: then the quote is part of the value.
func cutQuoted(text string, quote byte) (value, rest string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != quote {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == quote {
			b.WriteByte(quote)
			i++
			continue
		}
		behind := strings.TrimLeft(text[i+1:], " \t\r\n")
		if behind != "" && behind[0] != ';' {
			return "", "", false
		}
		return b.String(), strings.TrimPrefix(behind, ";"), true
	}
	return "", "", false
}
