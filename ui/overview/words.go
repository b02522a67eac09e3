package overview

import (
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/lifetime"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// result returns the title of what is wrong with a connection, or else its health.
func result(r *session.OverviewRow) string {
	switch r.Health {
	case session.HealthBroken, session.HealthWarned:
		if !r.Title.Empty() {
			return i18n.Text(r.Title)
		}
	}
	_, word := finding.Health(r.Health)
	return word
}

// ends returns when a credential ends, and the tone for how urgent that is.
func ends(l lifetime.Lifetime, now time.Time) (string, kit.Tone) {
	days := l.Days(now)
	switch {
	case l.Source == lifetime.Endless:
		return i18n.L("Does not end"), kit.Neutral
	case l.Ends.IsZero():
		return i18n.L("End not known"), kit.Neutral
	case l.Ended(now):
		return i18n.F("Ended on {{.Day}}", i18n.V{"Day": day(l.Ends)}), kit.Bad
	case days == 0:
		return i18n.L("Ends within a day"), kit.Bad
	}
	threshold, warns := l.Warning(now)
	switch text := i18n.N("Ends tomorrow", "Ends in {{.N}} days", days); {
	case !warns:
		return i18n.F("Ends on {{.Day}}", i18n.V{"Day": day(l.Ends)}), kit.Neutral
	case threshold <= 14:
		return text, kit.Bad
	case threshold <= session.EndingDays:
		return text, kit.Caution
	default:
		return text, kit.Neutral
	}
}

// user returns the application user, and when an administrator saw the registration.
func user(r *session.OverviewRow) string {
	if r.Seen.IsZero() {
		return r.User
	}
	seen := i18n.F("Seen by an administrator on {{.Day}}", i18n.V{"Day": day(r.Seen)})
	if r.User == "" {
		return seen
	}
	return r.User + " · " + seen
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// heading returns the two lines of a heading.
func heading(h *session.OverviewHeading, now time.Time) (title, below string, tone kit.Tone) {
	n := len(h.Names)
	count := i18n.N("1 connection", "{{.N}} connections", n)
	switch h.Grouping {
	case session.ByCause:
		if h.Title.Empty() {
			return i18n.L("Without a cause"), count, kit.Neutral
		}
		return i18n.Text(h.Title), count, kit.Bad
	case session.ByLabel:
		if h.Label == "" {
			return i18n.L("Without a label"), count, kit.Neutral
		}
		return labelWords[h.Label].String(), count, kit.Neutral
	}
	title = i18n.L("Their own credential")
	switch h.Kind {
	case connection.SecretKind:
		title = i18n.N("One secret, 1 connection", "One secret, {{.N}} connections", n)
	case connection.CertificateKind, connection.CertificateStoreKind:
		title = i18n.N("One certificate, 1 connection", "One certificate, {{.N}} connections", n)
	default:
		return title, count, kit.Neutral
	}
	below, tone = ends(h.Lifetime, now)
	if !h.Lifetime.Ends.IsZero() && tone != kit.Neutral {
		below += " · " + day(h.Lifetime.Ends)
	}
	return title, below, tone
}

// Describe returns the words by which a connection is found in the window's language: its
// label and what a test found, and the rest of its row.
func Describe(r *session.OverviewRow, now time.Time) (verdict, rest string) {
	until, _ := ends(r.Lifetime, now)
	rest = strings.Join([]string{user(r), until, finding.Examined(r.Examined, now)}, "\n")
	switch r.Health {
	case session.HealthUnknown, session.HealthWaiting, session.HealthRunning: // words about the test, not about the connection
		return labelName(r.Label), result(r) + "\n" + rest
	}
	return labelName(r.Label) + "\n" + result(r), rest
}

// spoken returns a line for assistive technology.
func spoken(line session.OverviewLine, now time.Time) string {
	if h := line.Heading; h != nil {
		title, below, _ := heading(h, now)
		return title + ", " + below
	}
	r := line.Row
	until, _ := ends(r.Lifetime, now)
	status, _ := finding.Health(r.Health)
	parts := []string{r.Name, labelName(r.Label), status.Word(), result(r), r.Host, user(r), until, finding.Examined(r.Examined, now)}
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, ", ")
}

func labelName(l profile.Label) string {
	if l == "" {
		return ""
	}
	return labelWords[l].String()
}

// labelTones are the colours of the labels.
var labelTones = map[profile.Label]kit.Tone{
	profile.Development: kit.Neutral, profile.Test: kit.Info, profile.Acceptance: kit.Caution, profile.Production: kit.Strong,
}
