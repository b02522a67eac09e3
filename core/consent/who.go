package consent

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Account is the user that consented, by the tokens that the code was redeemed for.
type Account struct {
	// SignInName is what they signed in with; the other two are lower-case GUIDs.
	SignInName, ObjectID, TenantID string
}

// ExpectedAccount is the account that should consent. An empty field is not compared.
type ExpectedAccount struct {
	// SignInName is the application user's of the classic path.
	SignInName string
	// TenantID is the environment's own.
	TenantID string
}

// Verify compares who consented with who should have: the article's commonest
// mistake is a browser in which another user is signed in. A valid consent is returned
// as it is, with the name in its evidence.
func Verify(o Outcome, who Account, want ExpectedAccount) Outcome {
	if o.Ending != Consented || who == (Account{}) {
		return o
	}
	o.Evidence.Facts = slices.Clone(o.Evidence.Facts)
	name := catalog.Clean(who.SignInName)
	o.ConsentedBy = Account{SignInName: name, ObjectID: catalog.Clean(who.ObjectID), TenantID: catalog.Clean(who.TenantID)}
	seen := func(facts ...catalog.Fact) {
		for _, f := range facts {
			if !f.Value.Empty() {
				o.Evidence.Facts = append(o.Evidence.Facts, f)
			}
		}
	}
	seen(catalog.NewFact("consented as", name), catalog.NewFact("in tenant", catalog.Clean(who.TenantID)))
	somebody := text.Raw(name)
	if name == "" {
		somebody = text.F("a user that the token does not name")
	}
	switch {
	case differs(who.TenantID, want.TenantID):
		seen(catalog.NewFact("the environment's tenant", catalog.Clean(want.TenantID)))
		o.Expected.TenantID = catalog.Clean(want.TenantID)
		o.fail(catalog.ConsentWrongTenant, text.F("You consented as %s, in tenant %s; the environment belongs to tenant %s.", somebody, catalog.Clean(who.TenantID), want.TenantID))
	case differs(who.SignInName, want.SignInName):
		seen(catalog.NewFact("the application user", catalog.Clean(want.SignInName)))
		o.Expected.SignInName = catalog.Clean(want.SignInName)
		o.fail(catalog.ConsentWrongAccount, text.F("You consented as %s; the application user is %s.", somebody, catalog.Clean(want.SignInName)))
	default:
		o.Summary = text.F("You consented as %s.", somebody)
	}
	return o
}

func differs(got, want string) bool {
	got, want = strings.TrimSpace(got), strings.TrimSpace(want)
	return got != "" && want != "" && !strings.EqualFold(got, want)
}
