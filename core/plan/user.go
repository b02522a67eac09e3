package plan

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// nonInteractive is the access mode of an application user.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser, AccessMode.
const nonInteractive = 4

type newUser struct {
	ApplicationID string `json:"applicationid"`
	AccessMode    int    `json:"accessmode"`
	Disabled      bool   `json:"isdisabled"`
	BusinessUnit  string `json:"businessunitid@odata.bind"`
}

type disabled struct {
	Disabled bool `json:"isdisabled"`
}

// active returns the rows that are not soft-deleted, and the others.
func (s State) active() (active, deleted []User) {
	for _, u := range s.Users.Rows {
		if u.Deleted {
			deleted = append(deleted, u)
		} else {
			active = append(active, u)
		}
	}
	return active, deleted
}

// user returns the one application user; the zero User if there is not exactly one.
func (s State) user() User {
	if active, _ := s.active(); len(active) == 1 {
		return active[0]
	}
	return User{}
}

func planUser(t Target, s State, step *Step) {
	active, deleted := s.active()
	switch user := s.user(); {
	case s.Users.Denied:
		step.block(catalog.AdminNoRights, text.F("The signed-in administrator may not read the environment's users."))
	case len(active) > 1:
		step.block(catalog.AppUserDuplicate, text.F("%d application users have this Application ID. Delete all but one in the Power Platform admin center.", len(active)))
	case user.Disabled:
		at := t.dataverse("systemusers(" + user.ID + ")")
		step.do(text.F("Enables the application user again."),
			patch(at, disabled{false}).back(patch(at, disabled{true})))
		step.found(ApplicationUserID, user.ID)
	case user.ID != "":
		step.done(text.F("The environment has its application user, and it is enabled."))
		step.found(ApplicationUserID, user.ID)
	case !s.Users.Read && step.made(s, ApplicationUserID):
	default:
		step.create(t, s, deleted)
	}
}

// create plans the application user's row. A soft-deleted row of the same application
// is in the way and is purged first.
func (s *Step) create(t Target, state State, deleted []User) {
	for _, u := range deleted {
		s.Requests = append(s.Requests, remove(t.dataverse("systemusers("+u.ID+")")))
		s.Reason = text.F("A deleted application user of this application is purged first, because Dataverse refuses a second one. That cannot be taken back.")
	}
	unit, _ := state.BusinessUnits.one()
	at := t.dataverse("systemusers(" + ApplicationUserID.String() + ")")
	s.do(text.F("Creates the application user in the root business unit of the environment. It has no licence and no role yet."),
		post(t.dataverse("systemusers"), newUser{
			ApplicationAppID.or(t.ClientID), nonInteractive, false, "/businessunits(" + BusinessUnitID.or(unit) + ")",
		}).makes(Made{ApplicationUserID, "systemuserid"}).
			// Only a disabled row can be deleted; the first DELETE marks it, the second purges it.
			back(patch(at, disabled{true}), remove(at), remove(at)))
}
