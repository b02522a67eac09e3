package exam

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/dataverse"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// judgeUser looks at the row that represents the application. While WhoAmI
// works, a gap in it is a warning: Dataverse itself fills those columns.
func judgeUser(f Facts) Finding {
	u, unread := readable(f)
	if unread != nil {
		return *unread
	}
	live := f.User.Live()
	if len(live) > 1 {
		e := userFacts(f, u)
		return broken(catalog.AppUserDuplicate, e, text.F("%d application users carry this Application ID; only one is allowed.", len(live)))
	}
	e := userFacts(f, u)
	rule := broken
	if f.WhoAmI.Answered() {
		rule = warning
	}
	switch {
	case len(live) == 0:
		return rule(catalog.AppUserMissing, e, text.F("The application user was deleted."))
	case u.Disabled:
		return rule(catalog.AppUserDisabled, e, text.F("The application user %q is deactivated.", catalog.Clean(u.Name)))
	case u.ApplicationID == "":
		return rule(catalog.AppUserNoApplicationID, e, text.F("The user %q carries no Application ID.", catalog.Clean(u.Name)))
	case u.ObjectID != "" && f.Token.Claims.ObjectID != "" && f.Token.Claims.Scopes == "" && !equalFold(u.ObjectID, f.Token.Claims.ObjectID):
		return rule(catalog.AppUserWrongObjectID, e,
			text.F("The application user points to service principal %s, but the token comes from %s: the application was deleted and created again.", catalog.Clean(u.ObjectID), f.Token.Claims.ObjectID))
	case u.AzureState != 0 && !f.User.Partial:
		return rule(catalog.AppUserWrongObjectID, e, text.F("Dataverse notes that the application user's service principal is gone from Entra."))
	case u.ApplicationIDURI == "":
		return rule(catalog.AppUserNoApplicationIDURI, e, text.F("The application user has no Application ID URI."))
	}
	finding := pass(text.F("%s, business unit %s.", orUnnamed(catalog.Clean(u.Name)), orUnnamed(catalog.Clean(u.BusinessUnit.Name))))
	finding.Evidence = e
	return finding
}

// readable returns the row to judge, or the finding with the reason why it is missing.
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
		why = skip(text.F("Dataverse shows no row for the application to the application itself."))
	case f.failed(CheckWhoAmI):
		why = skip(waits(f.Results[CheckWhoAmI]))
	case r.Err != nil:
		why = skip(text.F("It could not be read: %s.", r.Err.Detail))
	default:
		_, e := catalog.Read(catalog.Dataverse, r.Response.Status, r.Response.Header, r.Response.Body)
		why = skip(text.F("The application may not read the table User, so this could not be seen (%s).", spoken(r.Response.Status, e)))
		why.Evidence = e
	}
	return dataverse.ApplicationUser{}, &why
}

// judgeLicence: a licence makes the row a user's. The steps of 2017 give it one and
// has to take it back.
func judgeLicence(f Facts) Finding {
	u, unread := readable(f)
	switch {
	case unread != nil:
		return *unread
	case f.User.Partial:
		return skip(text.F("This server does not show whether a user has a licence."))
	case u.Licensed:
		return warning(catalog.AppUserLicensed, userFacts(f, u), text.F("The application user %q has a licence, which it does not need.", catalog.Clean(u.Name)))
	}
	return pass(text.F("It has none, as it should be."))
}

// judgeRoles looks at direct roles and at those through teams.
func judgeRoles(f Facts) Finding {
	u, unread := readable(f)
	if unread != nil {
		if f.User.Tried && !f.failed(CheckWhoAmI) && f.User.Err == nil {
			if verdict := dataverseResponse(f.User.Reading).refused(); verdict.Cause == catalog.AppUserNoRole {
				verdict.Summary = text.F("WhoAmI works, but the application user has no security role: every other call will be refused.")
				return verdict
			}
		}
		return *unread
	}
	roles := u.AllRoles()
	e := catalog.Evidence{Facts: roleFacts(roles)}
	switch {
	case len(roles) > 0:
	case !f.User.RolesKnown:
		return skip(text.F("The application may not read security roles, so its own could not be seen."))
	case !f.User.TeamsKnown:
		return skip(text.F("It has no role of its own; whether one comes through a team could not be seen."))
	default:
		return broken(catalog.AppUserNoRole, e, text.F("The application user has no security role, neither its own nor through a team."))
	}
	for _, r := range roles {
		if r.IsSystemAdministrator() {
			return warning(catalog.RoleSystemAdministrator, e, mayEverything(r))
		}
	}
	finding := pass(text.Join("", list(roles), text.Raw(".")))
	finding.Evidence = e
	if !f.User.RolesKnown || !f.User.TeamsKnown {
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.NewTextFact("not seen", unseen(f.User)))
	}
	return finding
}

// unseen names the roles that could not be read.
func unseen(u dataverse.UserFacts) text.Text {
	if u.RolesKnown {
		return text.F("roles through teams")
	}
	return text.F("roles of its own")
}

func userFacts(f Facts, u dataverse.ApplicationUser) catalog.Evidence {
	facts := []catalog.Fact{
		catalog.NewFact("Full name", catalog.Clean(u.Name)), catalog.NewFact("User ID", catalog.Clean(u.ID)),
		catalog.NewFact(catalog.FactApplicationID, catalog.Clean(u.ApplicationID)), catalog.NewFact(catalog.FactApplicationIDURI, catalog.Clean(u.ApplicationIDURI)),
		catalog.NewFact(catalog.FactObjectID, catalog.Clean(u.ObjectID)),
	}
	if oid := f.Token.Claims.ObjectID; oid != "" {
		facts = append(facts, catalog.NewFact("service principal in the token (oid)", catalog.Clean(oid)))
	}
	if u.DisabledReason != "" {
		facts = append(facts, catalog.NewFact("disabled because", catalog.Clean(u.DisabledReason)))
	}
	if !f.User.Partial {
		facts = append(facts, catalog.NewTextFact("licensed", yesNo(u.Licensed)))
	}
	return catalog.Evidence{Facts: facts}
}

func roleFacts(roles []dataverse.Role) []catalog.Fact {
	facts := make([]catalog.Fact, 0, len(roles))
	for _, r := range roles {
		facts = append(facts, catalog.NewTextFact("role", role(r)))
	}
	return facts
}

func role(r dataverse.Role) text.Text {
	if r.Team == "" {
		return text.Raw(catalog.Clean(r.Name))
	}
	return text.F("%s (through team %s)", catalog.Clean(r.Name), catalog.Clean(r.Team))
}

func mayEverything(r dataverse.Role) text.Text {
	if r.Team == "" {
		return text.F("It has the role System Administrator: it may do everything.")
	}
	return text.F("It has the role System Administrator (through team %s): it may do everything.", catalog.Clean(r.Team))
}

func list(roles []dataverse.Role) text.Text {
	names := make([]text.Text, 0, len(roles))
	for _, r := range roles {
		names = append(names, role(r))
	}
	return text.Join(", ", names...)
}

func yesNo(b bool) text.Text {
	if b {
		return text.F("yes")
	}
	return text.F("no")
}

func orUnnamed(s string) text.Text {
	if s == "" {
		return text.F("(unnamed)")
	}
	return text.Raw(s)
}
