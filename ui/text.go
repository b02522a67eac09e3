package ui

import (
	"strconv"
	"strings"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/cloud"
	"s2sdoctor/core/exam"
	"s2sdoctor/core/prose"
	"s2sdoctor/ui/words"
)

// letter is a text to copy. Whoever it is for decides its language: a colleague
// reads the window's, and whoever reads the whole report searches for its words
// in English.
type letter struct {
	strings.Builder
	say catalog.Say // nil is English
}

// line writes one line.
func (l *letter) line(text prose.Text) { l.WriteString(text.In(l.say) + "\n") }

// indented writes one line below another.
func (l *letter) indented(text prose.Text) { l.line(prose.Join("", prose.Raw("  "), text)) }

// pair is a name with its value.
func pair(name, value prose.Text) prose.Text { return prose.Join(": ", name, value) }

// blank leaves a line free.
func (l *letter) blank() { l.WriteString("\n") }

// resultText is one check in words, to copy.
func resultText(c exam.Result) string {
	l := letter{say: words.Say}
	l.result(c)
	return l.String()
}

func (l *letter) result(c exam.Result) {
	l.line(pair(outcomeWord(c.Status), prose.Of(c.Title)))
	if !c.Summary.Empty() {
		l.line(prose.F("Seen: %s", l.sentence(c.Summary)))
	}
	if also := catalog.Also(c.Alternatives); !also.Empty() {
		l.line(also)
	}
	l.facts(c.Evidence)
	l.steps(c)
}

// sentence is a text made into one, in the letter's language.
func (l *letter) sentence(text prose.Text) prose.Text { return prose.Raw(sentence(text.In(l.say))) }

func (l *letter) facts(e catalog.Evidence) {
	for _, f := range facts(e) {
		l.indented(pair(f.name, f.value))
	}
	if e.Message != "" {
		l.indented(prose.F("Message: %s", e.Message))
	}
}

func (l *letter) steps(c exam.Result) {
	switch {
	case len(c.Fix) == 0:
	case c.Owner != "":
		l.line(prose.F("Do (%s):", prose.Of(c.Owner)))
	default:
		l.line(prose.F("Do:"))
	}
	for i, text := range c.Fix {
		l.indented(prose.Join(". ", prose.Raw(strconv.Itoa(i+1)), text))
	}
	for _, link := range c.Links {
		l.indented(pair(link.Title, prose.Raw(link.URL)))
	}
}

func (l *letter) subject(r exam.Report) {
	for _, f := range []struct {
		name  prose.Text
		value string
	}{
		{prose.F("Environment URL"), r.Connection.Environment},
		{prose.F("Directory (tenant) ID"), r.Connection.TenantID},
		{prose.F("Application (client) ID"), r.Connection.ClientID},
		{prose.F("Credential"), r.Connection.Credential},
	} {
		if f.value != "" {
			l.indented(pair(f.name, prose.Of(f.value)))
		}
	}
}

// outcomeWord is how a check came out.
func outcomeWord(s exam.Status) prose.Text {
	if s == "" {
		return prose.F("Not examined")
	}
	return prose.Of(stateOf(s).English())
}

// handover is a message for whoever has to mend it: complete for somebody who
// has never seen this window.
func handover(c exam.Result, r exam.Report) string {
	l := letter{say: words.Say}
	l.line(prose.F("For: %s", prose.Of(c.Owner)))
	l.blank()
	if c.Status == exam.Warn {
		l.line(prose.F("A server-to-server connection to Dataverse works, but S2S Doctor found:"))
	} else {
		l.line(prose.F("A server-to-server connection to Dataverse does not work as it should. S2S Doctor found:"))
	}
	l.blank()
	l.line(causeText(c, r))
	if !c.Summary.Empty() {
		l.line(l.sentence(c.Summary))
	}
	if why := meaningText(c, r); !why.Empty() {
		l.line(why)
	}
	l.blank()
	l.steps(c)
	l.blank()
	l.line(prose.F("Connection:"))
	l.subject(r)
	if len(facts(c.Evidence)) > 0 || c.Evidence.Message != "" {
		l.blank()
		l.line(prose.F("Seen:"))
		l.facts(c.Evidence)
	}
	return l.String()
}

// reportText is the whole examination, to copy: in English whatever the window
// speaks, as the command writes it.
func reportText(r exam.Report) string {
	l := letter{}
	l.line(prose.Raw("S2S Doctor report"))
	if !r.Started.IsZero() {
		l.line(prose.Raw(r.Started.UTC().Format("2006-01-02 15:04:05 UTC")))
	}
	l.subject(r)
	l.blank()
	switch root, broken := r.Root(); {
	case broken:
		l.line(prose.Join("", prose.Raw("First broken link: "), causeText(root, r), prose.Raw(" ("+root.Cause+")")))
	case r.Healthy && r.WhoAmI != nil:
		l.line(prose.Join("", prose.Raw("Connected. "), whoText(*r.WhoAmI)))
	default:
		l.line(prose.Raw("Not examined to the end."))
	}
	if who := r.WhoAmI; who != nil {
		for _, id := range []string{"UserId: " + who.UserID, "BusinessUnitId: " + who.BusinessUnitID, "OrganizationId: " + who.OrganizationID} {
			l.indented(prose.Raw(id))
		}
	}
	l.blank()
	for _, c := range r.Checks {
		l.result(c)
		l.blank()
	}
	l.line(prose.Raw(strconv.Itoa(r.Requests) + " requests, " + strconv.FormatInt(r.DurationMS, 10) + " ms"))
	return l.String()
}

// stillRunning is taken back when the test ends.
const stillRunning = words.Key("The test is still running: copy the report when it has ended.")

// copyReport is the menu's.
func (w *Window) copyReport() {
	if w.run.active {
		w.say(stillRunning.String(), 0)
		return
	}
	if w.run.report == nil {
		w.say(words.L("There is no report yet: test the connection first."), 0)
		return
	}
	w.deps.Copy(reportText(*w.run.report))
	w.say(words.L("Copied the report."), 0)
}

// cloudNamed finds a cloud by the name that a report gives it.
func cloudNamed(name string) (cloud.Cloud, bool) {
	for _, c := range cloud.Table {
		if c.Name == name {
			return c, true
		}
	}
	return cloud.Cloud{}, false
}
