package ui

import (
	"fmt"
	"strings"

	"s2sdoctor/core/cloud"
	"s2sdoctor/core/exam"
	"s2sdoctor/ui/words"
)

// resultText is one check in words, to copy.
func resultText(c exam.Result) string {
	var b strings.Builder
	word := words.L("Not examined")
	if c.Status != "" {
		word = stateOf(c.Status).Word()
	}
	fmt.Fprintf(&b, "%s: %s\n", word, c.Title)
	if c.Summary != "" {
		b.WriteString(words.F("Seen: {{.What}}", words.V{"What": sentence(c.Summary)}) + "\n")
	}
	writeFacts(&b, c)
	writeSteps(&b, c)
	return b.String()
}

func writeFacts(b *strings.Builder, c exam.Result) {
	for _, f := range facts(c.Evidence) {
		fmt.Fprintf(b, "  %s: %s\n", f.Name, f.Value)
	}
	if c.Evidence.Message != "" {
		b.WriteString("  " + words.F("Message: {{.Text}}", words.V{"Text": c.Evidence.Message}) + "\n")
	}
}

func writeSteps(b *strings.Builder, c exam.Result) {
	if len(c.Fix) > 0 {
		do := words.L("Do")
		if c.Owner != "" {
			do += " (" + c.Owner + ")"
		}
		b.WriteString(do + ":\n")
	}
	for i, text := range c.Fix {
		fmt.Fprintf(b, "  %d. %s\n", i+1, text)
	}
	for _, link := range c.Links {
		fmt.Fprintf(b, "  %s: %s\n", link.Title, link.URL)
	}
}

// handover is a message for whoever has to mend it: complete for somebody who
// has never seen this window.
func handover(c exam.Result, r exam.Report) string {
	var b strings.Builder
	b.WriteString(words.F("For: {{.Who}}", words.V{"Who": c.Owner}) + "\n\n")
	found := words.L("A server-to-server connection to Dataverse does not work as it should. S2S Doctor found:")
	if c.Status == exam.Warn {
		found = words.L("A server-to-server connection to Dataverse works, but S2S Doctor found:")
	}
	b.WriteString(found + "\n\n")
	b.WriteString(causeTitle(c, r) + "\n")
	if c.Summary != "" {
		b.WriteString(sentence(c.Summary) + "\n")
	}
	if why := meaning(c, r); why != "" {
		b.WriteString(why + "\n")
	}
	b.WriteString("\n")
	writeSteps(&b, c)
	b.WriteString("\n" + words.L("Connection") + ":\n")
	writeSubject(&b, r)
	if len(facts(c.Evidence)) > 0 || c.Evidence.Message != "" {
		b.WriteString("\n" + words.L("Seen") + ":\n")
		writeFacts(&b, c)
	}
	return b.String()
}

func writeSubject(b *strings.Builder, r exam.Report) {
	for _, f := range []struct{ name, value string }{
		{words.L("Environment URL"), r.Connection.Environment}, {words.L("Directory (tenant) ID"), r.Connection.TenantID},
		{words.L("Application (client) ID"), r.Connection.ClientID}, {words.L("Credential"), r.Connection.Credential},
	} {
		if f.value != "" {
			fmt.Fprintf(b, "  %s: %s\n", f.name, f.value)
		}
	}
}

// reportText is the whole examination in words, to copy.
func reportText(r exam.Report) string {
	var b strings.Builder
	b.WriteString(words.L("S2S Doctor report") + "\n")
	if !r.Started.IsZero() {
		b.WriteString(r.Started.UTC().Format("2006-01-02 15:04:05 UTC") + "\n")
	}
	writeSubject(&b, r)
	switch root, broken := r.Root(); {
	case broken:
		b.WriteString("\n" + words.F("First broken link: {{.Title}} ({{.Cause}})", words.V{"Title": causeTitle(root, r), "Cause": root.Cause}) + "\n")
	case r.Healthy && r.WhoAmI != nil:
		b.WriteString("\n" + words.L("Connected") + ". " + whoSentence(*r.WhoAmI) + "\n")
	default:
		b.WriteString("\n" + words.L("Not examined to the end") + ".\n")
	}
	if who := r.WhoAmI; who != nil {
		fmt.Fprintf(&b, "  UserId: %s\n  BusinessUnitId: %s\n  OrganizationId: %s\n", who.UserID, who.BusinessUnitID, who.OrganizationID)
	}
	b.WriteString("\n")
	for _, c := range r.Checks {
		b.WriteString(resultText(c))
		b.WriteString("\n")
	}
	b.WriteString(words.F("{{.N}} requests, {{.Milliseconds}} ms", words.V{"N": r.Requests, "Milliseconds": r.DurationMS}) + "\n")
	return b.String()
}

// copyReport is the menu's.
func (w *Window) copyReport() {
	if w.run.active {
		w.say(words.L("The test is still running: copy the report when it has ended."), 0)
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
