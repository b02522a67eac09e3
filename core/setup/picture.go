package setup

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/xray"
)

// Picture reads everything that the administrator may read of the connection. It
// changes nothing; what may not be read stays empty, and a half whose service refuses
// the administrator leaves the other one as it is.
func (s *Session) Picture(ctx context.Context, held Held) (xray.Picture, error) {
	state, err := s.Read(ctx, held)
	p := xray.Picture{State: state}
	if err = refusedHalf(&p, err); err != nil || s.Target.ClientID == "" {
		return p, err
	}
	for _, read := range []func(context.Context, *xray.Picture) error{s.readRegistration, s.readUsers, s.readOwnRights} {
		if err := refusedHalf(&p, read(ctx, &p)); err != nil {
			return p, err
		}
	}
	return p, nil
}

// refusedHalf keeps the reason why the administrator was refused, and returns any other
// error.
func refusedHalf(p *xray.Picture, err error) error {
	var refused *admin.Error
	if !errors.As(err, &refused) {
		return err
	}
	if !slices.ContainsFunc(p.Refused, refused.Summary.Equal) {
		p.Refused = append(p.Refused, refused.Summary)
	}
	return nil
}

// readOwnRights reads whether the administrator may make users and assign roles.
func (s *Session) readOwnRights(ctx context.Context, p *xray.Picture) error {
	names := []string{"prvCreateUser", "prvWriteUser", "prvDeleteUser", "prvReadRole", "prvAssignRole", "prvCreateRole", "prvWriteRole", "prvDeleteRole"}
	missing, err := s.missing(ctx, names)
	if err != nil || missing == nil {
		return err
	}
	p.Rights = map[string]bool{}
	for _, name := range names {
		p.Rights[name] = !missing[name]
	}
	return nil
}

type rawRegistration struct {
	Audience string         `json:"signInAudience"`
	Web      rawPlatform    `json:"web"`
	Native   rawPlatform    `json:"publicClient"`
	SPA      rawPlatform    `json:"spa"`
	Access   []rawResources `json:"requiredResourceAccess"`
}

type rawPlatform struct {
	RedirectURIs []string `json:"redirectUris"`
}

type rawResources struct {
	Resource string `json:"resourceAppId"`
	Access   []struct {
		ID string `json:"id"`
	} `json:"resourceAccess"`
}

type rawFederated struct {
	Name      string   `json:"name"`
	Issuer    string   `json:"issuer"`
	Subject   string   `json:"subject"`
	Audiences []string `json:"audiences"`
}

// readRegistration reads what a registration shows besides its credentials.
//
// Source: learn.microsoft.com/graph/api/resources/application.
func (s *Session) readRegistration(ctx context.Context, p *xray.Picture) error {
	if len(p.State.Applications.Rows) != 1 {
		return nil
	}
	at := "https://" + s.Target.Cloud.Graph + "/v1.0/applications/" + url.PathEscape(p.State.Applications.Rows[0].ObjectID)
	var raw rawRegistration
	status, err := s.get(ctx, at+"?$select=signInAudience,web,publicClient,spa,requiredResourceAccess", &raw)
	if err != nil || status != http.StatusOK {
		return err
	}
	r := &xray.Registration{
		Web: raw.Web.RedirectURIs, Native: raw.Native.RedirectURIs, SPA: raw.SPA.RedirectURIs, Audience: raw.Audience,
		Permissions: map[string][]string{},
	}
	for _, resource := range raw.Access {
		for _, a := range resource.Access {
			r.Permissions[resource.Resource] = append(r.Permissions[resource.Resource], a.ID)
		}
	}
	p.Registration = r
	if s.Target.Given != connection.FederatedKind {
		return nil
	}
	federated, err := list(ctx, s, at+"/federatedIdentityCredentials", func(f rawFederated) xray.Federated {
		return xray.Federated{Name: f.Name, Issuer: f.Issuer, Subject: f.Subject, Audiences: f.Audiences, Flexible: f.Subject == ""}
	})
	if federated.Read {
		r.Federated = append([]xray.Federated{}, federated.Rows...)
	}
	return err
}

type rawPictureUser struct {
	rawUser
	ObjectID   string `json:"azureactivedirectoryobjectid"`
	IDURI      string `json:"applicationiduri"`
	Licensed   bool   `json:"islicensed"`
	AzureState int    `json:"azurestate"`
}

type rawTeam struct {
	Roles []rawRole `json:"teamroles_association"`
}

// readUsers reads the application's rows with all that is of interest, and the roles
// that come through teams.
func (s *Session) readUsers(ctx context.Context, p *xray.Picture) error {
	api := s.Target.Environment + webAPI
	users, err := list(ctx, s, api+"systemusers?$select=systemuserid,isdisabled,deletedstate,islicensed,azurestate,applicationiduri,azureactivedirectoryobjectid"+
		"&$expand=systemuserroles_association($select=roleid,name,_roletemplateid_value)&$filter="+query("applicationid eq "+s.Target.ClientID), pictureUser)
	if err != nil || !users.Read {
		return err
	}
	p.Users = users.Rows
	if p.Users == nil {
		p.Users = []xray.User{}
	}
	for i, u := range p.Users {
		if u.Deleted {
			continue
		}
		if p.Users[i].TeamRoles, err = s.teamRoles(ctx, u.ID); err != nil {
			return err
		}
	}
	return nil
}

func pictureUser(raw rawPictureUser) xray.User {
	u := xray.User{
		ID: raw.ID, ObjectID: raw.ObjectID, IDURI: raw.IDURI, Disabled: raw.Disabled, Deleted: raw.Deleted != 0, Licensed: raw.Licensed, Gone: raw.AzureState != 0,
	}
	for _, r := range raw.Roles {
		u.Roles = append(u.Roles, role(r))
	}
	return u
}
