package setup

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Roles returns the security roles that the application user can get: those of its
// business unit, by name.
func (s *Session) Roles(ctx context.Context) ([]plan.SecurityRole, error) {
	unit := Session{Client: s.Client, Admin: s.Admin, Target: s.Target}
	unit.Target.Role, unit.Target.Classic = "", false // no role is looked for yet
	var state plan.State
	if err := unit.readDataverse(ctx, &state); err != nil {
		return nil, err
	}
	if state.BusinessUnits.Denied || state.Unit() == "" {
		return nil, text.Error(text.F("The signed-in administrator may not read security roles."))
	}
	roles, err := list(ctx, s, s.Target.Environment+webAPI+"roles?$select=roleid,name,_roletemplateid_value&$orderby=name&$filter="+
		query("_businessunitid_value eq "+state.Unit()), role)
	switch {
	case err != nil:
		return nil, err
	case roles.Denied:
		return nil, text.Error(text.F("The signed-in administrator may not read security roles."))
	}
	return roles.Rows, nil
}
