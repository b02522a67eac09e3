package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// Privilege is a table, what may be done with its rows, and how far.
type Privilege struct {
	// Table is the logical name, such as account.
	Table string
	// Verb is create, read, write, delete, append, appendto, assign or share.
	Verb string
	// Depth is user, bu, deep or org.
	Depth string
}

var (
	verbs = []string{"create", "read", "write", "delete", "append", "appendto", "assign", "share"}

	// depths are the depths of a privilege as the Web API writes them.
	//
	// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/privilegedepth.
	depths = map[string]string{"user": "Basic", "bu": "Local", "deep": "Deep", "org": "Global"}

	tableName = lazyregexp.New(`^[a-z][a-z0-9_]{0,127}$`)
)

// ParsePrivileges reads "account:read:org,contact:write:bu". The error names the
// word that cannot be used and the ones that can.
func ParsePrivileges(list string) ([]Privilege, error) {
	var all []Privilege
	for item := range strings.SplitSeq(list, ",") {
		p, err := parsePrivilege(strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		if slices.Contains(all, p) {
			continue
		}
		if i := slices.IndexFunc(all, func(o Privilege) bool { return o.Table == p.Table && o.Verb == p.Verb }); i >= 0 {
			return nil, fmt.Errorf("%s:%s has two depths, %s and %s: choose one", p.Table, p.Verb, all[i].Depth, p.Depth)
		}
		all = append(all, p)
	}
	return all, nil
}

func parsePrivilege(item string) (Privilege, error) {
	parts := strings.Split(item, ":")
	if len(parts) != 3 {
		return Privilege{}, fmt.Errorf("a privilege is table:verb:depth, such as account:read:org")
	}
	p := Privilege{parts[0], strings.ToLower(parts[1]), strings.ToLower(parts[2])}
	switch {
	case !tableName.MatchString(p.Table):
		return Privilege{}, fmt.Errorf("the table of a privilege is its logical name, in lower case, such as account")
	case !slices.Contains(verbs, p.Verb):
		return Privilege{}, fmt.Errorf("the verb of a privilege is one of %s", strings.Join(verbs, ", "))
	case depths[p.Depth] == "":
		return Privilege{}, fmt.Errorf("the depth of a privilege is one of user, bu, deep, org")
	}
	return p, nil
}

// WebDepth returns the depth as the Web API writes it.
func (p Privilege) WebDepth() string { return depths[p.Depth] }

// String returns the privilege as [ParsePrivileges] reads it.
func (p Privilege) String() string { return p.Table + ":" + p.Verb + ":" + p.Depth }
