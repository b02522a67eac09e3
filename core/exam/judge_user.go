package exam

import (
	"fmt"
	"strings"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/dataverse"
)

// judgeUser looks at the row that stands for the application. While WhoAmI
// works, a gap in it is a warning: Dataverse itself fills those columns.
func judgeUser(f Facts) Finding {
	u, unread := readable(f)
	if unread != nil {
		return *unread
	}
	live := f.User.Live()
	if len(live) > 1 {
		e := userFacts(f, u)
		return broken("appuser.duplicate", e, "%d application users carry this Application ID; there may be one.", len(live))
	}
	e := userFacts(f, u)
	say := broken
	if f.WhoAmI.Answered() {
		say = warning
	}
	switch {
	case len(live) == 0:
		return say("appuser.missing", e, "The application user was deleted.")
	case u.Disabled:
		return say("appuser.disabled", e, "The application user %q is deactivated.", catalog.Clean(u.Name))
	case u.ApplicationID == "":
		return say("appuser.no-application-id", e, "The user %q carries no Application ID.", catalog.Clean(u.Name))
	case u.ObjectID != "" && f.Token.Claims.ObjectID != "" && f.Token.Claims.Scopes == "" && !equalFold(u.ObjectID, f.Token.Claims.ObjectID):
		return say("appuser.wrong-object-id", e,
			"The application user points to service principal %s, but the token comes from %s: the application was deleted and made again.", catalog.Clean(u.ObjectID), f.Token.Claims.ObjectID)
	case u.AzureState != 0 && !f.User.Partial:
		return say("appuser.wrong-object-id", e, "Dataverse notes that the application user's service principal is gone from Entra.")
	case u.ObjectID == "":
		return say("appuser.wrong-object-id", e, "The application user has no Azure AD Object ID.")
	case u.ApplicationIDURI == "":
		return say("appuser.no-application-id-uri", e, "The application user has no Application ID URI.")
	}
	finding := pass("%s, business unit %s.", orUnnamed(catalog.Clean(u.Name)), orUnnamed(catalog.Clean(u.BusinessUnit.Name)))
	finding.Evidence = e
	return finding
}

// readable gives the row to judge, or the finding that says why there is none.
func readable(f Facts) (dataverse.ApplicationUser, *Finding) {
	r := f.User
	var why Finding
	switch {
	case r.OK() && len(r.Users) > 0:
		if live := r.Live(); len(live) > 0 {
			return live[0], nil
		}
		return r.Users[0], nil
	case r.OK():
		why = skip("Dataverse shows no row for the application to the application itself.")
	case f.failed("whoami"):
		why = skip("Waits for: %s.", f.Results["whoami"].Title)
	case r.Failure != nil:
		why = skip("It could not be read: %s.", r.Failure.Detail)
	default:
		_, e := catalog.Read(catalog.Dataverse, r.Answer.Status, r.Answer.Header, r.Answer.Body)
		why = skip("The application may not read the table User, so this could not be seen (%s).", spoken(r.Answer.Status, e))
		why.Evidence = e
	}
	return dataverse.ApplicationUser{}, &why
}

// judgeLicence: a licence makes the row a person's. The 2017 way gives one and
// has to take it back.
func judgeLicence(f Facts) Finding {
	u, unread := readable(f)
	switch {
	case unread != nil:
		return *unread
	case f.User.Partial:
		return skip("This server does not tell whether a user has a licence.")
	case u.Licensed:
		return warning("appuser.licensed", userFacts(f, u), "The application user %q has a licence, which it does not need.", catalog.Clean(u.Name))
	}
	return pass("It has none, as it should be.")
}

// judgeRoles looks at direct roles and at those through teams.
func judgeRoles(f Facts) Finding {
	u, unread := readable(f)
	if unread != nil {
		if f.User.Tried && !f.failed("whoami") && f.User.Failure == nil {
			if verdict := refused(f.User.Reading); verdict.Cause == "appuser.no-role" {
				verdict.Summary = "WhoAmI works, but the application user has no security role: every other call will be refused."
				return verdict
			}
		}
		return *unread
	}
	roles := u.AllRoles()
	e := catalog.Evidence{Facts: roleFacts(roles)}
	if len(roles) == 0 {
		if f.User.Partial {
			return skip("It has no role of its own; whether one comes through a team could not be seen on this server.")
		}
		return broken("appuser.no-role", e, "The application user has no security role, neither its own nor through a team.")
	}
	for _, r := range roles {
		if r.IsSystemAdministrator() {
			return warning("role.system-administrator", e, "It has the role System Administrator%s: it may do everything.", through(r))
		}
	}
	finding := pass("%s.", list(roles))
	finding.Evidence = e
	return finding
}

func userFacts(f Facts, u dataverse.ApplicationUser) catalog.Evidence {
	var e catalog.Evidence
	add := func(name, value string) {
		e.Facts = append(e.Facts, catalog.Fact{Name: name, Value: catalog.Clean(value)})
	}
	add("Full name", u.Name)
	add("User ID", u.ID)
	add("Application ID", u.ApplicationID)
	add("Application ID URI", u.ApplicationIDURI)
	add("Azure AD Object ID", u.ObjectID)
	if oid := f.Token.Claims.ObjectID; oid != "" {
		add("service principal in the token (oid)", oid)
	}
	if u.DisabledReason != "" {
		add("disabled because", u.DisabledReason)
	}
	if !f.User.Partial {
		add("licensed", yesNo(u.Licensed))
	}
	return e
}

func roleFacts(roles []dataverse.Role) []catalog.Fact {
	facts := make([]catalog.Fact, 0, len(roles))
	for _, r := range roles {
		facts = append(facts, catalog.Fact{Name: "role", Value: catalog.Clean(r.Name) + through(r)})
	}
	return facts
}

func through(r dataverse.Role) string {
	if r.Team == "" {
		return ""
	}
	return fmt.Sprintf(" (through team %s)", catalog.Clean(r.Team))
}

func list(roles []dataverse.Role) string {
	names := make([]string, 0, len(roles))
	for _, r := range roles {
		names = append(names, catalog.Clean(r.Name)+through(r))
	}
	return strings.Join(names, ", ")
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func orUnnamed(s string) string {
	if s == "" {
		return "(unnamed)"
	}
	return s
}
