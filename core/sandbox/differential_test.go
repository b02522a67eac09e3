package sandbox

import (
	"path"
	"regexp"
	"slices"
	"testing"
)

// TestAnswersLikeTheService compares the sandbox's response of each kind with the
// recorded response, header by header and member by member. A difference must be
// corrected, or listed with its reason; a listed difference that no longer occurs also
// fails.
func TestAnswersLikeTheService(t *testing.T) {
	records := wireRecords(t)
	used := make([]int, len(kept))
	for _, c := range counterparts {
		record, ok := records[c.file]
		if !ok {
			t.Fatalf("%s is not in the index", c.file)
		}
		s := start(t, c.set)
		r := c.ask(&asking{TB: t, server: s, client: client(t, s)})
		for _, difference := range record.likeness(t).differences(likenessOf(r.Status, r.Header, r.Body), record.HeadersComplete) {
			if i := listing(c.file, difference); i >= 0 {
				used[i]++
				continue
			}
			t.Errorf("%s\n    %s", c.file, difference)
		}
	}
	for i, l := range kept {
		if used[i] == 0 {
			t.Errorf("%s, %q is listed (%s), and is no difference", l.file, l.part, l.reason)
		}
	}
	for file, record := range records {
		compared := slices.ContainsFunc(counterparts, func(c counterpart) bool { return c.file == file })
		left := slices.ContainsFunc(apart, func(a struct{ file, reason string }) bool { ok, _ := path.Match(a.file, file); return ok })
		if !compared && !left {
			t.Errorf("%s (%s) is neither compared nor left out for a reason", file, record.Kind)
		}
	}
	total := 0
	for _, n := range used {
		total += n
	}
	t.Logf("%d recorded messages compared, %d differences in %d entries listed", len(counterparts), total, len(kept))
}

// listing returns the index of the entry for a difference, or -1.
func listing(file, difference string) int {
	for i, l := range kept {
		if ok, _ := path.Match(l.file, file); ok && regexp.MustCompile("^(?:"+l.part+")").MatchString(difference) {
			return i
		}
	}
	return -1
}

