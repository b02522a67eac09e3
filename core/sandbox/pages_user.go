package sandbox

import (
	"slices"
	"strings"
)

// appName is what the pages call the application that is signed in to.
func (a *authorization) appName() string {
	if a.client != nil {
		return a.client.Name
	}
	return "S2S Integration"
}

// accounts are those that the page lists: for a public client the administrators too.
func (a *authorization) accounts() []account {
	if a.client != nil {
		return slices.Concat(accounts, administrators)
	}
	return accounts
}

// publisher is the owner of that application.
func (a *authorization) publisher() string {
	if a.client != nil && !a.client.Own {
		return "Microsoft"
	}
	return "Contoso"
}

// permissions are those that the consent page names.
func (f *flow) permissions() []string {
	if f.client == nil {
		return []string{"Access Dynamics 365 as organization users", "Sign you in and read your profile"}
	}
	_, names, _ := askedOf(f.Scopes) // checked before
	return append(slices.Clone(names), "Sign you in and read your profile", "Maintain access to data you have given it access to")
}

// findUserAuthority finds the directory that a user signs in to with a public client.
// The clients are known in every directory, but the one of Contoso's own.
func (t Tenant) findUserAuthority(a *authorization, tenant string) *failure {
	if f := t.SignIn.refuses(AtPage, a.ClientID, resource{}, false); f != nil && f.Code == 700016 {
		return fail(700016, a.ClientID, contoso.Name)
	}
	if slices.Contains(anyTenant, strings.ToLower(tenant)) {
		a.Dir = contoso
	} else {
		d, f := t.findDirectory(LoginHost, tenant)
		if f != nil {
			return f
		}
		a.Dir = d
	}
	if a.client.Own && a.Dir.ID != contoso.ID {
		return fail(700016, a.ClientID, a.Dir.Name)
	}
	return nil
}

// checkUserResource returns the failure for what a user's client asks for, which
// counts after sign-in.
func (t Tenant) checkUserResource(a *authorization) *failure {
	name, names, f := askedOf(a.Scopes)
	if f != nil || name == "" {
		return f
	}
	res, f := t.findResource(a.Dir, name)
	if f != nil {
		return f
	}
	if _, f := a.client.scopesFor(res, names); f != nil {
		return f
	}
	for _, at := range []SignInStep{AtPage, AtRedirect} {
		if f := t.SignIn.refuses(at, a.ClientID, res, a.Claims != ""); f != nil {
			return f
		}
	}
	return nil
}
