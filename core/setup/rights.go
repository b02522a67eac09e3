package setup

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// missing returns the privileges of a list that the administrator lacks. Where the
// environment does not answer, nothing is missing: the change itself will show it.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/retrieveusersetofprivilegesbynames.
func (s *Session) missing(ctx context.Context, names []string) (map[string]bool, error) {
	api := s.Target.Environment + webAPI
	var who struct {
		UserID string `json:"UserId"`
	}
	status, err := s.get(ctx, api+"WhoAmI", &who)
	if err != nil || status != http.StatusOK || who.UserID == "" {
		return nil, err
	}
	list, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	var raw struct {
		Privileges []struct {
			Name string `json:"PrivilegeName"`
		} `json:"RolePrivileges"`
	}
	status, err = s.get(ctx, api+"systemusers("+who.UserID+")/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@names)?@names="+
		url.QueryEscape(string(list)), &raw)
	if err != nil || status != http.StatusOK {
		return nil, err
	}
	missing := map[string]bool{}
	for _, name := range names {
		missing[name] = true
	}
	for _, p := range raw.Privileges {
		if p.Name == "" { // an older version, which has IDs only
			return nil, nil
		}
		missing[p.Name] = false
	}
	return missing, nil
}

// readLicences reads the licences of the Entra user that the application user's
// domainname names.
func (s *Session) readLicences(ctx context.Context, state *plan.State) error {
	name := state.DomainName()
	if name == "" {
		return nil
	}
	var raw rawLicences
	status, err := s.get(ctx, "https://"+s.Target.Cloud.Graph+"/v1.0/users/"+url.PathEscape(name)+"?$select=id,assignedLicenses", &raw)
	if err != nil {
		return err
	}
	switch status {
	case http.StatusOK:
		state.Licences, state.LicensedUser = plan.Found[string](), raw.ID
		for _, l := range raw.Licences {
			state.Licences.Rows = append(state.Licences.Rows, l.SKU)
		}
	case http.StatusNotFound: // a user of Dataverse only
		state.Licences = plan.Found[string]()
	default:
		state.Licences = plan.Lookup[string]{Denied: true}
	}
	return nil
}

type rawLicences struct {
	ID       string       `json:"id"`
	Licences []rawLicence `json:"assignedLicenses"`
}

type rawLicence struct {
	SKU string `json:"skuId"`
}
