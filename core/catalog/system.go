package catalog

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// systemCode is a way in which programs show the number of an error of the operating
// system or of curl. The words next to the number are in the language of the computer,
// the number is not.
type systemCode struct {
	// sign is in every text that has such a number, in lower case.
	sign string
	// prefix is the kind of number, as [Marks.System] writes it.
	prefix  string
	pattern *lazyregexp.Pattern
}

var systemCodes = []systemCode{
	// .NET. On Linux it shows the number of the C library, or that of a look-up of a name.
	{"socketexception (", "", lazyregexp.New(`SocketException \((?:[0-9A-Fa-f]{8}, )?((?:-|0x)?[0-9A-Fa-f]{1,8})\)`)},
	{"winerror", "", lazyregexp.New(`(?i)WinError\s{0,2}[:=]?\s{0,2}(1[01][0-9]{3})\b`)}, // Python on Windows
	{"winsock", "", lazyregexp.New(`(?i)winsock(?: error)?\s{0,2}[:=]?\s{0,2}(1[01][0-9]{3})\b`)},
	{"[errno", "errno ", lazyregexp.New(`(?i)\[Errno (-?[0-9]{1,5})\]`)},                            // Python
	{"os error", "errno ", lazyregexp.New(`(?i)\bos error (1[01][0-9]{1,3})\b`)},                    // Rust
	{"calling winhttp", "", lazyregexp.New(`(?i)\bError (12[01][0-9]{2}) calling WinHttp`)},         // .NET
	{"curl", "curl ", lazyregexp.New(`(?i)\bcurl(?:: \(|(?: error|code)[ :(]{1,2})([0-9]{1,2})\b`)}, // curl, PHP
	{"0x80", "", lazyregexp.New(`(?i)\b(0x80(?:07|09|0b)[0-9a-f]{4})\b`)},                           // HRESULT
	{"-214", "", lazyregexp.New(`(-214[0-9]{7})\b`)},                                                // the same, signed
}

// dotnetLookups are the numbers with which .NET hides those of getaddrinfo.
//
// Source: dotnet/runtime, SocketErrorPal.Unix and Interop.GetAddrInfoErrorFlags.
var dotnetLookups = map[string]string{
	"0xFFFDFFFF": "errno -2", "-131073": "errno -2", "0xFFFDFFFE": "errno -3", "-131074": "errno -3", "11": "errno -3",
}

// sightSystem finds the numbers of operating systems that the catalogue lists. They
// weigh as much as words do: a code of the service is about more than its transport.
func sightSystem(text string) []Sighting {
	var found []Sighting
	lower := strings.ToLower(text)
	for _, c := range systemCodes {
		const enough = 64
		if !strings.Contains(lower, c.sign) {
			continue
		}
		for _, m := range c.pattern.FindAllStringSubmatchIndex(text, enough) {
			if code := c.known(text[m[2]:m[3]]); code != "" {
				found = append(found, Sighting{Start: m[2], End: m[3], Strength: ByWords, Signs: Signs{System: code}})
			}
		}
	}
	return found
}

// known returns a number as the catalogue lists it, or "".
func (c systemCode) known(number string) string {
	if hex, ok := DataverseCode(number); ok {
		number = hex
	}
	for _, code := range []string{c.prefix + number, "errno " + number, dotnetLookups[number]} {
		if code == "errno "+number && c.prefix == "curl " {
			continue
		}
		if _, listed := data().marks["system:"+strings.ToLower(code)]; listed {
			return code
		}
	}
	return ""
}

func bySystem(s Signs) (Verdict, bool) {
	if s.System == "" {
		return Verdict{}, false
	}
	return byMark("system:"+strings.ToLower(s.System), s.System)
}
