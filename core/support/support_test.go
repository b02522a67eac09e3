package support

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

const (
	canary    = "Zx98Q~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1a"
	requestID = "5f0e7c91-d2a4-ee11-be36-000d3a4b1c2d"
)

// TestAllowedFieldsOnly guards the list of fields: a report whose every text is a secret
// leaves no secret in the support report, and values of the right shape stay.
func TestAllowedFieldsOnly(t *testing.T) {
	header := http.Header{"X-Ms-Request-Id": {canary}, "Req_id": {requestID}, "Date": {"Sun, 29 Nov 2026 12:00:00 GMT"}, "Retry-After": {canary}, "Server": {canary}}
	r := exam.Report{
		Profile: canary, RootCause: catalog.SecretWrong, Started: time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC),
		Connection: exam.Subject{Environment: canary, TenantID: canary, ClientID: canary},
		WhoAmI:     &exam.WhoAmI{UserID: requestID, BusinessUnitID: canary, UserName: canary, OrganizationName: canary},
		Checks: []exam.Result{{
			ID: "token", Title: text.Raw(canary), Summary: text.Raw(canary), Status: exam.Fail, Cause: catalog.SecretWrong, Fix: []text.Text{text.Raw(canary)},
			Evidence: catalog.Evidence{
				HTTPStatus: 401, Code: "AADSTS7000215", Error: canary, RequestID: canary, TraceID: requestID, Timestamp: "2026-11-29 12:00:00Z",
				Message: text.Raw(canary), RecognisedBy: canary, Facts: []catalog.Fact{{Name: "x", Value: text.Raw(canary)}},
			},
		}},
		Exchanges: []transport.Exchange{{
			Number: 1, Check: "token", Method: "POST", URL: "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token?x=" + canary,
			Status: 401, Proto: "HTTP/2.0", Header: header, Body: canary, Dropped: []string{canary},
		}},
	}
	made := Make(r, Program{Name: "s2scheck", OS: "linux", Arch: "amd64"}, r.Started)
	raw, err := json.Marshal(made)
	if err != nil {
		t.Fatal(err)
	}
	all := string(raw) + made.Markdown() + fmt.Sprintf("%+v", made)
	if strings.Contains(all, canary) {
		t.Errorf("a text is in the report:\n%s", all)
	}
	for _, want := range []string{requestID, "AADSTS7000215", "2026-11-29T12:00:00Z", "login.microsoftonline.com", "/contoso.com/oauth2/v2.0/token", "HTTP/2.0"} {
		if strings.Count(string(raw), want) == 0 || !strings.Contains(made.Markdown(), want) {
			t.Errorf("%s is missing", want)
		}
	}
}
