package paste

import (
	"slices"
	"strings"
)

// application is one application of a text with what belongs to it.
type application struct {
	id   string
	at   []candidate // where its ID stands
	own  []scored
	best map[field]scored
	// open are values of one field between which nothing decides.
	open map[field][]scored
}

// scored is a candidate with its distance to an application.
type scored struct {
	candidate
	near int
	// shared is true where it is as near to another application.
	shared bool
}

// applications returns the applications of a text, or one without an ID.
func (f *foundValues) applications() []*application {
	best := map[string]int{}
	group := func(c candidate) string {
		return key(c.scope, c.owner) + string(rune(c.record)) + string(rune(c.paragraph&0xFFFF*b2i(c.paragraph < 0)))
	}
	for _, c := range f.all {
		if c.field == client {
			best[group(c)] = max(best[group(c)], c.rank)
		}
	}
	var list []*application
	strongest := 0
	for _, c := range f.all {
		if c.field == client && c.rank == best[group(c)] {
			strongest = max(strongest, c.rank)
		}
	}
	for _, c := range f.all {
		if c.field != client || c.rank < best[group(c)] || c.rank < common && strongest >= common {
			continue
		}
		i := slices.IndexFunc(list, func(a *application) bool { return a.id == c.text })
		if i < 0 {
			list = append(list, &application{id: c.text})
			i = len(list) - 1
		}
		list[i].at = append(list[i].at, c)
	}
	if len(list) == 0 {
		list = []*application{{}}
	}
	f.assign(list)
	for _, a := range list {
		a.choose()
	}
	return list
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// assign adds every value to the nearest application, or to all that are as near.
func (f *foundValues) assign(list []*application) {
	for _, c := range f.all {
		if c.field == client {
			continue
		}
		near := make([]int, len(list))
		for i, a := range list {
			near[i] = a.distance(c)
		}
		most := slices.Max(near)
		count := 0
		for _, n := range near {
			if n == most {
				count++
			}
		}
		for i, a := range list {
			if near[i] == most {
				a.own = append(a.own, scored{c, most, count > 1})
			}
		}
	}
}

// distance returns how near a value is to the application; more is nearer.
func (a *application) distance(v candidate) int {
	if len(a.at) == 0 {
		return 0
	}
	most := -1 << 30
	for _, c := range a.at {
		most = max(most, nearness(c, v))
	}
	return most
}

func nearness(c, v candidate) int {
	score := 0
	common := 0
	for common < len(c.scope) && common < len(v.scope) && c.scope[common] == v.scope[common] {
		common++
	}
	score += common*1000 - (len(c.scope)+len(v.scope)-2*common)*100
	switch {
	case c.owner == v.owner && c.owner != "":
		score += 60
	case c.owner == "" || v.owner == "":
		score += 30
	case c.dataverse && v.dataverse:
		score += 40
	}
	switch {
	case c.paragraph < 0 && c.paragraph == v.paragraph:
		score += 500
	case c.paragraph < 0 && v.paragraph < 0:
		score -= 500
	case c.record == v.record && c.record != 0 && key(c.scope, c.owner) == key(v.scope, v.owner):
		score += 16
	case c.record > 0 && v.record > 0 && c.record != v.record:
		score -= 300
	}
	if c.paragraph == v.paragraph {
		score += 8
	}
	return score
}

// choose takes the best value for each field.
func (a *application) choose() {
	a.best, a.open = map[field]scored{}, map[field][]scored{}
	for _, f := range []field{environment, tenant, clientSecret, redirect, certificateFile, keyFile, certificatePassword, thumbprint, tokenFile} {
		var list []scored
		for _, s := range a.own {
			if s.field == f && a.belongs(s) {
				list = append(list, s)
			}
		}
		if len(list) == 0 {
			continue
		}
		slices.SortStableFunc(list, func(x, y scored) int { return compareScored(f, y, x) })
		a.best[f] = list[0]
		for _, s := range list[1:] {
			if compareScored(f, s, list[0]) == 0 && !strings.EqualFold(s.text, list[0].text) {
				a.open[f] = append(a.open[f], s)
			}
		}
	}
}

// compareScored orders values of one field: by what kind of name they have, how near
// they are, and how good the name is.
func compareScored(f field, x, y scored) int {
	class := func(s scored) int {
		switch {
		case f == clientSecret && s.rank >= likely:
			return 2
		case f == clientSecret && s.rank == common:
			return 1
		case f != clientSecret && s.rank > vague:
			return 1
		}
		return 0
	}
	if d := class(x) - class(y); d != 0 {
		return d
	}
	if d := x.near - y.near; d != 0 {
		return d
	}
	if d := x.rank - y.rank; d != 0 {
		return d
	}
	return b2i(x.fresh) - b2i(y.fresh)
}

// belongs reports whether a value may be the application's. A generic word such as
// "secret" behind the name of another service belongs to that service.
func (a *application) belongs(s scored) bool {
	if s.field != clientSecret {
		return !s.foreign || s.field == environment || s.field == tenant || a.owns(s)
	}
	switch {
	case a.owns(s):
		return true
	case s.foreign:
		return false
	case s.rank <= common && s.owner != "" && !has(s.owner, dataverses) && !has(s.owner, stages):
		return false
	}
	return true
}

// owns reports whether a value has the owner of the application's ID, in name and in
// place.
func (a *application) owns(s scored) bool {
	return slices.ContainsFunc(a.at, func(c candidate) bool {
		return c.owner == s.owner && slices.Equal(c.scope, s.scope)
	})
}

// weight rates the evidence that the application is the one for Dataverse.
func (a *application) weight() int {
	w := 0
	if e, ok := a.best[environment]; ok && !e.shared && e.rank > vague || slices.ContainsFunc(a.at, func(c candidate) bool { return c.dataverse }) {
		w += 4
	}
	_, hasSecret := a.best[clientSecret]
	_, hasCertificate := a.best[certificateFile]
	if hasSecret || hasCertificate {
		w += 2
	}
	if len(a.at) > 0 && !slices.ContainsFunc(a.at, func(c candidate) bool { return !c.foreign }) {
		w -= 3
	}
	return w
}

// likeliest returns the applications for which most speaks.
func likeliest(list []*application) []*application {
	most := -100
	for _, a := range list {
		most = max(most, a.weight())
	}
	return slices.DeleteFunc(slices.Clone(list), func(a *application) bool { return a.weight() < most })
}

// orphans reports whether a secret is in no application's record although several
// are below each other: then the pairs cannot be recognised.
func orphans(list []*application) bool {
	if len(list) < 2 {
		return false
	}
	secrets, without := map[string]bool{}, false
	first := list[0].at[0]
	for _, a := range list {
		c := a.at[0]
		if c.paragraph < 0 || key(c.scope, c.owner) != key(first.scope, first.owner) {
			return false
		}
		has := false
		for _, s := range a.own {
			if s.field == clientSecret {
				secrets[s.text] = true
				has = true
			}
		}
		without = without || !has
	}
	return without && len(secrets) > 1
}
