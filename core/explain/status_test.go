package explain

import "testing"

// TestStatusesHoweverWritten guards the forms in which programs write a status, and
// numbers that are not a status.
func TestStatusesHoweverWritten(t *testing.T) {
	for text, want := range map[string]int{
		"HTTP/1.1 403 Forbidden": 403, "HTTP/2 401": 401, "HTTP 429": 429, "HTTP error 503": 503, "HTTP Status 401 – Unauthorized": 401,
		"HTTP status code: 403": 403, "HTTP-Status: 401": 401, "http_status=502": 502, `"httpStatusCode": 403`: 403,
		"status code 401": 401, "StatusCode: 403, ReasonPhrase: 'Forbidden'": 403, "statusCode=429": 429, "status_code: 401": 401,
		"responseCode=401": 401, "response code: 403": 403, "error code '400'": 400, "ErrorCode: 401": 401,
		"status: 401": 401, "status=403": 403, `"status":403`: 403, "{ status: 403, url: '' }": 403, "status => 401": 401, `\"status\":401`: 401,
		"Response status code does not indicate success: 401 (Unauthorized).": 401,
		"The remote server returned an error: (403) Forbidden.":               403,
		"Expected: [201], received: [403] 403 Forbidden":                      403,
		"403 error": 403, "got a 401 response": 401, "403 Forbidden": 403, "401 Client Error: Unauthorized for url": 401, "401: Unauthorized": 401,
		"resulted in a `401 Unauthorized` response": 401, "responded with 403": 403, "returned 401": 401, "Error 403": 403, "error: 401": 401,
		"Request failed with status code 404": 404, "failed with: Forbidden, StatusCode 'Forbidden'": 403, "with status code \"Unauthorized\"": 401,
		"The HTTP request was forbidden with client authentication scheme 'Anonymous'.": 403,

		"":                               0,
		"403 rows were read":             0,
		"port 443":                       0,
		"in 401 ms":                      0,
		"line 403, column 5":             0,
		"AADSTS50011":                    0,
		"version 4.0.3 build 401":        0,
		"11111111-0000-4000-8000-000403": 0,
	} {
		got := 0
		if found := statuses(text); len(found) > 0 {
			got = found[0].code
		}
		if got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

func TestServiceOfAnswer(t *testing.T) {
	for text, want := range map[string]string{
		"https://contoso.crm4.dynamics.com/api/data/v9.2/WhoAmI":           "dataverse",
		"https://login.microsoftonline.com/x/oauth2/v2.0/token":            "entra",
		"https://graph.microsoft.com/v1.0/users":                           "graph",
		"https://api.businesscentral.dynamics.com/v2.0/x":                  "Business Central",
		"https://contoso.operations.dynamics.com/data/Customers":           "Finance and Operations",
		"https://contoso-uat.sandbox.operations.dynamics.com/data/Vendors": "Finance and Operations",
		"https://management.azure.com/subscriptions/x":                     "Azure Resource Manager",
		"https://contoso.sharepoint.com/_api/web":                          "SharePoint",
		"https://api.powerbi.com/v1.0/myorg/groups":                        "Power BI",
		"https://dev.azure.com/contoso":                                    "Azure DevOps",
		"https://kv.vault.azure.net/secrets/x":                             "Azure Key Vault",
		"it does not work":                                                 "",
	} {
		got := string(service(text))
		if got == "" {
			got = otherName(text)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
