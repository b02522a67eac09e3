package lifetime

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

// Calendar writes the known ends as events of a calendar, each with an alarm at every
// threshold that is still ahead. An event keeps its identity, so that a calendar which
// takes the file again moves it.
//
// Source: RFC 5545.
func Calendar(w io.Writer, list []Lifetime, now time.Time) error {
	var b strings.Builder
	line := func(format string, values ...any) { fold(&b, fmt.Sprintf(format, values...)) }
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//S2S Doctor//s2scheck//EN")
	line("CALSCALE:GREGORIAN")
	for _, l := range list {
		if l.Ends.IsZero() {
			continue
		}
		day := l.Ends.UTC()
		line("BEGIN:VEVENT")
		line("UID:%s@s2sdoctor", l.identity())
		line("DTSTAMP:%s", now.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE:%s", day.Format("20060102"))
		line("DTEND;VALUE=DATE:%s", day.AddDate(0, 0, 1).Format("20060102"))
		line("SUMMARY:%s", escape(fmt.Sprintf("%s of %s ends", l.what(), l.Name)))
		line("DESCRIPTION:%s", escape(l.description()))
		line("TRANSP:TRANSPARENT")
		for _, days := range Thresholds {
			if l.Days(now) >= days {
				line("BEGIN:VALARM")
				line("ACTION:DISPLAY")
				line("TRIGGER:-P%dD", days)
				line("DESCRIPTION:%s", escape(fmt.Sprintf("%s of %s ends in %d days", l.what(), l.Name, days)))
				line("END:VALARM")
			}
		}
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	_, err := io.WriteString(w, b.String())
	return err
}

// identity is the same for the same credential of the same connection.
func (l Lifetime) identity() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{l.Name, l.Environment, l.ClientID, string(l.Kind), l.Thumbprint}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

func (l Lifetime) what() string {
	if l.Kind == connection.CertificateKind || l.Kind == connection.CertificateStoreKind {
		return "Certificate"
	}
	return "Client secret"
}

func (l Lifetime) description() string {
	lines := []string{"It ends at " + l.Ends.UTC().Format(time.RFC3339) + "."}
	for _, row := range [][2]string{{"Environment", l.Environment}, {"Application (client) ID", l.ClientID}, {"Thumbprint", l.Thumbprint}} {
		if row[1] != "" {
			lines = append(lines, row[0]+": "+row[1])
		}
	}
	return strings.Join(lines, "\n")
}

var special = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// escape writes a text as a value (section 3.3.11), without control characters.
func escape(s string) string {
	s = special.Replace(strings.ToValidUTF8(s, "\ufffd"))
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// lineLimit is the longest line in octets, without its break (section 3.1).
const lineLimit = 75

// fold writes a line, and breaks it where it is too long, never within a character.
func fold(b *strings.Builder, line string) {
	limit := lineLimit
	for len(line) > limit {
		at := limit
		for !utf8.RuneStart(line[at]) {
			at--
		}
		b.WriteString(line[:at] + "\r\n ")
		line, limit = line[at:], lineLimit-1
	}
	b.WriteString(line + "\r\n")
}
