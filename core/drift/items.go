package drift

import (
	"maps"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Item is a compared item: its values as in a [Difference], and as texts for users.
type Item struct {
	Difference
	// Title is the name of the item, InA and InB are its values; empty for a missing
	// value.
	Title, InA, InB text.Text
}

// Same reports whether both values are the same.
func (i Item) Same() bool { return i.A == i.B }

// value is a value for comparison, and as a text for users.
type value struct {
	plain string
	words text.Text
}

func raw(s string) value { return value{s, text.Raw(s)} }

// Items returns all compared items, in the order of the areas and then of the items,
// without those that could not be read on a side.
func Items(a, b Snapshot) []Item {
	var list []Item
	add := func(area Area, item string, title text.Text, x, y value) {
		list = append(list, Item{Difference{area, item, x.plain, y.plain}, title, x.words, y.words})
	}
	add(Health, "root cause", text.F("Result"), rootCause(a), rootCause(b))
	add(Health, "warnings", text.F("Warnings"), warnings(a), warnings(b))
	add(Credential, "kind", text.F("Credential"), kind(a), kind(b))
	add(Credential, "application", text.F("Application (client) ID"), raw(a.Connection.ClientID), raw(b.Connection.ClientID))
	if x, y := a.User, b.User; x != nil && y != nil {
		add(AppUser, "disabled", text.F("Disabled"), yes(x.Disabled), yes(y.Disabled))
		add(AppUser, "licensed", text.F("Has a licence"), yes(x.Licensed), yes(y.Licensed))
		if a.Connection.Environment == b.Connection.Environment {
			add(AppUser, "id", text.F("User ID"), raw(x.ID), raw(y.ID))
			add(AppUser, "business unit", text.F("Business unit"), raw(x.BusinessUnit), raw(y.BusinessUnit))
			add(AppUser, "object id", text.F("Object ID in Entra"), raw(x.ObjectID), raw(y.ObjectID))
			add(AppUser, "application id uri", text.F("Application ID URI"), raw(x.ApplicationIDURI), raw(y.ApplicationIDURI))
			add(AppUser, "organization", text.F("Organization ID"), raw(x.OrganizationID), raw(y.OrganizationID))
		}
	}
	if a.Roles != nil && b.Roles != nil {
		pairs(byRole(a.Roles), byRole(b.Roles), func(name string, x, y value) { add(Roles, name, text.Raw(name), x, y) })
	}
	if a.Privileges != nil && b.Privileges != nil {
		pairs(depths(a.Privileges), depths(b.Privileges), func(name string, x, y value) { add(Privileges, name, text.Raw(name), x, y) })
	}
	if !a.Lacks(Server) && !b.Lacks(Server) {
		add(Server, "version", text.F("Server version"), raw(a.ServerVersion), raw(b.ServerVersion))
	}
	return list
}

// pairs calls each with the values of every name on either side, by name.
func pairs(a, b map[string]value, each func(name string, x, y value)) {
	names := slices.Collect(maps.Keys(a))
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		each(name, a[name], b[name])
	}
}

func rootCause(s Snapshot) value {
	if s.RootCause == "" {
		return value{"healthy", text.F("Connected")}
	}
	return value{string(s.RootCause), title(s, s.RootCause)}
}

func warnings(s Snapshot) value {
	var words []text.Text
	for _, w := range s.Warnings {
		words = append(words, title(s, w))
	}
	return value{strings.Join(catalog.Names(s.Warnings), " "), text.Join("; ", words...)}
}

// title returns what a cause means for a connection.
func title(s Snapshot, cause catalog.Cause) text.Text {
	entry, ok := catalog.Lookup(cause)
	if !ok {
		return text.Raw(string(cause))
	}
	return catalog.Vars{"clientId": s.Connection.ClientID, "environment": s.Connection.Environment}.Text(entry.Title)
}

// kinds are the kinds of credential, as the form names them.
var kinds = map[connection.Kind]text.Text{
	connection.SecretKind: text.F("Client secret"), connection.CertificateKind: text.F("Certificate file"),
	connection.CertificateStoreKind: text.F("Certificate of the Windows store"),
	connection.FederatedKind:        text.F("Federated token"), connection.ManagedIdentityKind: text.F("Managed identity"),
}

func kind(s Snapshot) value {
	v := raw(s.Connection.Credential)
	if words, ok := kinds[connection.Kind(v.plain)]; ok {
		v.words = words
	}
	return v
}

func yes(b bool) value {
	if b {
		return value{"yes", text.F("Yes")}
	}
	return value{"no", text.F("No")}
}

// byRole returns how each role comes to the user.
func byRole(list []Role) map[string]value {
	ways := map[string][]string{} // the teams; "" for a direct one
	for _, r := range list {
		ways[r.Name] = append(ways[r.Name], r.Team)
	}
	all := map[string]value{}
	for name, teams := range ways {
		slices.Sort(teams)
		var plain []string
		var words []text.Text
		for _, team := range slices.Compact(teams) {
			if team == "" {
				plain, words = append(plain, "direct"), append(words, text.F("direct"))
				continue
			}
			plain, words = append(plain, "through team "+team), append(words, text.F("through team %s", team))
		}
		all[name] = value{strings.Join(plain, ", "), text.Join(", ", words...)}
	}
	return all
}

// depthWords are how far a privilege reaches: the words of a role's page, and the name
// that the API has for it.
var depthWords = map[string]text.Text{
	"Basic": text.F("User (Basic)"), "Local": text.F("Business unit (Local)"),
	"Deep": text.F("Parent: child business units (Deep)"), "Global": text.F("Organization (Global)"),
}

func depths(privileges map[string]string) map[string]value {
	all := map[string]value{}
	for name, depth := range privileges {
		all[name] = raw(depth)
		if words, ok := depthWords[depth]; ok {
			all[name] = value{depth, words}
		}
	}
	return all
}

// Verdict returns what is wrong with the connection, or should be corrected first; empty
// where nothing is.
func (s Snapshot) Verdict() text.Text {
	switch {
	case s.RootCause != "":
		return title(s, s.RootCause)
	case len(s.Warnings) > 0:
		return title(s, s.Warnings[0])
	}
	return text.Text{}
}
