// Package catalog names causes. It holds every cause of the contract as data
// (causes.json) and the pure functions from an answer to a cause.
//
// It promises that codes decide and texts do not, that nothing is recognised
// twice, and that what it does not know it calls unknown. It never talks to
// anybody and keeps nothing of what it reads.
package catalog

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:generate go run ./genids
//go:generate go run ./gendocs

//go:embed causes.json
var causesJSON []byte

// catalogue is the data file with its marks turned into look-up tables.
type catalogue struct {
	entries []Entry
	byCause map[Cause]int
	// marks maps "aadsts:7000215", "dataverse:0x80072560" and the like to causes.
	marks map[string]Cause
	// alternatives are the other causes that a mark allows.
	alternatives map[string][]Cause
	refined      map[string][]refinement
	wording      []phrase
}

// refinement is a code together with what distinguishes its causes.
type refinement struct {
	cause        Cause
	wording      []phrase
	when         When
	alternatives []Cause
	// length is how well the refinement fits a text; set where it does.
	length int
}

var data = sync.OnceValue(func() catalogue {
	c, err := parse(causesJSON)
	if err != nil {
		panic("core/catalog/causes.json: " + err.Error()) // embedded: a test keeps this away
	}
	return c
})

func parse(raw []byte) (catalogue, error) {
	c := catalogue{
		byCause:      map[Cause]int{},
		marks:        map[string]Cause{},
		alternatives: map[string][]Cause{},
		refined:      map[string][]refinement{},
	}
	if err := json.Unmarshal(raw, &c.entries); err != nil {
		return c, err
	}
	for i, e := range c.entries {
		if _, twice := c.byCause[e.Cause]; twice {
			return c, fmt.Errorf("%s is there twice", e.Cause)
		}
		c.byCause[e.Cause] = i
		for _, mark := range e.Recognise.keys() {
			if other, twice := c.marks[mark]; twice {
				return c, fmt.Errorf("%s is recognised twice: %s and %s", mark, other, e.Cause)
			}
			c.marks[mark] = e.Cause
		}
		for _, r := range e.Recognise.Refined {
			c.refined[r.Code] = append(c.refined[r.Code], r.compile(e.Cause))
		}
		maps.Copy(c.alternatives, e.Recognise.Alternatives)
		for _, text := range e.Recognise.Wording {
			c.wording = append(c.wording, newPhrase(text, e.Cause))
		}
	}
	return c, nil
}

func (r Refined) compile(cause Cause) refinement {
	c := refinement{cause: cause, when: r.When, alternatives: r.Alternatives}
	for _, text := range r.Wording {
		c.wording = append(c.wording, newPhrase(text, cause))
	}
	return c
}

// keys are the names under which the entry's marks are looked up.
func (r Marks) keys() []string {
	var keys []string
	add := func(kind string, values []string) {
		for _, v := range values {
			keys = append(keys, kind+":"+v)
		}
	}
	for _, code := range r.AADSTS {
		keys = append(keys, fmt.Sprintf("aadsts:%d", code))
	}
	add("dataverse", r.Dataverse)
	add("oauth", r.OAuth)
	add("graph", r.Graph)
	add("http", r.HTTP)
	add("network", r.Network)
	for _, code := range r.System {
		add("system", []string{strings.ToLower(code)})
	}
	add("wording", r.Wording)
	for _, refined := range r.Refined {
		add("refined:"+refined.Code+string(refined.When), refined.Wording)
	}
	return keys
}

// All returns every entry, in the contract's order. The caller may change the result.
func All() []Entry {
	entries := data().entries
	all := make([]Entry, len(entries))
	for i, e := range entries {
		all[i] = e.clone()
	}
	return all
}

// Lookup finds a cause's entry, false where the contract has no such cause.
func Lookup(cause Cause) (Entry, bool) {
	c := data()
	i, ok := c.byCause[cause]
	if !ok {
		return Entry{}, false
	}
	return c.entries[i].clone(), true
}

func (e Entry) clone() Entry {
	e.Fix = slices.Clone(e.Fix)
	e.Links = slices.Clone(e.Links)
	r := &e.Recognise
	r.AADSTS = slices.Clone(r.AADSTS)
	for _, list := range []*[]string{&r.Dataverse, &r.OAuth, &r.Graph, &r.HTTP, &r.Network, &r.System, &r.Wording} {
		*list = slices.Clone(*list)
	}
	r.Refined = slices.Clone(r.Refined)
	for i := range r.Refined {
		r.Refined[i].Wording = slices.Clone(r.Refined[i].Wording)
		r.Refined[i].Alternatives = slices.Clone(r.Refined[i].Alternatives)
	}
	r.Alternatives = maps.Clone(r.Alternatives)
	for mark, causes := range r.Alternatives {
		r.Alternatives[mark] = slices.Clone(causes)
	}
	return e
}

// Anchor is the cause's place in docs/troubleshooting.md: "appuser-missing".
func (e Entry) Anchor() string { return strings.ReplaceAll(string(e.Cause), ".", "-") }
