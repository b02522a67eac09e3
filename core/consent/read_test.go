package consent

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

const (
	aCode  = "0.AXoAc0d3-c4n4ry-code_Qx"
	traces = "%0d%0aTrace+ID%3a+5c1e6a3e-2a9b-4e7f-8a11-5b6d0e3f9a00%0d%0aCorrelation+ID%3a+0f8fad5b-d9cb-469f-a165-70867728950e%0d%0aTimestamp%3a+2026-11-02+10%3a11%3a12Z"
)

// attempt returns an attempt with a known state.
func attempt(t *testing.T, s Style) Attempt {
	t.Helper()
	a, err := build(aRequest(s, cloud.Table[1]), fixed)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func plain(v secret.Value) (text string) {
	v.Use(func(p string) { text = p })
	return text
}

func TestRead(t *testing.T) {
	const localhost = "http://localhost:7071/?"
	for _, c := range []struct {
		name   string
		style  Style
		raw    string
		ending Ending
		cause  catalog.Cause
		code   string
		claim  Claimed
		// undecided is true if the text does not end the wait.
		undecided bool
	}{
		{name: "v1 yes", style: Authorize, raw: localhost + "code=" + aCode + "&state=" + aState + "&session_state=7c9e6679-7425-40de-944b-e07fc1f90ae7", ending: Consented, code: aCode},
		{name: "v1 yes, by an administrator for all", style: Authorize, raw: localhost + "admin_consent=True&code=" + aCode + "&state=" + aState, ending: Consented, code: aCode, claim: Claimed{Administrator: true}},
		{name: "v2 yes", style: V2, raw: localhost + "code=" + aCode + "&state=" + aState, ending: Consented, code: aCode},
		{name: "v2 yes, pasted with blanks around", style: V2, raw: "  " + localhost + "code=" + aCode + "&state=" + aState + "\r\n", ending: Consented, code: aCode},
		{name: "v2 yes, in the fragment", style: V2, raw: "https://contoso.com/back#code=" + aCode + "&state=" + aState, ending: Consented, code: aCode},
		{name: "redirect URI with a query of its own", style: V2, raw: "https://contoso.com/back?x=%zz&code=" + aCode + "&state=" + aState, ending: Consented, code: aCode},
		{
			name: "adminconsent yes", style: AdminConsent, ending: Consented,
			raw:   localhost + "admin_consent=True&tenant=" + strings.ToUpper(aTenant) + "&state=" + aState + "&scope=https%3a%2f%2fcontoso.crm4.dynamics.com%2fuser_impersonation+https%3a%2f%2fcontoso.crm4.dynamics.com%2f.default",
			claim: Claimed{Administrator: true, Tenant: aTenant, Scopes: []string{"https://contoso.crm4.dynamics.com/user_impersonation", "https://contoso.crm4.dynamics.com/.default"}},
		},
		{name: "adminconsent v1 yes", style: AdminConsentV1, raw: localhost + "tenant=" + aTenant + "&state=" + aState + "&admin_consent=True", ending: Consented, claim: Claimed{Administrator: true, Tenant: aTenant}},

		{
			name: "adminconsent declined, with admin_consent=True and a trailing #", style: AdminConsent, ending: Failed, cause: "consent.declined",
			raw:   localhost + "error=access_denied&error_description=AADSTS65004%3a+User+declined+to+consent+to+access+the+app." + traces + "&error_uri=https%3a%2f%2flogin.microsoftonline.com%2ferror%3fcode%3d65004&admin_consent=True&state=" + aState + "#",
			claim: Claimed{Administrator: true},
		},
		{
			name: "adminconsent declined, as documented", style: AdminConsent, ending: Failed, cause: "consent.declined",
			raw:   localhost + "admin_consent=True&error=consent_required&error_description=AADSTS65004%3a+The+resource+owner+declined&state=" + aState,
			claim: Claimed{Administrator: true},
		},
		{name: "adminconsent v1 canceled, as documented", style: AdminConsentV1, raw: localhost + "error=permission_denied&error_description=The+admin+canceled+the+request&state=" + aState, ending: Failed, cause: "consent.declined"},
		{name: "v2 canceled without a code", style: V2, raw: localhost + "error=access_denied&error_subcode=cancel&state=" + aState, ending: Failed, cause: "consent.declined"},
		{name: "not an administrator", style: V2, raw: localhost + "error=access_denied&error_description=AADSTS90094%3a+needs+permission" + traces + "&state=" + aState, ending: Failed, cause: "consent.needs-admin"},
		{name: "account of another directory", style: AdminConsent, raw: localhost + "error=access_denied&error_description=AADSTS50020%3a+User+account+does+not+exist" + traces + "&state=" + aState, ending: Failed, cause: "consent.wrong-account"},
		{name: "no permission listed", style: AdminConsentV1, raw: localhost + "error=access_denied&error_description=AADSTS1003031%3a+Misconfigured+required+resource+access&state=" + aState, ending: Failed, cause: "consent.no-permissions"},
		{name: "consent missing", style: V2, raw: localhost + "error=interaction_required&error_description=AADSTS65001%3a+not+consented&state=" + aState, ending: Failed, cause: "consent.missing"},
		{name: "redirect mismatch in the address of Microsoft's error page", style: "", raw: "https://login.microsoftonline.com/error?error=invalid_request&error_description=AADSTS50011%3a+The+redirect+URI+does+not+match", ending: Failed, cause: "consent.redirect-mismatch"},
		{name: "no reply address", style: "", raw: localhost + "error=invalid_client&error_description=AADSTS500113%3a+No+reply+address", ending: Failed, cause: "consent.no-reply-address"},
		{name: "code only in error_uri", style: V2, raw: localhost + "error=access_denied&error_uri=https%3a%2f%2flogin.microsoftonline.com%2ferror%3fcode%3d90094&state=" + aState, ending: Failed, cause: "consent.needs-admin"},
		{name: "unknown code", style: V2, raw: localhost + "error=whatever_else&error_description=AADSTS999999999%3a+new&state=" + aState, ending: Failed, cause: "unknown"},

		{name: "another state", style: V2, raw: localhost + "code=" + aCode + "&state=" + aState[1:], ending: Failed, cause: "consent.state-mismatch", undecided: true},
		{name: "no state", style: V2, raw: localhost + "code=" + aCode, ending: Failed, cause: "consent.state-mismatch", undecided: true},
		{name: "error with another state", style: V2, raw: localhost + "error=access_denied&state=x", ending: Failed, cause: "consent.state-mismatch", undecided: true},
		{name: "two states", style: V2, raw: localhost + "code=" + aCode + "&state=" + aState + "&state=x", ending: Failed, cause: "unknown", undecided: true},
		{name: "two codes", style: V2, raw: localhost + "code=" + aCode + "&code=x&state=" + aState, ending: Failed, cause: "unknown", undecided: true},
		{name: "admin_consent is no answer to v2", style: V2, raw: localhost + "admin_consent=True&state=" + aState, ending: Failed, cause: "unknown", claim: Claimed{Administrator: true}, undecided: true},
		{name: "a code is no answer to adminconsent", style: AdminConsent, raw: localhost + "code=" + aCode + "&state=" + aState, ending: Failed, cause: "unknown", undecided: true},
		{name: "admin_consent=False", style: AdminConsent, raw: localhost + "admin_consent=False&state=" + aState, ending: Failed, cause: "unknown", undecided: true},
		{name: "a tenant that is none", style: AdminConsentV1, raw: localhost + "tenant=contoso'%3b--&admin_consent=True&state=" + aState, ending: Consented, claim: Claimed{Administrator: true}},
		{name: "nothing", style: V2, raw: "", ending: Failed, cause: "unknown", undecided: true},
		{name: "another address", style: V2, raw: "https://contoso.crm4.dynamics.com/main.aspx?etn=account", ending: Failed, cause: "unknown", undecided: true},
		{name: "not an address", style: V2, raw: "http://[::1", ending: Failed, cause: "unknown", undecided: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var a Attempt
			if c.style != "" {
				a = attempt(t, c.style)
			}
			got := Read(c.raw, a)
			if got.Ending != c.ending || got.Cause != c.cause {
				t.Errorf("got %s %q (%s), want %s %q", got.Ending, got.Cause, got.Summary, c.ending, c.cause)
			}
			if got.Undecided != c.undecided {
				t.Errorf("undecided is %v, want %v", got.Undecided, c.undecided)
			}
			if plain(got.Code) != c.code {
				t.Errorf("code is %q, want %q", plain(got.Code), c.code)
			}
			if diff := cmp.Diff(c.claim, got.Claimed); diff != "" {
				t.Errorf("claims -want +got\n%s", diff)
			}
			if got.Summary.String() == "" {
				t.Error("there is no sentence for people")
			}
			if _, ok := catalog.Lookup(got.Cause); !ok && got.Cause != "" {
				t.Errorf("the contract has no cause %q", got.Cause)
			}
		})
	}
}

