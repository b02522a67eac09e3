package uitest

import (
	"net/http"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// The values of [FilledForm].
const (
	Tenant = "12b5c856-4a7e-4c1d-9f3b-5d0c8e6a7b91"
	Client = "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"
	Secret = "Canary8Q~must-never-be-seen-anywhere-0123"
)

// FilledForm returns a form with every value that a test needs, and with [Secret].
func FilledForm() connection.Form {
	return connection.Form{
		Environment: "https://contoso.crm4.dynamics.com", ClientID: Client,
		Secret: secret.New(Secret), RedirectURI: "http://localhost",
	}
}

func baseReport(status exam.Status) exam.Report {
	r := exam.Report{
		Version: 1, Complete: true, Requests: 7, DurationMS: 812, Warnings: []catalog.Cause{},
		Started: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		Connection: exam.Subject{
			Environment: "https://contoso.crm4.dynamics.com", Cloud: "public", TenantID: Tenant,
			ClientID: Client, Credential: "secret",
		},
		Exchanges: []transport.Exchange{
			{
				Number: 1, Method: "GET", URL: "https://contoso.crm4.dynamics.com/api/data/v9.2/", Status: 401,
				Header: http.Header{"Req_id": {"5f1c2d3e-0000-4000-8000-000000000001"}}, Body: `{"error":{"code":"0x80072560","message":"The user is not a member of the organization."}}`, Duration: 84 * time.Millisecond,
			},
			{
				Number: 2, Method: "POST", URL: "https://login.microsoftonline.com/" + Tenant + "/oauth2/v2.0/token",
				Err: &transport.Error{Kind: transport.Timeout, Host: "login.microsoftonline.com", Detail: text.Raw("no answer within 10 s")}, Duration: 10 * time.Second,
			},
		},
	}
	for _, c := range exam.Checks() {
		r.Checks = append(r.Checks, exam.Result{ID: c.ID, Title: c.Title, Status: status, Summary: text.Raw("Seen as it should be."), Fix: []text.Text{}, Links: []catalog.Link{}})
	}
	return r
}

// HealthyReport returns a report without a finding.
func HealthyReport() exam.Report {
	r := baseReport(exam.Pass)
	r.Healthy = true
	r.WhoAmI = &exam.WhoAmI{
		UserID: "e94c7b12-d7a4-ee11-be37-000d3a4b1c2d", BusinessUnitID: "a81d3f60-d2a4-ee11-be37-000d3a4b1c2d",
		OrganizationID: "5f0e7c91-d2a4-ee11-be36-000d3a4b1c2d", UserName: "# Contoso integration", OrganizationName: "Contoso UAT",
	}
	return r
}

// WarnedReport returns a report of a connection that works, with two warnings.
func WarnedReport() exam.Report {
	r := HealthyReport()
	SetCheck(&r, "roles", exam.Warn, "role.system-administrator", "The application user has the role System Administrator.")
	SetCheck(&r, "credential-expiry", exam.Warn, "secret.expired", "The client secret ends on 2026-12-01, in 9 days.")
	r.Warnings = []catalog.Cause{"role.system-administrator", "secret.expired"}
	return r
}

// FailedReport returns a report with a root cause in the middle of the chain.
func FailedReport() exam.Report {
	r := baseReport(exam.Pass)
	r.RootCause = "appuser.missing"
	SetCheck(&r, "whoami", exam.Fail, "appuser.missing", "Dataverse answered 403 with 0x80072560 to a token that is right for this environment.")
	for _, id := range []exam.CheckID{"whoami-soap", "appuser", "licence", "roles"} {
		SetCheck(&r, id, exam.Skip, "", "Waits for: Dataverse answers WhoAmI.")
	}
	for i := range r.Checks {
		if r.Checks[i].ID == "whoami" {
			r.Checks[i].Evidence = catalog.Evidence{
				HTTPStatus: 403, Code: "0x80072560", RequestID: "5f1c2d3e-0000-4000-8000-000000000001",
				Timestamp: "2026-11-22T09:00:00Z", RecognisedBy: "0x80072560", Message: text.Raw("The user is not a member of the organization."),
				Facts: []catalog.Fact{catalog.NewFact("Object ID in the token", "c3a90e57-52d8-4f16-8b7c-9e04d1a6f238")},
			}
		}
	}
	return r
}

// InputReport returns a report of a form that cannot be used.
func InputReport() exam.Report {
	r := baseReport(exam.Skip)
	r.RootCause = "input.secret-is-id"
	SetCheck(&r, "inputs", exam.Fail, "input.secret-is-id", "The client secret is a GUID: that is its Secret ID.")
	return r
}

// CancelledReport returns a report of an examination that was cancelled after three checks.
func CancelledReport() exam.Report {
	r := baseReport(exam.Skip)
	r.Complete = false
	for i := range r.Checks {
		r.Checks[i].Summary = text.Raw("Not examined: cancelled.")
		if i < 3 {
			r.Checks[i].Status, r.Checks[i].Summary = exam.Pass, text.Raw("Seen as it should be.")
		}
	}
	return r
}

// SetCheck sets the outcome of a check, with the cause's text from the catalogue.
func SetCheck(r *exam.Report, id exam.CheckID, status exam.Status, cause catalog.Cause, summary string) {
	for i := range r.Checks {
		if r.Checks[i].ID != id {
			continue
		}
		c := &r.Checks[i]
		c.Status, c.Cause, c.Summary = status, cause, text.Raw(summary)
		if e, ok := catalog.Lookup(cause); ok {
			e = e.Fill(core.Doctor{}.Vars(r.Connection))
			c.Fix, c.Links, c.Owner = e.Fix, e.Links, e.Owner
		}
	}
}
