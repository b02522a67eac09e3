package setup

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

// Read asks both halves, Entra and the environment, the state of the set-up. A half
// that no step of the target needs is not asked. It changes nothing.
func (s *Session) Read(ctx context.Context, held Held) (plan.State, error) {
	state := plan.State{Now: time.Now(), Made: s.Target.Known}
	if s.Target.ClientID == "" {
		state.Applications, state.Principals = plan.Found[plan.App](), plan.Found[plan.Principal]()
	} else if s.needs(plan.Application, plan.Credential, plan.ServicePrincipal, plan.Consent) {
		if err := s.readEntra(ctx, held, &state); err != nil {
			return state, err
		}
	}
	if s.needs(plan.ApplicationUser, plan.Role, plan.Licence) {
		if err := s.readDataverse(ctx, &state); isStranger(err) {
			state = stranger(state)
		} else if err != nil {
			return state, err
		}
	}
	if s.Target.Classic && s.needs(plan.Licence) {
		if err := s.readLicences(ctx, &state); err != nil {
			return state, err
		}
	}
	return state, s.readRights(ctx, &state)
}

// notAMember is the code with which an environment refuses a user that it does not know.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes.
const notAMember = "0x80072560"

// isStranger reports whether the environment refused the administrator because he is not
// one of its users.
func isStranger(err error) bool {
	var refused *admin.Error
	return errors.As(err, &refused) && refused.Code == notAMember
}

// stranger returns the state without what was read of the environment, which may be a
// part of it only.
func stranger(s plan.State) plan.State {
	s.BusinessUnits, s.Users = plan.Lookup[string]{}, plan.Lookup[plan.User]{}
	s.Roles, s.Sources, s.Unknown = plan.Lookup[plan.SecurityRole]{}, plan.Lookup[plan.RolePrivilege]{}, nil
	s.Stranger = true
	return s
}

// needs reports whether the target has one of the steps.
func (s *Session) needs(ids ...plan.ID) bool {
	for _, id := range ids {
		if s.Target.Includes(id) {
			return true
		}
	}
	return false
}

// graphRights are the delegated permissions of Microsoft Graph that the changes of a
// step need: any one of them.
//
// Source: learn.microsoft.com/graph/permissions-reference.
var graphRights = map[plan.ID][]string{
	plan.Application:      {"Application.ReadWrite.All", "Directory.AccessAsUser.All"},
	plan.Credential:       {"Application.ReadWrite.All", "Directory.AccessAsUser.All"},
	plan.ServicePrincipal: {"Application.ReadWrite.All", "Directory.AccessAsUser.All"},
	plan.Consent:          {"DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All", "Directory.AccessAsUser.All"},
	plan.Licence:          {"LicenseAssignment.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All", "Directory.AccessAsUser.All"},
}

// dataverseRights returns the privileges that the requests of a step need.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser and …/role.
func dataverseRights(step plan.Step) []string {
	var names []string
	for _, r := range step.Requests {
		_, path, _ := strings.Cut(r.URL, webAPI)
		switch {
		case path == "systemusers":
			names = append(names, "prvCreateUser")
		case path == "roles":
			names = append(names, "prvCreateRole")
		case strings.HasSuffix(path, "AddPrivilegesRole"):
			names = append(names, "prvWriteRole")
		case strings.Contains(path, "/$ref"):
			names = append(names, "prvAssignRole", "prvReadRole")
		case r.Method == http.MethodDelete:
			names = append(names, "prvDeleteUser")
		case r.Method == http.MethodPatch:
			names = append(names, "prvWriteUser")
		}
	}
	return names
}

// readRights compares what the administrator may do with what the steps need.
func (s *Session) readRights(ctx context.Context, state *plan.State) error {
	state.MayNot = map[plan.ID]string{}
	planned := plan.Make(s.Target, *state)
	for id, any := range graphRights {
		if planned.Step(id).Status != plan.Todo {
			continue
		}
		token, err := s.Admin.Token(ctx, "https://"+s.Target.Cloud.Graph)
		if err != nil {
			return err
		}
		if !token.ReadOnly && !hasOne(strings.Fields(token.Scopes), any) {
			state.MayNot[id] = any[0]
		}
		state.Roleless = token.Roleless
	}
	needed := map[plan.ID][]string{}
	var names []string
	for _, id := range []plan.ID{plan.ApplicationUser, plan.Role} {
		if step := planned.Step(id); step.Status == plan.Todo {
			needed[id] = dataverseRights(step)
			names = append(names, needed[id]...)
		}
	}
	if len(names) == 0 {
		return nil
	}
	missing, err := s.missing(ctx, names)
	for id, list := range needed {
		for _, name := range list {
			if missing[name] && state.MayNot[id] == "" {
				state.MayNot[id] = name
			}
		}
	}
	return err
}

func hasOne(have, want []string) bool {
	for _, h := range have {
		for _, w := range want {
			if strings.EqualFold(h, w) {
				return true
			}
		}
	}
	return false
}
