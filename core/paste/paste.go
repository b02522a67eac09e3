// Package paste takes the values of a connection out of any pasted text:
// settings, code, commands, mails, tables.
//
// Readers turn a text into pairs of a name and a value, with the place that they stand
// in. One vocabulary maps names to fields; one judge decides whether a value can be used
// there; values that are together belong to one application.
//
// It promises that nothing that may be a secret is put into a field that shows what is
// in it, that a secret is never taken from where it is encrypted, and that values of
// two applications are not mixed.
package paste

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// Limit is the size in bytes past which a text is not looked at. What is shorter takes
// a second at most, with any content.
const Limit = 256 << 10

// Result is what a text holds.
type Result struct {
	// Form has the values that were taken; it is empty where Choices are not.
	Form connection.Form
	// Notes name what was taken and what was left out; they never hold a value.
	Notes []connection.Note
	// TooLong is true where the text is longer than Limit; then nothing else is there.
	TooLong bool
	// Choices are the applications between which the text does not decide.
	Choices []Choice
}

// Choice is one of several applications.
type Choice struct {
	// Name holds its stage, environment and ID, as far as they are known.
	Name string
	// Title is what the text calls it; "" where it has no name for it.
	Title string
	// Named is true where the text states the title as a name, and not as a heading.
	Named bool
	Form  connection.Form
	Notes []connection.Note
}

// Found reports whether anything was recognised.
func (r Result) Found() bool { return len(r.Choices) > 0 || !empty(r.Form) }

func empty(f connection.Form) bool {
	return f.Environment+f.Tenant+f.ClientID+f.CertificateFile+f.KeyFile+f.RedirectURI+f.Thumbprint+f.Federation.File == "" &&
		f.Kind == connection.None && f.Secret.Empty() && f.CertificatePassword.Empty()
}

// Read takes the values of a connection out of a text.
func Read(text string) Result {
	if len(text) > Limit {
		return Result{TooLong: true}
	}
	f, list, unclear := applicationsOf(text)
	if !unclear {
		list = f.completed(likeliest(list))
	}
	choices := f.choices(list, unclear)
	if len(choices) > 1 {
		return Result{Choices: choices}
	}
	for _, c := range choices {
		if !empty(c.Form) {
			return Result{Form: c.Form, Notes: c.Notes}
		}
	}
	return Result{}
}

// All returns every application of a text that has an environment, whether or not another
// one is likelier to be meant. It is for files of connections.
func All(text string) []Choice {
	if len(text) > Limit {
		return nil
	}
	f, all, unclear := applicationsOf(text)
	list := f.completed(likeliest(all))
	for _, a := range all {
		if e, ok := a.best[environment]; ok && !e.shared && !slices.ContainsFunc(list, func(other *application) bool { return other.id == a.id }) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b *application) int { return slices.Index(all, a) - slices.Index(all, b) })
	return slices.DeleteFunc(f.choices(list, unclear), func(c Choice) bool { return c.Form.Environment == "" || c.Form.ClientID == "" })
}

func applicationsOf(text string) (f foundValues, list []*application, unclear bool) {
	text = plain.Trim(dedented(normalise(text)))
	if text == "" {
		return foundValues{}, nil, false
	}
	var r reader
	f = sift(r.read(text))
	f.settle()
	f.byShape(text)
	list = f.applications()
	return f, list, orphans(list)
}

func (f *foundValues) choices(list []*application, withoutSecret bool) []Choice {
	var all []Choice
	for _, a := range list {
		form, notes := f.form(a, withoutSecret)
		title, named := f.title(a, list)
		all = append(all, Choice{Name: a.name(), Title: title, Named: named, Form: form, Notes: notes})
	}
	return all
}

// completed adds what the text has once only, and makes one choice of each environment
// between which nothing decides.
func (f *foundValues) completed(chosen []*application) []*application {
	var list []*application
	for _, a := range chosen {
		for _, wanted := range []field{environment, tenant} {
			if _, ok := a.best[wanted]; ok {
				continue
			}
			if only, ok := f.only(wanted); ok && (wanted == tenant || len(chosen) == 1) {
				a.best[wanted] = only
			}
		}
		list = append(list, a)
		if len(chosen) > 1 {
			continue
		}
		for _, e := range a.open[environment] {
			other := &application{id: a.id, at: a.at, own: a.own, open: a.open, best: map[field]scored{}}
			for k, v := range a.best {
				other.best[k] = v
			}
			other.best[environment] = e
			list = append(list, other)
		}
	}
	return list
}

// only returns the value of a field that has one value in the whole text.
func (f *foundValues) only(wanted field) (scored, bool) {
	var one scored
	for _, c := range f.all {
		switch {
		case c.field != wanted:
		case one.text != "" && !strings.EqualFold(one.text, c.text):
			return scored{}, false
		case one.text == "":
			one = scored{candidate: c}
		}
	}
	return one, one.text != ""
}

// name describes the application without anything that could be a secret.
func (a *application) name() string {
	var parts []string
	for _, c := range a.at {
		label := c.owner
		if len(c.scope) > 0 {
			label += " " + c.scope[len(c.scope)-1]
		}
		for _, w := range splitWords(label) {
			if stages[w.text] && len(parts) == 0 {
				parts = append(parts, strings.ToUpper(w.text))
			}
		}
	}
	if e, ok := a.best[environment]; ok {
		parts = append(parts, strings.TrimPrefix(e.text, "https://"))
	}
	if a.id != "" {
		parts = append(parts, a.id)
	}
	return strings.Join(parts, " · ")
}
