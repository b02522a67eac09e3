package paste

import (
	"slices"
	"strings"
)

// settle decides what passwords are: next to an application, and with no user's name,
// "az ad sp create-for-rbac" and password managers call the secret so.
func (f *foundValues) settle() {
	hasPassword := slices.ContainsFunc(f.all, func(c candidate) bool { return c.field == password || c.field == clientSecret })
	f.all = slices.DeleteFunc(f.all, func(c candidate) bool { return c.userID && !hasPassword })
	hasClient := slices.ContainsFunc(f.all, func(c candidate) bool { return c.field == client })
	if !hasClient && f.nameBareID() {
		hasClient = true
	}
	var rest []candidate
	for _, c := range f.all {
		if c.field == password {
			if f.person || !hasClient {
				f.password = true
				continue
			}
			c.field, c.rank = clientSecret, generic
		}
		rest = append(rest, c)
	}
	f.all = rest
	f.withoutRemarks()
	f.withoutStale()
	f.withoutSubstitutes()
	f.number()
}

// nameBareID takes the one ID for the application's where a secret is next to it.
func (f *foundValues) nameBareID() bool {
	for _, id := range f.bare {
		if id.text != f.bare[0].text {
			return false
		}
	}
	for _, c := range f.all {
		if c.field == clientSecret && len(f.bare) > 0 && key(c.scope, c.owner) == key(f.bare[0].scope, f.bare[0].owner) {
			id := f.bare[0]
			id.rank = generic
			f.all = append(f.all, id)
			return true
		}
	}
	return false
}

// withoutRemarks drops the addresses that comments name, unless the comments are a script's
// and there is no other one: elsewhere they are settings that do not count.
func (f *foundValues) withoutRemarks() {
	isScript := slices.ContainsFunc(f.all, func(c candidate) bool { return c.command })
	if !isScript || slices.ContainsFunc(f.all, func(c candidate) bool { return c.field == environment && c.rank > remarked }) {
		f.all = slices.DeleteFunc(f.all, func(c candidate) bool { return c.field == environment && c.rank == remarked })
	}
}

// withoutStale drops values that a remark calls expired or unused, where there are others.
func (f *foundValues) withoutStale() {
	for _, wanted := range []field{clientSecret, environment, client} {
		stale := map[string]bool{}
		for _, c := range f.all {
			if c.field == wanted && c.stale {
				stale[c.text] = true
			}
		}
		isStale := func(c candidate) bool { return c.field == wanted && stale[c.text] }
		isFresh := func(c candidate) bool { return c.field == wanted && !stale[c.text] }
		if len(stale) > 0 && slices.ContainsFunc(f.all, isFresh) {
			f.all = slices.DeleteFunc(f.all, isStale)
		}
	}
}

// withoutSubstitutes drops secrets with a lesser name where the client secret itself
// is a reference or a placeholder: they are another program's. A value next to an
// application of its own stays.
func (f *foundValues) withoutSubstitutes() {
	missing, at := 0, map[string]bool{}
	var names []string
	for _, out := range f.out {
		if out.field == clientSecret && (out.verdict == reference || out.verdict == unfilled) {
			missing = max(missing, out.rank)
			at[out.key] = true
			names = append(names, plainName(out.text))
		}
	}
	if missing < likely {
		return
	}
	applications := map[string]bool{}
	for _, c := range f.all {
		if c.field == client {
			applications[key(c.scope, c.owner)] = true
		}
	}
	f.all = slices.DeleteFunc(f.all, func(c candidate) bool {
		k := key(c.scope, c.owner)
		if name := plainName(c.name); slices.ContainsFunc(names, func(n string) bool { return n != "" && strings.HasSuffix(name, n) }) {
			return false // what the reference names
		}
		return c.field == clientSecret && c.rank < missing && (at[k] || !applications[k])
	})
}

// number starts a new record at each repetition of a name.
func (f *foundValues) number() {
	type seen struct {
		record int
		values map[field]string
	}
	groups := map[string]*seen{}
	for i := range f.all {
		c := &f.all[i]
		if c.record != 0 || c.paragraph < 0 || c.rank <= vague {
			continue
		}
		switch c.field {
		case client, clientSecret, environment:
		default:
			continue
		}
		k := key(c.scope, c.owner)
		g := groups[k]
		if g == nil {
			g = &seen{values: map[field]string{}}
			groups[k] = g
		}
		if old, ok := g.values[c.field]; ok && old != c.text && c.field == client {
			g.record, g.values = g.record+1, map[field]string{}
		}
		if _, ok := g.values[c.field]; !ok {
			g.values[c.field] = c.text
		}
		c.record = -1 - g.record
	}
}
