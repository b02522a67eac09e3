package consent

import (
	"fmt"
	"slices"
	"strings"

	"s2sdoctor/core/catalog"
)

// Who is the person that consented, as the tokens tell that came for the code.
type Who struct {
	// SignInName is what they signed in with; the other two are lower-case GUIDs.
	SignInName, ObjectID, TenantID string
}

// Expected is who should have. What is empty is not compared.
type Expected struct {
	// SignInName is the application user's of the classic path.
	SignInName string
	// TenantID is the environment's own.
	TenantID string
}

// Verify compares who consented with who should have: the article's commonest
// mistake is a browser in which somebody else is signed in. A consent that
// stands comes back as it is, with the name in its evidence.
func Verify(o Outcome, who Who, want Expected) Outcome {
	if o.Ending != Consented || who == (Who{}) {
		return o
	}
	o.Evidence.Facts = slices.Clone(o.Evidence.Facts)
	name := catalog.Clean(who.SignInName)
	o.By = Who{SignInName: name, ObjectID: catalog.Clean(who.ObjectID), TenantID: catalog.Clean(who.TenantID)}
	seen := func(what, value string) {
		if value = catalog.Clean(value); value != "" {
			o.Evidence.Facts = append(o.Evidence.Facts, catalog.Fact{Name: what, Value: value})
		}
	}
	seen("consented as", name)
	seen("in tenant", who.TenantID)
	if name == "" {
		name = "somebody whose name the token does not tell"
	}
	switch {
	case differs(who.TenantID, want.TenantID):
		seen("the environment's tenant", want.TenantID)
		o.Instead.TenantID = catalog.Clean(want.TenantID)
		o.fail("consent.wrong-tenant", fmt.Sprintf("You consented as %s, in tenant %s; the environment belongs to tenant %s.", name, catalog.Clean(who.TenantID), want.TenantID))
	case differs(who.SignInName, want.SignInName):
		seen("the application user", want.SignInName)
		o.Instead.SignInName = catalog.Clean(want.SignInName)
		o.fail("consent.wrong-account", fmt.Sprintf("You consented as %s; the application user is %s.", name, catalog.Clean(want.SignInName)))
	default:
		o.Summary = fmt.Sprintf("You consented as %s.", name)
	}
	return o
}

func differs(got, want string) bool {
	got, want = strings.TrimSpace(got), strings.TrimSpace(want)
	return got != "" && want != "" && !strings.EqualFold(got, want)
}
