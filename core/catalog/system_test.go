package catalog

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// TestSystemNumbers guards that the number decides, in any language of the message.
func TestSystemNumbers(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       Cause
	}{
		{"Windows, Czech", "System.Net.Sockets.SocketException (11001): Hostitel není znám.", NetworkDNS},
		{"Windows, Turkish", "System.Net.Sockets.SocketException (10061): Hedef makine etkin olarak reddettiğinden bağlantı kurulamadı.", NetworkRefused},
		{"Windows, Hungarian", "SocketException (10060): A kapcsolódási kísérlet nem sikerült", NetworkTimeout},
		{".NET on Linux", "System.Net.Sockets.SocketException (111): x", NetworkRefused},
		{".NET on Linux, a name", "ExtendedSocketException (00000005, 0xFFFDFFFF): x", NetworkDNS},
		{".NET on Linux, a busy server of names", "System.Net.Internals.SocketExceptionFactory+ExtendedSocketException (00000001, 11): x", NetworkDNS},
		{"Python", "ConnectionRefusedError: [Errno 111] x", NetworkRefused},
		{"Python on Windows", "[WinError 10060] x", NetworkTimeout},
		{"Rust", "tcp connect error: x (os error 110)", NetworkTimeout},
		{"WinHTTP", "Error 12007 calling WinHttpSendRequest, 'x'.", NetworkDNS},
		{"curl", "curl: (60) x", NetworkTLS},
		{"PHP", "cURL error 28: x (see https://curl.haxx.se/libcurl/c/libcurl-errors.html)", NetworkTimeout},
		{"HRESULT", "HRESULT: 0x80072F8F", NetworkTLS},
		{"HRESULT, signed", "HResult: -2147012889", NetworkDNS},
		{"password of a PFX file", "HResult: -2147024810", InputCertificate},
		{"another number", "System.Net.Sockets.SocketException (10022): x", Unknown},
		{"another file", "[Errno 2] No such file or directory: 'x'", Unknown},
		{"no number of curl", "curl 60 times", Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Unknown
			for _, s := range Sightings(c.text) {
				got = Recognise(s.Signs).Cause
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestSystemMarksAreFound guards the table against numbers that no text can show.
func TestSystemMarksAreFound(t *testing.T) {
	for _, e := range All() {
		for _, code := range e.Recognise.System {
			text := "SocketException (" + code + "): x"
			if kind, number, ok := strings.Cut(code, " "); ok {
				text = map[string]string{"errno": "[Errno " + number + "] x", "curl": "curl: (" + number + ") x"}[kind]
			} else if strings.HasPrefix(code, "0x") {
				text = "HRESULT: " + code
			} else if n, err := strconv.Atoi(code); err == nil && n > 12000 {
				text = fmt.Sprintf("Error %d calling WinHttpSendRequest", n)
			}
			found := Sightings(text)
			if len(found) != 1 || Recognise(found[0].Signs).Cause != e.Cause {
				t.Errorf("%s: %q is not found as %s: %+v", e.Cause, text, code, found)
			}
		}
	}
}
