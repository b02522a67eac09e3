package catalog

import (
	"fmt"
	"maps"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// contract is the vocabulary of causes, copied by hand from the public interface: scripts
// rely on it, so a change of the data file must not change it.
var contract = strings.Fields(`
	input.environment-url input.tenant-id input.client-id input.secret-is-id input.secret-missing
	input.secret-mangled input.certificate input.redirect-uri input.no-store
	network.dns network.refused network.timeout network.tls network.proxy-auth network.intercepted
	environment.not-dataverse environment.not-found environment.wrong-tenant environment.wrong-cloud environment.disabled
	tenant.not-found tenant.wrong-cloud tenant.restricted
	application.not-found application.disabled application.no-service-principal application.is-public-client
	application.single-tenant
	secret.wrong secret.expired secret.missing
	certificate.not-registered certificate.expired certificate.not-yet-valid certificate.unsupported
	federation.no-token federation.issuer federation.subject federation.audience federation.expired federation.not-configured
	identity.none identity.ambiguous identity.not-assigned
	admin.no-sign-in admin.wrong-tenant admin.no-rights admin.not-registered
	token.scope token.resource-not-found token.resource-disabled token.audience token.is-user-token token.expired
	clock.skew
	consent.missing consent.declined consent.needs-admin consent.redirect-mismatch consent.no-reply-address
	consent.wrong-account consent.wrong-tenant consent.no-permissions consent.state-mismatch consent.timed-out
	policy.credential-restricted policy.conditional-access policy.app-access-control policy.ip-firewall policy.mfa
	appuser.missing appuser.disabled appuser.wrong-object-id appuser.no-application-id appuser.no-application-id-uri
	appuser.licensed appuser.no-role appuser.missing-privilege appuser.duplicate
	role.system-administrator role.not-found role.ambiguous
	connection.not-shared
	service.throttled service.unavailable service.replicating
	unknown`)

// additions are causes that were added after the contract, each with the cause that it
// follows: the vocabulary changes only by addition.
var additions = map[string]string{"certificate.expired": "certificate.expires-soon"}

// owners are all parties who may have to act.
var owners = []Owner{
	"Whoever fills in the form", "Entra application owner", "Entra administrator", "Dataverse administrator",
	"Network administrator", "Administrator of this computer", "Microsoft",
}

func TestCausesAreTheContracts(t *testing.T) {
	var got, want []string
	for _, e := range All() {
		got = append(got, string(e.Cause))
	}
	for _, cause := range contract {
		want = append(want, cause)
		if added := additions[cause]; added != "" {
			want = append(want, added)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("causes (-contract +catalogue):\n%s", diff)
	}
}

func TestEntriesAreComplete(t *testing.T) {
	placeholderName := regexp.MustCompile(`\{([^}]*)\}`)
	for _, e := range All() {
		t.Run(string(e.Cause), func(t *testing.T) {
			if !slices.Contains(owners, e.Owner) {
				t.Errorf("owner %q is none of %q", e.Owner, owners)
			}
			if e.Title.Empty() || strings.HasSuffix(e.Title.String(), ".") {
				t.Errorf("title %q: a statement without a full stop belongs there", e.Title)
			}
			if n := len(e.Fix); n < 1 || n > 5 {
				t.Errorf("%d fix steps, want 1 to 5", n)
			}
			for _, shown := range append([]text.Text{e.Meaning}, e.Fix...) {
				text := shown.String()
				if !strings.HasSuffix(text, ".") && !endsInValue(text) {
					t.Errorf("%q does not end properly", text)
				}
				if Clean(text) != text {
					t.Errorf("%q holds characters that remote text may not hold either", text)
				}
			}
			for _, text := range texts(e) {
				for _, m := range placeholderName.FindAllStringSubmatch(text, -1) {
					if _, known := shapes[m[1]]; !known {
						t.Errorf("unknown placeholder %s in %q", m[0], text)
					}
				}
			}
			if e.NoScenario != "" && !strings.HasSuffix(e.NoScenario, ".") {
				t.Errorf("%q is no sentence", e.NoScenario)
			}
			if u, err := url.Parse(e.Source); err != nil || u.Scheme != "https" || u.Host == "" {
				t.Errorf("source %q is no https address", e.Source)
			}
			if !regexp.MustCompile(`^20\d\d-\d\d-\d\d$`).MatchString(e.Verified) {
				t.Errorf("verified %q is no date", e.Verified)
			}
		})
	}
}

// endsInValue reports whether a step ends in a value to type.
func endsInValue(text string) bool {
	return strings.HasSuffix(text, "/.default") || strings.HasSuffix(text, "--id {clientId}")
}

func texts(e Entry) []string {
	all := []string{e.Title.String(), e.Meaning.String()}
	for _, step := range e.Fix {
		all = append(all, step.String())
	}
	for _, link := range e.Links {
		all = append(all, link.Title.String(), link.URL)
	}
	return all
}

func TestLinksAreWellFormedForEveryCloud(t *testing.T) {
	filled := func(c cloud.Cloud) Vars {
		return Vars{
			"clientId": "2015d711-0000-4000-8000-000000000001", "tenantId": "12b5c856-0000-4000-8000-000000000002",
			"environment": "https://contoso.crm4.dynamics.com", "portal": c.Portal, "admin": c.Admin, "login": c.Login,
		}
	}
	all := []Vars{nil, {"clientId": "x y"}, {"environment": "javascript:alert(1)"}}
	for _, c := range cloud.Table {
		all = append(all, filled(c))
	}
	for _, e := range All() {
		for _, v := range all {
			for _, link := range e.Fill(v).Links {
				u, err := url.Parse(link.URL)
				if err != nil || u.Scheme != "https" || u.Host == "" || strings.ContainsAny(link.URL, "{} ") || link.Title.Empty() {
					t.Errorf("%s with %v: bad link %+v (%v)", e.Cause, v, link, err)
				}
			}
		}
		if got, want := len(e.Fill(filled(cloud.Table[0])).Links), len(e.Links); got != want {
			t.Errorf("%s: %d of %d links are left when everything is known", e.Cause, got, want)
		}
	}
}

func TestMarksAreCanonical(t *testing.T) {
	kinds := []string{
		string(transport.DNS), string(transport.Refused), string(transport.Timeout), string(transport.TLS),
		string(transport.ProxyAuth), string(transport.Intercepted), string(transport.Broken),
	}
	status := regexp.MustCompile(`^(entra|dataverse|graph)/[45]\d\d$`)
	for _, e := range All() {
		r := e.Recognise
		for _, code := range r.AADSTS {
			if found := FindAADSTS("AADSTS" + strconv.Itoa(code) + ":"); len(found) != 1 || found[0] != code {
				t.Errorf("%s: AADSTS%d is not found in a text: %v", e.Cause, code, found)
			}
		}
		for _, code := range r.Dataverse {
			if canonical, ok := DataverseCode(code); !ok || canonical != code {
				t.Errorf("%s: %s is not in the form 0x%%08X", e.Cause, code)
			}
		}
		for _, mark := range r.HTTP {
			if !status.MatchString(mark) {
				t.Errorf("%s: %q is no service and status", e.Cause, mark)
			}
		}
		for _, kind := range r.Network {
			if !slices.Contains(kinds, kind) {
				t.Errorf("%s: %q is no kind of failure", e.Cause, kind)
			}
		}
		words := slices.Clone(r.Wording)
		for _, refined := range r.Refined {
			words = append(words, refined.Wording...)
		}
		for _, word := range words {
			if word == "" || strings.ToLower(word) != word {
				t.Errorf("%s: wording %q is not lower-case", e.Cause, word)
			}
		}
	}
}

// TestAlternativesAreCauses guards that each alternative belongs to a mark of its entry,
// names a cause, and does not repeat the entry's cause.
func TestAlternativesAreCauses(t *testing.T) {
	for _, e := range All() {
		own := e.Recognise.keys()
		lists := maps.Clone(e.Recognise.Alternatives)
		for mark := range lists {
			if !slices.Contains(own, mark) {
				t.Errorf("%s: alternatives of %q, which is no mark of it", e.Cause, mark)
			}
		}
		for i, r := range e.Recognise.Refined {
			if lists == nil {
				lists = map[string][]Cause{}
			}
			lists[fmt.Sprintf("refined %d", i)] = r.Alternatives
		}
		for mark, causes := range lists {
			for i, cause := range causes {
				if _, known := Lookup(cause); !known || cause == Unknown || cause == e.Cause || slices.Contains(causes[:i], cause) {
					t.Errorf("%s: %q is no alternative for %s", e.Cause, cause, mark)
				}
			}
		}
	}
}

func TestNothingIsRecognisedTwice(t *testing.T) {
	seen := map[string]Cause{}
	for _, e := range All() {
		for _, key := range e.Recognise.keys() {
			if other, twice := seen[key]; twice {
				t.Errorf("%s is recognised as %s and as %s", key, other, e.Cause)
			}
			seen[key] = e.Cause
		}
	}
}

// TestParseRefusesDoubles guards the check itself: a data file with a double entry must
// not load.
func TestParseRefusesDoubles(t *testing.T) {
	for name, raw := range map[string]string{
		"cause": `[{"cause":"a"},{"cause":"a"}]`,
		"mark":  `[{"cause":"a","recognise":{"aadsts":[1]}},{"cause":"b","recognise":{"aadsts":[1]}}]`,
		"json":  `[{]`,
	} {
		if _, err := parse([]byte(raw)); err == nil {
			t.Errorf("%s: parsed", name)
		}
	}
}

// noMark has published codes that fit no cause of the contract, each with the reason. No
// cause is better than a wrong cause.
var noMark = map[string]string{
	"AADSTS7000114": "an on-behalf-of call of the program's own, no part of an S2S connection",
	"AADSTS501461":  "a claims mapping in the application's manifest, which no cause is about",
	"AADSTS50134":   "a device sign-in that reached the wrong data centre: begin again",

	"0x80040237": "a duplicate row of any table; the application user's are told by their table",
	"0x80060892": "a duplicate key of any table; the application user's are told by their table",
	"0x80044150": "a database error of any request",
	"0x80040216": "an unexpected error of any request, often of a plug-in",

	"0x80072559": "an error of Entra's handed on: the AADSTS code in its text decides",
	"0x80040217": "a record that is not there, of any table: nothing about the connection",
	"0x80060891": "a record that is not there, of any table: nothing about the connection",
	"0x80040227": "a record that others depend on",
	"0x80060882": "a record that somebody else changed",
	"0x8004418A": "a request that is too large",
	"0x80040203": "an argument of the program's own request",
	"0x80048D19": "a property of the program's own request",
	"0x80048D1A": "an empty impersonation header of the program's own request",
	"0x80060888": "a reference of the program's own request",
	"0x80040D40": "an attempt to change a column of the application user that is fixed",
	"0x80041D48": "an attempt to change a column of the application user that is fixed",
	"0x80048370": "an ID of another organisation in the program's own request",
	"0x80040224": "a plug-in in the environment failed",
	"0x80040265": "a plug-in in the environment stopped the request",
}

func TestPublishedCodesAreRecognised(t *testing.T) {
	count := func(file, prefix string, atLeast int, signs func(string) Signs) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		known := 0
		for _, code := range strings.Fields(string(raw)) {
			v := Recognise(signs(code))
			reason, excused := noMark[prefix+code]
			switch {
			case v.Cause != Unknown && !excused:
				known++
			case v.Cause != Unknown:
				t.Errorf("%s%s is recognised as %s, and excused: %s", prefix, code, v.Cause, reason)
			case !excused:
				t.Errorf("%s%s is not recognised, and nobody says why", prefix, code)
			}
		}
		t.Logf("%d codes recognised of %s", known, file)
		if known < atLeast {
			t.Errorf("%d codes recognised of %s, want at least %d", known, file, atLeast)
		}
	}
	count("testdata/codes_entra.txt", "AADSTS", 120, func(code string) Signs {
		n, _ := strconv.Atoi(code)
		// 700023 has two meanings; its text decides.
		return Signs{Service: Entra, Status: 400, AADSTS: []int{n}, Text: "The provided value for the input parameter scope is not valid."}
	})
	count("testdata/codes_dataverse.txt", "", 58, func(code string) Signs {
		return Signs{Service: Dataverse, Status: 403, Dataverse: code}
	})
}

func TestAllAndLookupGiveCopies(t *testing.T) {
	first := All()[0]
	first.Fix[0] = text.Raw("changed")
	again, ok := Lookup(first.Cause)
	if !ok || again.Fix[0].String() == "changed" {
		t.Error("a caller can change the catalogue")
	}
	if _, ok := Lookup("no.such-cause"); ok {
		t.Error("a cause that is not there was found")
	}
}
