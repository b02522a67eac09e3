package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// State returns everything that requests can change, one object a line and sorted, in
// a form for comparing: only the beginning of a secret is kept.
func (s *Server) State() string {
	t := s.now()
	o := t.world()
	var lines []string
	add := func(kind string, v any) {
		raw, err := json.Marshal(v)
		must(err)
		lines = append(lines, kind+" "+string(raw))
	}
	for _, a := range o.apps {
		keys := []string{}
		for _, k := range s.keysOf(t, a) {
			keys = append(keys, k.KeyID+" "+k.Name+" "+thumbprintOf(k.Cert))
		}
		passwords := []string{}
		for _, p := range a.Passwords {
			passwords = append(passwords, fmt.Sprint(p.KeyID, " ", p.Name, " ", p.Hint, " ", p.End.UTC().Format(time.RFC3339)))
		}
		a.Keys, a.KeysReplaced, a.Passwords = nil, false, nil
		add("application", []any{a, keys, passwords})
	}
	for _, sp := range o.principals {
		add("service principal", sp)
	}
	for _, g := range o.grants {
		add("grant", g)
	}
	for _, a := range o.assignments {
		add("app role", a)
	}
	for _, p := range o.people {
		add("user of the directory", []any{p.SignIn, list(p.Licences)})
	}
	for _, id := range o.managers {
		add("management application", id)
	}
	for _, org := range organizations {
		store := o.stores[org.ID]
		for kind, rows := range map[string][]record{"business unit": store.units, "role": store.roles, "team": store.teams, "user": store.users} {
			for _, r := range rows {
				add(org.Unique+" "+kind, []any{r.row, list(r.roles), list(r.teams), list(r.privileges)})
			}
		}
		for _, set := range slices.Sorted(maps.Keys(store.records)) {
			for _, r := range store.records[set] {
				add(org.Unique+" "+set, r.row)
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}
