package catalog

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRecognise(t *testing.T) {
	entra := func(codes ...int) Signs { return Signs{Service: Entra, Status: 400, AADSTS: codes} }
	dataverse := func(code string) Signs { return Signs{Service: Dataverse, Status: 403, Dataverse: code} }
	for _, tc := range []struct {
		name  string
		signs Signs
		want  Verdict
	}{
		{"nothing at all", Signs{}, Verdict{}},
		{"an answer without complaint", Signs{Service: Dataverse, Status: 200}, Verdict{}},
		{"a caller's own cancellation", Signs{Network: "canceled"}, Verdict{}},
		{"an unknown code", entra(1234567), Verdict{Cause: Unknown}},
		{"401 without a code allows several causes", Signs{Service: Dataverse, Status: 401}, Verdict{Cause: Unknown, By: "HTTP 401", Alternatives: []Cause{
			"token.audience", "token.expired", "token.is-user-token", "environment.wrong-tenant", "appuser.missing",
		}}},
		{"an unlisted code says more than the status", Signs{Service: Dataverse, Status: 401, Dataverse: "0x80099999"}, Verdict{Cause: Unknown}},
		{"403 without a code allows several causes", Signs{Service: Dataverse, Status: 403}, Verdict{Cause: Unknown, By: "HTTP 403", Alternatives: []Cause{
			"appuser.missing", "appuser.disabled", "appuser.no-role", "policy.app-access-control", "policy.ip-firewall", "environment.disabled",
		}}},
		{
			"words decide between a status's causes",
			Signs{Service: Dataverse, Status: 403, Text: "Principal user is missing prvReadAccount privilege"},
			Verdict{Cause: "appuser.missing-privilege", By: ByWording},
		},

		// Codes are tried first.
		{
			"AADSTS before all others",
			Signs{Service: Entra, Status: 429, AADSTS: []int{7000215}, Dataverse: "0x80072560", OAuth: "invalid_scope", Network: "dns", Text: "no such host"},
			Verdict{Cause: "secret.wrong", By: "AADSTS7000215"},
		},
		{
			"Dataverse before OAuth, network, status and words",
			Signs{Service: Dataverse, Status: 429, Dataverse: "0x80072560", OAuth: "invalid_scope", Network: "dns", Text: "no such host"},
			Verdict{Cause: "appuser.missing", By: "0x80072560"},
		},
		{
			"Graph before OAuth",
			Signs{Service: Graph, Status: 403, Graph: "Authorization_RequestDenied", OAuth: "invalid_scope"},
			Verdict{Cause: "consent.needs-admin", By: "Graph Authorization_RequestDenied", Alternatives: []Cause{"admin.no-rights", "consent.missing"}},
		},
		{
			"an unknown code leaves it to the OAuth error",
			Signs{Service: Entra, Status: 400, AADSTS: []int{1234567}, OAuth: "invalid_scope"},
			Verdict{Cause: "token.scope", By: "error=invalid_scope"},
		},
		{
			"suberror before error",
			Signs{Service: Entra, Status: 400, OAuth: "invalid_grant", Suberror: "consent_required"},
			Verdict{Cause: "consent.missing", By: "error=invalid_grant/consent_required"},
		},
		{
			"an unknown suberror leaves it to the error",
			Signs{Service: Entra, Status: 400, OAuth: "access_denied", Suberror: "something"},
			Verdict{Cause: "consent.declined", By: "error=access_denied"},
		},
		{"invalid_client alone allows several causes", Signs{Service: Entra, Status: 401, OAuth: "invalid_client"}, Verdict{Cause: Unknown, By: "HTTP 401", Alternatives: []Cause{
			"secret.wrong", "secret.expired", "secret.missing", "certificate.not-registered",
		}}},
		{"network before status", Signs{Service: Entra, Status: 503, Network: "intercepted"}, Verdict{Cause: "network.intercepted", By: "network: intercepted"}},
		{"status before words", Signs{Service: Entra, Status: 429, Text: "no such host"}, Verdict{Cause: "service.throttled", By: "HTTP 429"}},
		{"words last", Signs{Text: "dial tcp: lookup contoso: no such host"}, Verdict{Cause: "network.dns", By: ByWording}},

		// Specific codes win over generic codes, in any order.
		{"70002 in front of 7000222", entra(70002, 7000222), Verdict{Cause: "secret.expired", By: "AADSTS7000222"}},
		{"70001 in front of 700016", entra(70001, 7000112), Verdict{Cause: "application.disabled", By: "AADSTS7000112"}},
		{"50012 behind 70002", entra(70002, 50012), Verdict{Cause: "secret.wrong", By: "AADSTS70002"}},
		{"900434 around 70043", entra(900434, 70043), Verdict{Cause: "policy.conditional-access", By: "AADSTS70043"}},
		{"an unknown code in front of a known", entra(1234567, 53003), Verdict{Cause: "policy.conditional-access", By: "AADSTS53003"}},
		{"a wrapper alone", entra(70002), Verdict{Cause: "secret.wrong", By: "AADSTS70002"}},

		{"an unlisted code beats its wrapper", entra(70002, 50008), Verdict{Cause: Unknown}},

		// Codes that a service uses for several causes.
		{
			"70002, nothing came", withText(entra(70002), "The request body must contain the following parameter: 'client_secret or client_assertion'."),
			Verdict{Cause: "secret.missing", By: ByWording, Alternatives: []Cause{"application.is-public-client"}},
		},
		{
			"50012 about times", withText(entra(70002, 50012), "AADSTS50012: Client assertion is not within its valid time range."),
			Verdict{Cause: "clock.skew", By: ByWording, Alternatives: []Cause{"token.expired"}},
		},
		{
			"700024, too late", withText(entra(700024), "Current time: 2026-10-04T09:31:10.1Z, assertion valid from 2026-10-04T08:15:02.0Z, expiry time of assertion 2026-10-04T08:25:02.0Z."),
			Verdict{Cause: "token.expired", By: ByWording, Alternatives: []Cause{"federation.expired", "clock.skew"}},
		},
		{
			"700024, too late, of a workload", withText(entra(700024), "federated token: Current time: 2026-10-04T09:31:10.1Z, assertion valid from 2026-10-04T08:15:02.0Z, expiry time of assertion 2026-10-04T08:25:02.0Z."),
			Verdict{Cause: "federation.expired", By: ByWording, Alternatives: []Cause{"clock.skew"}},
		},
		{
			"700024, too early", withText(entra(700024), "Current time: 2026-10-04T08:05:00.1Z, assertion valid from 2026-10-04T08:15:02.0Z, expiry time of assertion 2026-10-04T08:25:02.0Z."),
			Verdict{Cause: "clock.skew", By: "AADSTS700024"},
		},
		{"a duplicate of any table", withText(dataverse("0x80040237"), "A record with matching key values already exists."), Verdict{Cause: Unknown}},
		{
			"a duplicate application user", withText(dataverse("0x80040237"), "POST systemusers: A record with matching key values already exists."),
			Verdict{Cause: "appuser.duplicate", By: ByWording},
		},
		{
			"700027, key not found", withText(entra(700027), "Client assertion contains an invalid signature. [Reason - The key was not found.]"),
			Verdict{Cause: "certificate.not-registered", By: "AADSTS700027"},
		},
		{"700027, expired", withText(entra(700027), "[Reason - The key used is expired.]"), Verdict{Cause: "certificate.expired", By: ByWording}},
		{"700027, elliptic curve", withText(entra(700027), "Unsupported asymmetric signing algorithm"), Verdict{Cause: "certificate.unsupported", By: ByWording}},
		{"70001, disabled", withText(entra(70001), "The application is disabled."), Verdict{Cause: "application.disabled", By: ByWording}},
		{"50001, disabled", withText(entra(50001), "Resource X is disabled."), Verdict{Cause: "token.resource-disabled", By: ByWording}},
		{
			"50012 about a secret", withText(entra(70002, 50012), "AADSTS70002: Error validating credentials. AADSTS50012: Invalid client secret is provided."),
			Verdict{Cause: "secret.wrong", By: "AADSTS70002"},
		},
		{
			"70002 about a certificate", withText(entra(70002, 50012), "AADSTS50012: Client assertion contains an invalid signature."),
			Verdict{Cause: "certificate.not-registered", By: "AADSTS50012"},
		},
		{
			"0x80040220, no roles", withText(dataverse("0x80040220"), "Principal user (Id=x, type=8, roleCount=0, privilegeCount=0)"),
			Verdict{Cause: "appuser.no-role", By: ByWording},
		},
		{
			"0x80040220, some roles", withText(dataverse("0x80040220"), "Principal user (Id=x, type=8, roleCount=10, privilegeCount=465)"),
			Verdict{Cause: "appuser.missing-privilege", By: "0x80040220"},
		},

		// The same status has different meanings in different services.
		{"500 from Entra", Signs{Service: Entra, Status: 500}, Verdict{Cause: "service.unavailable", By: "HTTP 500"}},
		{"500 from Dataverse", Signs{Service: Dataverse, Status: 500}, Verdict{Cause: Unknown}},
		{"429 from nobody knows whom", Signs{Status: 429}, Verdict{Cause: "service.throttled", By: "HTTP 429"}},
		{"500 from nobody knows whom", Signs{Status: 500}, Verdict{Cause: Unknown}},
		{"407", Signs{Service: Entra, Status: 407}, Verdict{Cause: "network.proxy-auth", By: "HTTP 407"}},
		{"broken off", Signs{Network: "broken"}, Verdict{Cause: "network.refused", By: "network: broken"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Recognise(tc.signs)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func withText(s Signs, text string) Signs {
	s.Text = text
	return s
}

// TestCodesOfTheReference pins the cause of each published code, which matters most to
// users.
func TestCodesOfTheReference(t *testing.T) {
	entra := map[Cause][]int{
		"secret.wrong":                     {7000215, 70002},
		"secret.expired":                   {7000222},
		"secret.missing":                   {7000216, 7000218},
		"application.is-public-client":     {700025},
		"application.single-tenant":        {50194},
		"application.not-found":            {700016, 700011, 70001},
		"application.disabled":             {7000112},
		"application.no-service-principal": {7000229},
		"tenant.not-found":                 {90002, 900023, 900021, 50059},
		"tenant.wrong-cloud":               {90038, 900439, 900382, 900432},
		"tenant.restricted":                {500021, 500022, 50002},
		"certificate.not-registered":       {700027, 700030, 50012},
		"clock.skew":                       {700024},
		"token.scope":                      {70011, 1002012, 28002, 700022, 901002, 900144},
		"token.resource-not-found":         {500011, 50001, 650052},
		"token.resource-disabled":          {500014},
		"consent.missing":                  {65001},
		"consent.declined":                 {65004},
		"consent.needs-admin":              {90094, 90093, 90095},
		"consent.redirect-mismatch":        {50011},
		"consent.no-reply-address":         {500113},
		"consent.no-permissions":           {1003031, 650056, 650057, 65005},
		"consent.wrong-account":            {50020, 16000, 16003, 50034, 51004},
		"consent.wrong-tenant":             {700005},
		"policy.conditional-access":        {53003, 53000, 53001, 53002, 530032},
		"policy.mfa":                       {50074, 50076, 50079, 50072},
		"service.throttled":                {50196, 90055},
		"service.unavailable":              {90033, 90024, 50000},
		"service.replicating":              {650051},
	}
	for cause, codes := range entra {
		for _, code := range codes {
			if got := Recognise(Signs{Service: Entra, Status: 400, AADSTS: []int{code}}); got.Cause != cause {
				t.Errorf("AADSTS%d: got %s, want %s", code, got.Cause, cause)
			}
		}
	}
	dataverse := map[Cause][]string{
		"appuser.missing":           {"0x80072560"},
		"appuser.disabled":          {"0x80040225"},
		"appuser.no-role":           {"0x80042F09"},
		"appuser.missing-privilege": {"0x80040220", "0x80040231", "0x80048306", "0x8004F502"},
		"appuser.duplicate":         {"0x8004F511"},
		"appuser.wrong-object-id":   {"0x80048360"},
		"policy.app-access-control": {"0x80095FFC"},
		"policy.ip-firewall":        {"0x80095FFE"},
		"environment.disabled":      {"0x8004A113", "0x8004A104"},
		"environment.not-found":     {"0x8004D253", "0x8004B067"},
		"token.expired":             {"0x8005F101"},
		"service.throttled":         {"0x80072321", "0x80072322", "0x80072326"},
	}
	for cause, codes := range dataverse {
		for _, code := range codes {
			if got := Recognise(Signs{Service: Dataverse, Status: 403, Dataverse: code}); got.Cause != cause {
				t.Errorf("%s: got %s, want %s", code, got.Cause, cause)
			}
		}
	}
}
