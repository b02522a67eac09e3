package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// products are the licences of the directory: product name and ID.
var products = []struct{ name, sku string }{{customerService, customerServiceSKU}}

// users serves /users and /me.
func (c *graphCall) users(to graphPath) (graphAnswer, *graphProblem) {
	if to.collection == "me" {
		if !c.isUser() {
			// Source: learn.microsoft.com/graph/resolve-auth-errors.
			return graphAnswer{}, &graphProblem{Status: http.StatusBadRequest, Code: "BadRequest", Message: "/me request is only valid with delegated authentication flow."}
		}
		if to.key != "" {
			to.rest = append([]string{to.key}, to.rest...)
		}
		to.key = c.account.ObjectID
	}
	own := c.isUser() && (strings.EqualFold(to.key, c.account.ObjectID) || strings.EqualFold(to.key, c.account.SignIn))
	switch {
	case c.Method == http.MethodGet && !c.holds(readsUsers) && (!own || !c.holds(readsMe)):
		return graphAnswer{}, denied()
	case c.Method != http.MethodGet && !c.mayLicense():
		return graphAnswer{}, denied()
	case to.key == "" && c.Method == http.MethodGet:
		var all []object
		for _, p := range c.tenant.world().people {
			all = append(all, showPerson(p))
		}
		return c.list(userEntity, all)
	case to.key == "":
		return c.unmodelled()
	}
	u := c.tenant.world().personOf(to.key)
	if u == nil {
		return graphAnswer{}, notThere(to.key)
	}
	switch below := strings.Join(to.rest, "/"); {
	case below == "" && c.Method == http.MethodGet:
		return c.one(userEntity, showPerson(*u), http.StatusOK)
	case below == "licenseDetails" && c.Method == http.MethodGet:
		all := []object{}
		for _, name := range u.Licences {
			all = append(all, object{{"id", nameID("licence of " + u.ObjectID + name)}, {"skuId", skuOf(name)}, {"skuPartNumber", name}, {"servicePlans", []object{}}})
		}
		return graphAnswer{Status: http.StatusOK, Body: object{{"@odata.context", c.context("users('" + u.ObjectID + "')/licenseDetails")}, {"value", all}}}, nil
	case below == "assignLicense" && c.Method == http.MethodPost:
		return c.assignLicense(u.ObjectID)
	}
	return c.unmodelled()
}

func skuOf(name string) string {
	for _, p := range products {
		if p.name == name {
			return p.sku
		}
	}
	return ""
}

// showPerson returns a user with the usual properties, and the licences for $select.
//
// Source: learn.microsoft.com/graph/api/user-get.
func showPerson(p person) object {
	given, family, _ := strings.Cut(p.Name, " ")
	licences := []object{}
	for _, name := range p.Licences {
		licences = append(licences, object{{"disabledPlans", []string{}}, {"skuId", skuOf(name)}})
	}
	return object{
		{"businessPhones", []string{}},
		{"displayName", p.Name},
		{"givenName", given},
		{"jobTitle", nil},
		{"mail", p.SignIn},
		{"mobilePhone", nil},
		{"officeLocation", nil},
		{"preferredLanguage", nil},
		{"surname", family},
		{"userPrincipalName", p.SignIn},
		{"id", p.ObjectID},
		{"assignedLicenses", licences},
	}
}

// assignLicense changes the licences of a user. The rows of the environments follow.
//
// Source: learn.microsoft.com/graph/api/user-assignlicense, and its public logs for
// the text.
//
// Guess: that the rows follow at once.
func (c *graphCall) assignLicense(id string) (graphAnswer, *graphProblem) {
	var add []struct {
		SKU      string   `json:"skuId"`
		Disabled []string `json:"disabledPlans"`
	}
	var remove []string
	if p := c.body.unknown("addLicenses", "removeLicenses"); p != nil {
		return graphAnswer{}, p
	}
	for name, to := range map[string]any{"addLicenses": &add, "removeLicenses": &remove} {
		if given, p := c.body.read(name, to); p != nil || !given {
			return graphAnswer{}, badGraph("One or more parameters of the function import 'assignLicense' are missing from the request payload. The missing parameters are: " + name + ".")
		}
	}
	p := change(c.server, func(o *objects) *graphProblem {
		u := o.personOf(id)
		licences := slices.Clone(u.Licences)
		for _, sku := range remove {
			i := slices.IndexFunc(licences, func(name string) bool { return strings.EqualFold(skuOf(name), sku) })
			if i < 0 {
				return badGraph("User does not have a corresponding license.")
			}
			licences = slices.Delete(licences, i, i+1)
		}
		for _, a := range add {
			i := slices.IndexFunc(products, func(p struct{ name, sku string }) bool { return strings.EqualFold(p.sku, a.SKU) })
			if i < 0 {
				return badGraph("License " + a.SKU + " does not correspond to a valid company License.")
			}
			if !slices.Contains(licences, products[i].name) {
				licences = append(licences, products[i].name)
			}
		}
		u.Licences = licences
		o.license(u.SignIn, len(licences) > 0)
		return nil
	})
	if p != nil {
		return graphAnswer{}, p
	}
	c.tenant = c.server.now()
	return c.one(userEntity, showPerson(*c.tenant.world().personOf(id)), http.StatusOK)
}

// license sets islicensed of a user's rows.
func (o *objects) license(signIn string, licensed bool) {
	for _, s := range o.stores {
		for i, u := range s.users {
			if equal(u.row["domainname"], signIn) {
				s.users[i] = u.with(row{"islicensed": licensed})
			}
		}
	}
}

// products serves the licences that the directory has bought.
func (c *graphCall) products(graphPath) (graphAnswer, *graphProblem) {
	switch {
	case c.Method != http.MethodGet:
		return c.unmodelled()
	case !c.holds(readsOrganization):
		return graphAnswer{}, denied()
	}
	all := []object{}
	for _, p := range products {
		all = append(all, object{{"skuId", p.sku}, {"skuPartNumber", p.name}, {"capabilityStatus", "Enabled"}, {"prepaidUnits", object{{"enabled", 25}}}})
	}
	return graphAnswer{Status: http.StatusOK, Body: object{{"@odata.context", c.context("subscribedSkus")}, {"value", all}}}, nil
}
