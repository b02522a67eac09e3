package catalog

import (
	"strings"

	"s2sdoctor/core/pattern"
)

// ReadText finds signs in text that is no answer as it came: a log, an
// exception, an error page. Codes are found in any wrapping. Text is kept
// whole in the signs, so that words may decide where there is no code.
func ReadText(text string) (Signs, Evidence) {
	a := answer{}
	a.addAADSTS(nil, text, text)
	code, at := findDataverse(text)
	a.signs.Dataverse = code
	if len(a.signs.AADSTS) > 0 {
		at = strings.Index(strings.ToUpper(text), "AADSTS")
	}
	a.signs.Text = around(text, at)
	a.evidence.TraceID = submatch(traceID, text)
	a.evidence.CorrelationID = submatch(corrID, text)
	a.evidence.RequestID = submatch(reqID, text)
	a.evidence.Timestamp = submatch(timestamp, text)
	a.say(traceTail.ReplaceAllString(a.signs.Text, ""))
	return a.done()
}

// around is the part of a text that belongs to a code found at a place: words
// far away must not say what the code means. Without a place it is all of it.
func around(text string, at int) string {
	const before, after = 200, MaxText - 200
	if at < 0 {
		return text
	}
	start := max(0, at-before)
	if line := strings.LastIndexByte(text[start:at], '\n'); line >= 0 {
		start += line + 1
	}
	return strings.ToValidUTF8(text[start:min(len(text), at+after)], "")
}

var (
	reqID     = pattern.New(`(?i)\b(?:REQ_ID|Request[- ]?ID|x-ms-service-request-id|x-ms-request-id|ActivityId)["']?(?:\s*[:=]\s*|\s{1,4})["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`)
	codeShape = pattern.New(`(?i)(?:^|[^0-9a-z-])(0x8[0-9a-f]{7}|8[0-9a-f]{7}|-2[0-9]{9}|2[0-9]{9})(?:[^0-9a-z-]|$)`)
)

// findDataverse finds the code that a text is about: the first that the
// catalogue knows, in any form; else the first that is written as a code and is
// not one of Windows or .NET themselves. It says where, -1 for nowhere.
func findDataverse(text string) (code string, at int) {
	at = -1
	for from := 0; from < len(text); {
		m := codeShape.FindStringSubmatchIndex(text[from:])
		if m == nil {
			break
		}
		start, end := from+m[2], from+m[3]
		from = end // not past the delimiter: it may begin the next code
		hex, ok := DataverseCode(text[start:end])
		if !ok {
			continue
		}
		if knownDataverse(hex) {
			return hex, start
		}
		written := text[start] == '-' || strings.HasPrefix(strings.ToLower(text[start:end]), "0x")
		foreign := strings.HasPrefix(hex, "0x8013") || strings.HasPrefix(hex, "0x8000") || strings.HasPrefix(hex, "0x80070")
		if at < 0 && written && !foreign {
			code, at = hex, start
		}
	}
	return code, at
}

func knownDataverse(hex string) bool {
	_, known := data().marks["dataverse:"+hex]
	return known || len(data().refined[hex]) > 0
}

func submatch(pattern *pattern.Pattern, text string) string {
	if m := pattern.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}
