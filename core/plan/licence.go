package plan

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

type assignLicense struct {
	Add    []addLicence `json:"addLicenses"`
	Remove []string     `json:"removeLicenses"`
}

type addLicence struct {
	SKU      string   `json:"skuId"`
	Disabled []string `json:"disabledPlans"`
}

func planLicence(t Target, s State, step *Step) {
	switch {
	case !t.Classic:
		step.skip(text.F("An application user has no licence."))
	case !s.Licences.Read && !s.Licences.Denied && step.made(s, LicensedUserID):
	case s.Licences.Denied:
		step.block(catalog.AdminNoRights, text.F("The signed-in administrator may not read the licences of users."))
	case !s.Licences.Read && s.Stranger:
		step.block(catalog.AdminNoRights, stranger)
	case !s.Licences.Read:
		step.skip(text.F("An application user that is created this way has no licence to remove."))
	case len(s.Licences.Rows) == 0:
		step.done(text.F("The user has no licence."))
	default:
		at := t.graph("users/" + s.LicensedUser + "/assignLicense")
		undo := assignLicense{Add: []addLicence{}, Remove: []string{}}
		for _, sku := range s.Licences.Rows {
			undo.Add = append(undo.Add, addLicence{sku, []string{}})
		}
		step.do(text.F("Takes the licences away from the user: an application user needs none, and with a Dynamics 365 licence the connection is refused."),
			post(at, assignLicense{[]addLicence{}, s.Licences.Rows}).back(post(at, undo)))
		step.found(LicensedUserID, s.LicensedUser)
	}
}
