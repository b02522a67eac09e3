package exam

import (
	"fmt"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// pass is a finding with nothing to correct.
func pass(summary text.Text) Finding { return Finding{Status: Pass, Summary: summary} }

// skip returns the finding of a check that could not be tried, with what it needs.
func skip(summary text.Text) Finding { return Finding{Status: Skip, Summary: summary} }

// broken returns the finding of a failed check, with its cause and what was seen.
func broken(cause catalog.Cause, e catalog.Evidence, summary text.Text) Finding {
	return Finding{Status: Fail, Cause: cause, Evidence: e, Summary: summary}
}

// warning is a cause that does not break the connection.
func warning(cause catalog.Cause, e catalog.Evidence, summary text.Text) Finding {
	return Finding{Status: Warn, Cause: cause, Evidence: e, Summary: summary}
}

// lost turns a failure of the network into a finding: who did not answer, and
// what was seen instead.
func lost(who text.Text, f *transport.Error) Finding {
	verdict := catalog.Recognise(catalog.Signs{Network: string(f.Kind)})
	if verdict.Cause == "" {
		verdict.Cause = catalog.Unknown
	}
	return broken(verdict.Cause,
		catalog.Evidence{RecognisedBy: verdict.By, Facts: []catalog.Fact{catalog.NewFact("host", f.Host), catalog.NewTextFact("seen", f.Detail)}},
		text.F("%s could not be reached: %s.", who, f.Detail))
}

// errorFinding maps an error response to a finding, by the catalogue.
func errorFinding(service catalog.Service, who text.Text, a transport.Response) Finding {
	signs, evidence := catalog.Read(service, a.Status, a.Header, a.Body)
	verdict := catalog.Recognise(signs)
	evidence.RecognisedBy = verdict.By
	if verdict.Cause == "" {
		verdict.Cause = catalog.Unknown
	}
	entry, known := catalog.Lookup(verdict.Cause)
	var finding Finding
	if !known || verdict.Cause == catalog.Unknown {
		finding = broken(catalog.Unknown, evidence, text.F("%s answered with something we do not know: %s.", who, spoken(a.Status, evidence)))
	} else {
		finding = broken(verdict.Cause, evidence, text.F("%s says %s: %s.", who, spoken(a.Status, evidence), insideTitle(entry.Title)))
	}
	finding.Alternatives = verdict.Alternatives
	return finding
}

// spoken is a service's error, by its code, or else by its status.
func spoken(status int, e catalog.Evidence) string {
	switch {
	case e.Code != "":
		return e.Code
	case e.Error != "":
		return fmt.Sprintf("%q (HTTP %d)", e.Error, status)
	}
	return fmt.Sprintf("HTTP %d", status)
}

// insideTitle returns a cause's title for the middle of a sentence. Only English is
// known to need a small first letter there.
func insideTitle(title text.Text) text.Text { return title.MapEnglish(lowerFirst) }

// dataverseResponse is a reading of the environment's API.
func dataverseResponse(r dataverse.Reading) response {
	return response{service: catalog.Dataverse, who: text.Raw("Dataverse"), answer: r.Response, failure: r.Err}
}

// redirect reports whether a response sends the caller elsewhere.
func redirect(a transport.Response) bool { return a.Status >= 300 && a.Status < 400 }

// lowerFirst starts a title inside a sentence, unless its first word is a name
// or an abbreviation.
func lowerFirst(s string) string {
	word, _, _ := strings.Cut(s, " ")
	switch {
	case word == "", word != "A" && len(word) > 1 && strings.ToUpper(word) == word:
		return s
	}
	switch word {
	case "Entra", "Dataverse", "Microsoft", "Conditional":
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) && a != "" }