// kept are the accepted differences, each with its reason. file is a pattern of names,
// part an expression for the beginning of the difference.
var kept = []struct{ file, part, reason string }{
	{"dv-401-*", "body: HTTP Error 401", "only the header is on record"},
	{"dv-401-webapi-texthtml", "header server", "put together; the complete record of 2024 has no Server"},
	{"dv-*-20*", "cookie ARRAffinity: .*recorded: domain", "a domain in 2020 and 2021, none in 2024"},
	{"bap-200-environments", `body\.value\[\]\.(location|properties\.(azureRegion|displayName)): `, "another environment"},
	{"bap-200-environments", `body\.value\[\]\.properties\.linkedEnvironmentMetadata.*not in the record`, "what the Terraform provider's fixture has, and the record does not"},
	{"dv-400-plugin-annotated", `body\.error\..*ErrorDetails\.Api.*not in the record`, "what the other annotated record has: it depends on where the exception comes from"},
	{"dv-400-plugin-annotated", `body\.error\..*TraceText`, "the trace of a plug-in"},
	{"dv-400-plugin-annotated", "header x-ms-service-request-id", "one of the two ids is on record; the complete records have both"},
	{"dv-503-annotated-argument", `body\.error\..*not in the record`, "the record is of another exception; the members are those of the plug-in's"},
	{"dv-503-annotated-argument", `body\.error\..*ApiExceptionSourceKey`, "another part of the service"},
	{"dv-503-annotated-argument", `body\.error\.message`, "other words"},
	{"dv-503-annotated-argument", "status", "the status of the record was set by a test"},
	{"dv-200-list-connector-2021", `body\.@Microsoft\.Dynamics\.CRM\.totalrecordcount`, "the record's body was emptied"},
	{"dv-200-list-connector-2021", `body\.@odata\.context`, "another table"},
	{"dv-200-list-connector-2021", "cookie orgId|header crm.serviceid|header timing-allow-origin", "differs in the complete record of 2024"},
	{"dv-200-list-connector-2021", "header content-type", "the connector asks for odata.metadata=full"},
	{"dv-200-list-connector-2021", "header x-ms-service-request-id|header x-source", "the connector joins fields"},
	{"dv-200-systemuser-person", `body\.[^:]*: missing`, "the sandbox has the columns that examinations read"},
	{"dv-200-systemuser-person", `body\.(isallowedbyipfirewall|systemmanagedusertype): `, "columns that came after the record"},
	{"dv-200-systemuser-person", `body\.(@odata\.context|.*@odata\.nextLink): .*not in the record`, "cut from the record"},
	{"dv-200-systemuser-person", `body\.systemuserroles_association\[\]\.@odata\.etag`, "the record lacks the closing quote"},
	{"dv-200-systemuser-app", `body\.`, "a fixture of three columns, not a response"},
	{"dv-200-roles", `body\.value\[\][^:]*: missing`, "the sandbox has the columns that examinations read"},
	{"dv-200-roles", `body\.value\[\]\._roletemplateid_value`, "the sandbox's first role is System Administrator, which has a template"},
	{"entra-*", "header x-xss-protection: 0; not in the record", "since 2023"},
	{"entra-*", "cookie (stsservicecookie|x-ms-gateway-slice|fpc): .*not in the record", "the recorders of 2023 kept one cookie or none"},
	{"entra-*", "cookie fpc: .*recorded: expires", "with a date on some records, without on others of the same class"},
	{"entra-200-instance-2023", "header content-security-policy-report-only", "a policy for pages; not on the records of the other documents"},
	{"entra-200-openid-v2-*", `body\.(end_session_endpoint|frontchannel_logout_supported|http_logout_supported|kerberos_endpoint|rbac_url|userinfo_endpoint): missing`, "only what is served is advertised"},
	{"entra-200-openid-v2-*", `body\.tenant_region_scope`, "Contoso is in Europe"},
	{"entra-200-openid-v1", `body\..*not in the record`, "the record is cut"},
	{"entra-200-openid-v1", `body\.microsoft_multi_refresh_token`, "only what is served is advertised"},
	{"entra-*", `body\.error_description: .*recorded: .*\\r\\n`, "line breaks until 2023; blanks on the records of 2024 and 2025"},
	{"entra-*-20[12]?", `body\.error_uri: .*not in the record`, "not yet on records of 2017 to 2020"},
	{"entra-400-65001-2017", `body\.suberror`, "not yet in 2017"},
	{"entra-401-7000218-2019", `body\.(correlation_id|trace_id)`, "blanked in the record"},
	{"entra-400-50011-2017", `body\.error: `, "invalid_client in 2017"},
	{"redir-adminconsent-ok-nostate", "location", "of an application without scope; the other record has it"},
	{"redir-v2-cancel", "location", "a mobile client's; AADSTS65004 is what the documentation shows"},
	{"graph-200-empty", `body\.`, "another collection, and it is empty"},
	{"graph-201-*", `body\.[^:]*: .*not in the record`, "the body of the record is shortened"},
	{"graph-201-serviceprincipal", `body\.appDisplayName`, "another name"},
	{"graph-200-addpassword", `body\.(hint|secretText)`, "the record's secret is replaced; the sandbox's is random"},
	{"graph-400-*", `body\.error\.innerError.*not in the record`, "notes on live answers, without what differs each time; the complete error of 2026 has it"},
	{"dv-204-create-2026", "header x-ms-service-request-id", "one of the two ids is on record; the complete records have both"},
	{"graph-404-user-2025", `body\.error\.`, "an error of Exchange behind Graph"},
	{"graph-404-user-2025", "header content-type", "blanks after the semicolons in 2025, none in 2023"},
}