func TestReadKeepsTheEvidence(t *testing.T) {
	got := Read("http://localhost/?error=access_denied&error_subcode=cancel&error_description=AADSTS65004%3a+User+declined."+traces+"&state="+aState, attempt(t, V2))
	want := catalog.Evidence{
		Code: "AADSTS65004", Error: "access_denied/cancel", RecognisedBy: "AADSTS65004",
		TraceID: "5c1e6a3e-2a9b-4e7f-8a11-5b6d0e3f9a00", CorrelationID: "0f8fad5b-d9cb-469f-a165-70867728950e",
		Timestamp: "2026-11-02 10:11:12Z", Message: text.Raw("AADSTS65004: User declined."),
	}
	if diff := cmp.Diff(want, got.Evidence, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestExplanationKeepsNoCode guards that a code is dropped without an attempt, because
// its owner is not known.
func TestExplanationKeepsNoCode(t *testing.T) {
	got := Read("http://localhost/?code="+aCode+"&state=somebody's", Attempt{})
	if got.Ending != Consented || !got.Code.Empty() {
		t.Errorf("got %s with code %q, want it explained and the code dropped", got.Ending, plain(got.Code))
	}
}

// FuzzRead guards that no response is a success without the attempt's state, without the
// values of the style, or with an error, and that neither code nor state is printed.
func FuzzRead(f *testing.F) {
	f.Add(uint8(0), "http://localhost/?code=abcdefghijkl&state="+aState)
	f.Add(uint8(1), "http://localhost/?error=access_denied&admin_consent=True&state="+aState)
	f.Add(uint8(2), "https://x/#code=abcdefghijkl&state=&state="+aState)
	f.Fuzz(func(t *testing.T, style uint8, raw string) {
		a, err := build(aRequest(Styles[int(style)%len(Styles)], cloud.Table[1]), fixed)
		if err != nil {
			t.Fatal(err)
		}
		got := Read(raw, a)
		switch got.Ending {
		case Consented:
			u, err := url.Parse(strings.TrimSpace(raw))
			if err != nil {
				t.Fatal(err)
			}
			if q, _ := answerOf(u); q.Get("state") != aState || q.Get("error") != "" || got.Cause != "" {
				t.Errorf("%q is taken for a yes", raw)
			}
			if a.Style.BringsCode() == got.Code.Empty() {
				t.Errorf("%q: a code where there is none to expect, or none", raw)
			}
		case Failed:
			if _, ok := catalog.Lookup(got.Cause); !ok || !got.Code.Empty() {
				t.Errorf("%q: cause %q, code %v", raw, got.Cause, got.Code)
			}
		default:
			t.Errorf("%q ends as %q", raw, got.Ending)
		}
		printed := fmt.Sprintf("%+v %#v", got, got)
		if code := plain(got.Code); len(code) > 8 && strings.Contains(printed, code) && !strings.Contains(got.Evidence.Message.String(), code) {
			t.Errorf("the code shows: %s", printed)
		}
		if strings.Contains(printed, aVerifier) || strings.Contains(printed, aState) && !strings.Contains(fmt.Sprint(got.Evidence, got.Claimed), aState) {
			t.Errorf("the verifier or the state shows: %s", printed)
		}
	})
}

func TestVerify(t *testing.T) {
	yes := Outcome{Ending: Consented, Summary: text.F("The consent page came back with a code.")}
	who := Account{SignInName: "app@contoso.com", TenantID: aTenant}
	for name, c := range map[string]struct {
		outcome Outcome
		who     Account
		want    ExpectedAccount
		ending  Ending
		cause   catalog.Cause
		says    []string
	}{
		"the right one":        {yes, who, ExpectedAccount{"APP@contoso.com", strings.ToUpper(aTenant)}, Consented, "", []string{"You consented as app@contoso.com."}},
		"nobody expected":      {yes, who, ExpectedAccount{}, Consented, "", []string{"app@contoso.com"}},
		"mistake 3":            {yes, who, ExpectedAccount{SignInName: "s2s@contoso.com"}, Failed, "consent.wrong-account", []string{"You consented as app@contoso.com; the application user is s2s@contoso.com."}},
		"another tenant":       {yes, who, ExpectedAccount{TenantID: aClient}, Failed, "consent.wrong-tenant", []string{aTenant, aClient}},
		"tenant before person": {yes, who, ExpectedAccount{"s2s@contoso.com", aClient}, Failed, "consent.wrong-tenant", nil},
		"not known who":        {yes, Account{}, ExpectedAccount{SignInName: "s2s@contoso.com"}, Consented, "", []string{"came back with a code"}},
		"no name in the token": {yes, Account{TenantID: aTenant}, ExpectedAccount{TenantID: aTenant}, Consented, "", []string{"the token does not name"}},
		"a failure stays":      {Outcome{Ending: Failed, Cause: "consent.declined"}, who, ExpectedAccount{SignInName: "x"}, Failed, "consent.declined", nil},
		"a hostile name":       {yes, Account{SignInName: "a\u202eb\n<script>"}, ExpectedAccount{}, Consented, "", []string{"ab <script>"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := Verify(c.outcome, c.who, c.want)
			if got.Ending != c.ending || got.Cause != c.cause {
				t.Errorf("got %s %q, want %s %q", got.Ending, got.Cause, c.ending, c.cause)
			}
			for _, words := range c.says {
				if !strings.Contains(got.Summary.String(), words) {
					t.Errorf("it says %q, which lacks %q", got.Summary, words)
				}
			}
		})
	}
}

// TestVerifyKeepsAccounts guards that the account that consented and the expected account
// are fields of the result, not only parts of a sentence.
func TestVerifyKeepsAccounts(t *testing.T) {
	yes := Outcome{Ending: Consented}
	who := Account{SignInName: "app@contoso.com", TenantID: aTenant}
	type kept struct {
		By           Account
		Instead      ExpectedAccount
		SomebodyElse bool
	}
	for name, c := range map[string]struct {
		outcome Outcome
		who     Account
		want    ExpectedAccount
		kept    kept
	}{
		"the right one":     {yes, who, ExpectedAccount{"app@contoso.com", aTenant}, kept{By: who}},
		"somebody else":     {yes, who, ExpectedAccount{"s2s@contoso.com", aTenant}, kept{who, ExpectedAccount{SignInName: "s2s@contoso.com"}, true}},
		"another tenant":    {yes, who, ExpectedAccount{"s2s@contoso.com", aClient}, kept{who, ExpectedAccount{TenantID: aClient}, true}},
		"a hostile name":    {yes, Account{SignInName: "a\u202eb\n"}, ExpectedAccount{SignInName: "s2s@contoso.com"}, kept{Account{SignInName: "ab"}, ExpectedAccount{SignInName: "s2s@contoso.com"}, true}},
		"nobody consented":  {Outcome{Ending: Failed, Cause: "consent.wrong-account"}, who, ExpectedAccount{SignInName: "s2s@contoso.com"}, kept{}},
		"nobody knows them": {yes, Account{}, ExpectedAccount{SignInName: "s2s@contoso.com"}, kept{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := Verify(c.outcome, c.who, c.want)
			if diff := cmp.Diff(c.kept, kept{got.ConsentedBy, got.Expected, got.ByOtherAccount()}); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestIssuerOfTheAnswer guards RFC 9207: a response that names an issuer must name the
// issuer of the request.
func TestIssuerOfTheAnswer(t *testing.T) {
	a := attempt(t, V2)
	for iss, ours := range map[string]bool{
		"https://login.microsoftonline.com/12b5c856-6a1f-4f5e-9a53-2d7c0a3b9f01/v2.0": true,
		"https://LOGIN.microsoftonline.com/common/v2.0":                               true,
		"https://login.microsoftonline.us/12b5c856-6a1f-4f5e-9a53-2d7c0a3b9f01/v2.0":  false,
		"https://login.microsoftonline.com.evil.test/v2.0":                            false,
		"https://evil@login.microsoftonline.com/v2.0":                                 false,
		"http://login.microsoftonline.com/v2.0":                                       false,
		"":                                                                            false,
	} {
		out := Read("http://localhost/?code="+aCode+"&state="+aState+"&iss="+url.QueryEscape(iss), a)
		if got := out.Ending == Consented; got != ours {
			t.Errorf("iss=%q: %s %q, want ours: %v", iss, out.Ending, out.Cause, ours)
		}
	}
}
