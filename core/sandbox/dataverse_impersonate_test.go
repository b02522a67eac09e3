package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

// TestImpersonation guards that the header is applied or refused, and never ignored.
func TestImpersonation(t *testing.T) {
	const admin = "16e4a908-d3a4-ee11-be37-000d3a4b1c2d"
	administrator := func(t *Tenant) { t.User.Administrator = true }
	for name, test := range map[string]struct {
		set        func(*Tenant)
		header, id string
		refused    refusalOf
		want       string
	}{
		"no privilege":            {nil, "MSCRMCallerID", admin, refusalOf{403, "0x8004a110"}, ""},
		"no privilege, object ID": {nil, "CallerObjectId", administratorAccount.ObjectID, refusalOf{403, "0x8004a110"}, ""},
		"user":                    {administrator, "MSCRMCallerID", admin, refusalOf{}, admin},
		"object ID":               {administrator, "CallerObjectId", administratorAccount.ObjectID, refusalOf{}, admin},
		"itself":                  {administrator, "MSCRMCallerID", UserID, refusalOf{}, UserID},
		"unknown":                 {administrator, "MSCRMCallerID", ClientID, refusalOf{403, "0x80041d1f"}, ""},
		"user as object ID":       {administrator, "CallerObjectId", admin, refusalOf{403, "0x80041d1f"}, ""},
		"no GUID":                 {administrator, "MSCRMCallerID", "me", refusalOf{400, "0x80048d1a"}, ""},
		"empty":                   {administrator, "CallerObjectId", "", refusalOf{400, "0x80048d1a"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			c := client(t, s)
			header := bearer(t, s, c)
			header.Set(test.header, test.id)
			r := send(t, c, http.MethodGet, webAPI+"WhoAmI", "", header)
			if test.want == "" {
				diff(t, test.refused, readRefusal(t, r))
				return
			}
			diff(t, any(test.want), r.fields(t)["UserId"])
		})
	}
}

// TestImpersonationTakesBothPrivileges guards that a caller who impersonates an
// administrator has no more rights than before.
func TestImpersonationTakesBothPrivileges(t *testing.T) {
	u := row{"systemuserroles_association": []row{{"privileges": inOrganization("prvReadUser", delegate)}}, "teammembership_association": []row{}}
	other := row{"systemuserroles_association": []row{{"privileges": inOrganization("prvReadTeam")}}, "teammembership_association": []row{}}
	c := &call{user: other, actor: u}
	diff(t, []bool{false, false}, []bool{c.holds("prvReadUser"), c.holds("prvReadTeam")})
	c = &call{user: u, actor: u}
	diff(t, true, c.holds("prvReadUser"))
}

func TestSOAPCallerID(t *testing.T) {
	const admin = "16e4a908-d3a4-ee11-be37-000d3a4b1c2d"
	envelope := strings.Replace(goodEnvelope, "<s:Body>", `<s:Header><CallerId xmlns="`+nsXRM+`">`+admin+`</CallerId></s:Header><s:Body>`, 1)
	for name, test := range map[string]struct {
		administrator bool
		status        int
		want          string
	}{"obeyed": {true, 200, admin}, "refused": {false, 500, "-2147180272"}} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(t *Tenant) { t.User.Administrator = test.administrator })
			c := client(t, s)
			r := send(t, c, http.MethodPost, Environment+"/XRMServices/2011/Organization.svc/web", envelope, soapHeader(bearer(t, s, c)))
			diff(t, test.status, r.Status)
			if !strings.Contains(r.Body, test.want) {
				t.Error(r.Body)
			}
		})
	}
}
