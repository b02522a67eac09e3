package guide

import (
	_ "embed"
	"encoding/json"
	"strconv"
	"strings"
	"sync"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

//go:embed texts.json
var textsJSON []byte

// words are the texts of one language.
type words struct {
	Question Question
	// Steps are by path and id: "classic/licence".
	Steps map[string]stepWords
	// Kinds are the words that differ for a kind of credential; what is empty is as in
	// Steps.
	Kinds map[connection.Kind]map[string]stepWords
	// Mistakes and Targets are by the article's numbers, Notes by their own names.
	Mistakes, Targets, Notes map[string]text.Text
}

// stepWords are the texts of a step.
type stepWords struct {
	Title, Why, Since, Tick text.Text
	Who                     catalog.Owner
	What                    []text.Text
	Links                   []catalog.Link
}

// stepWordsOf returns the texts of a step for a kind of credential.
func (w words) stepWordsOf(path Path, step StepID, kind connection.Kind) stepWords {
	name := string(path) + "/" + string(step)
	all := w.Steps[name]
	if kind == connection.CertificateStoreKind {
		kind = connection.CertificateKind // it is registered in the same way
	}
	own := w.Kinds[kind][name]
	for _, t := range []struct{ to, from *text.Text }{{&all.Title, &own.Title}, {&all.Why, &own.Why}, {&all.Tick, &own.Tick}} {
		if !t.from.Empty() {
			*t.to = *t.from
		}
	}
	if own.Who != "" {
		all.Who = own.Who
	}
	if own.What != nil {
		all.What = own.What
	}
	if own.Links != nil {
		all.Links = own.Links
	}
	return all
}

var texts = sync.OnceValue(func() words {
	var w words
	if err := json.Unmarshal(textsJSON, &w); err != nil {
		panic("core/guide/texts.json: " + err.Error()) // embedded: a test keeps this away
	}
	return w
})

// Question is the guide's one question, with its three answers in words.
type Question struct {
	Title, Help      text.Text
	Yes, No, Unknown text.Text
}

// TenantQuestion returns the question whether the application is registered in the
// environment's own tenant: it decides whether consent is a step at all.
func TenantQuestion() Question { return texts().Question }

// Mistake returns one of the article's six mistakes, zero for any other number.
func Mistake(number int) text.Text { return texts().Mistakes[strconv.Itoa(number)] }

// note is a sentence about a step's state, with the titles that it names.
func (k Input) note(name string, first ...text.Text) text.Text {
	titles := text.Join(", ", first...)
	return texts().Notes[name].Fill(func(said string, say func(string) string) string {
		return strings.ReplaceAll(said, "{first}", titles.In(say))
	})
}
