package result

import (
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// letter is a text to copy. The reader decides its language: a colleague
// reads the window's, and a reader of the whole report searches for its words
// in English.
type letter struct {
	strings.Builder
	say func(english string) string // nil is English
}

// line writes a line.
func (l *letter) line(shown text.Text) { l.WriteString(shown.In(l.say) + "\n") }

// indented writes a line, indented below another.
func (l *letter) indented(shown text.Text) { l.line(text.Join("", text.Raw("  "), shown)) }

// pair is a name with its value.
func pair(name, value text.Text) text.Text { return text.Join(": ", name, value) }

// blank leaves a line free.
func (l *letter) blank() { l.WriteString("\n") }

// resultText returns a check as text for the clipboard.
func resultText(c exam.Result) string {
	l := letter{say: i18n.Translate}
	l.result(c)
	return l.String()
}

func (l *letter) result(c exam.Result) {
	l.line(pair(outcomeWord(c.Status), c.Title))
	if !c.Summary.Empty() {
		l.line(text.F("Seen: %s", l.sentence(c.Summary)))
	}
	if also := catalog.AlternativesText(c.Alternatives); !also.Empty() {
		l.line(also)
	}
	l.facts(c.Evidence)
	l.steps(c)
}

// sentence returns a text as a sentence, in the letter's language.
func (l *letter) sentence(shown text.Text) text.Text { return text.Raw(sentence(shown.In(l.say))) }

func (l *letter) facts(e catalog.Evidence) {
	for _, f := range report.Facts(e) {
		l.indented(pair(f.Name, f.Value))
	}
	if !e.Message.Empty() {
		l.indented(text.F("Message: %s", e.Message))
	}
}

func (l *letter) steps(c exam.Result) {
	switch {
	case len(c.Fix) == 0:
	case c.Owner != "":
		l.line(text.F("Do (%s):", c.Owner.Text()))
	default:
		l.line(text.F("Do:"))
	}
	for i, shown := range c.Fix {
		l.indented(text.Join(". ", text.Raw(strconv.Itoa(i+1)), shown))
	}
	for _, link := range c.Links {
		l.indented(pair(link.Title, text.Raw(link.URL)))
	}
}

func (l *letter) subject(r exam.Report) {
	for _, f := range []struct {
		name  text.Text
		value string
	}{
		{text.F("Environment URL"), r.Connection.Environment},
		{text.F("Directory (tenant) ID"), r.Connection.TenantID},
		{text.F("Application (client) ID"), r.Connection.ClientID},
		{text.F("Credential"), r.Connection.Credential},
	} {
		if f.value != "" {
			l.indented(pair(f.name, text.New(f.value)))
		}
	}
}

// outcomeWord is how a check came out.
func outcomeWord(s exam.Status) text.Text {
	if s == "" {
		return text.F("Not examined")
	}
	return text.New(stateOf(s).English())
}

// Request is a message for the owner of a cause: complete for a reader who
// has never seen this window.
func Request(c exam.Result, r exam.Report) string {
	l := letter{say: i18n.Translate}
	l.line(text.F("For: %s", c.Owner.Text()))
	l.blank()
	if c.Status == exam.Warn {
		l.line(text.F("A server-to-server connection to Dataverse works, but S2S Doctor found:"))
	} else {
		l.line(text.F("A server-to-server connection to Dataverse does not work as it should. S2S Doctor found:"))
	}
	l.blank()
	l.line(r.Connection.CauseTitle(c))
	if !c.Summary.Empty() {
		l.line(l.sentence(c.Summary))
	}
	if why := r.Connection.CauseMeaning(c); !why.Empty() {
		l.line(why)
	}
	l.blank()
	l.steps(c)
	l.blank()
	l.line(text.F("Connection:"))
	l.subject(r)
	if len(report.Facts(c.Evidence)) > 0 || !c.Evidence.Message.Empty() {
		l.blank()
		l.line(text.F("Seen:"))
		l.facts(c.Evidence)
	}
	return l.String()
}

// reportText is the whole examination, to copy: in English, also if the window
// speaks, as the command writes it.
func reportText(r exam.Report) string {
	l := letter{}
	l.line(text.Raw("S2S Doctor report"))
	if !r.Started.IsZero() {
		l.line(text.Raw(r.Started.UTC().Format("2006-01-02 15:04:05 UTC")))
	}
	l.subject(r)
	l.blank()
	switch root, broken := r.Root(); {
	case broken:
		l.line(text.Join("", text.Raw("First broken link: "), r.Connection.CauseTitle(root), text.Raw(" ("+string(root.Cause)+")")))
	case r.Healthy && r.WhoAmI != nil:
		l.line(text.Join("", text.Raw("Connected. "), whoText(*r.WhoAmI)))
	default:
		l.line(text.Raw("Not examined to the end."))
	}
	if who := r.WhoAmI; who != nil {
		for _, id := range []string{"UserId: " + who.UserID, "BusinessUnitId: " + who.BusinessUnitID, "OrganizationId: " + who.OrganizationID} {
			l.indented(text.Raw(id))
		}
	}
	l.blank()
	for _, c := range r.Checks {
		l.result(c)
		l.blank()
	}
	l.line(text.Raw(strconv.Itoa(r.Requests) + " requests, " + strconv.FormatInt(r.DurationMS, 10) + " ms"))
	return l.String()
}

// CopyReport copies the whole report, if there is one.
func (s *Screen) CopyReport() {
	if r, ok := s.commands.Reported(); ok {
		s.env.Copy(reportText(r))
		s.env.Tell(i18n.L("Copied the report."), 0)
	}
}

// sentence returns shown as a sentence: see [text.Text.Sentence].
func sentence(shown string) string { return text.Raw(shown).Sentence().String() }
