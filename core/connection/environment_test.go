package connection_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
)

func TestEnvironmentFoundInPastedText(t *testing.T) {
	const contoso = "https://contoso.crm4.dynamics.com"
	for _, tt := range []struct{ name, typed, want, note string }{
		{"as it should be", contoso, contoso, ""},
		{"with a slash", contoso + "/", contoso, ""},
		{"host alone", "contoso.crm4.dynamics.com", contoso, ""},
		{"blanks and line break", " \t" + contoso + "\r\n", contoso, ""},
		{"zero-width space of a chat", "\u200b" + contoso + "\ufeff", contoso, ""},
		{"quotes", `"` + contoso + `"`, contoso, ""},
		{"typographic quotes", "“" + contoso + "”", contoso, ""},
		{"angle brackets of a mail", "<" + contoso + ">", contoso, ""},
		{"capitals", "HTTPS://Contoso.CRM4.Dynamics.com", contoso, ""},
		{"port 443", contoso + ":443/", contoso, ""},
		{"http", "http://contoso.crm4.dynamics.com/", contoso, "took https instead of http: Dataverse answers on https only"},
		{"main.aspx", contoso + "/main.aspx?appid=8f1b&pagetype=entitylist&etn=account#45", contoso, "took " + contoso + " from a main.aspx address"},
		{"app", contoso + "/apps/uniquename/sales", contoso, "took " + contoso + " from the address of an app"},
		{"Web API", contoso + "/api/data/v9.2/WhoAmI", contoso, "took " + contoso + " from a Web API address"},
		{"SOAP", contoso + "/XRMServices/2011/Organization.svc/web?SDKClientVersion=9.2", contoso, "took " + contoso + " from an Organization Service address"},
		{"scope", contoso + "/.default", contoso, "took " + contoso + " from a scope"},
		{"@ in a query is nobody's host", contoso + "/main.aspx?etn=x&name=a@b", contoso, "took " + contoso + " from a main.aspx address"},
		{"any page", contoso + "/WebResources/x", contoso, "took " + contoso + " from a longer address"},
		{"API host", "https://contoso.api.crm4.dynamics.com/api/data/v9.2/", contoso, "took contoso.crm4.dynamics.com instead of its Web API address contoso.api.crm4.dynamics.com; took " + contoso + " from a Web API address"},
		{"Defender for Cloud Apps", contoso + ".mcas.ms/", contoso, "dropped .mcas.ms, which is Microsoft Defender for Cloud Apps in between"},
		{"region of tomorrow", "contoso.crm99.dynamics.com", "https://contoso.crm99.dynamics.com", ""},
		{"North America", "contoso.crm.dynamics.com", "https://contoso.crm.dynamics.com", ""},
		{"GCC High", "https://contoso.crm.microsoftdynamics.us", "https://contoso.crm.microsoftdynamics.us", ""},
		{"DoD", "https://contoso.crm.appsplatform.us", "https://contoso.crm.appsplatform.us", ""},
		{"China", "https://contoso.crm.dynamics.cn", "https://contoso.crm.dynamics.cn", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := complete()
			form.Environment = tt.typed
			c, note, problem := only(t, connection.FieldEnvironment, form)
			if c.Environment != tt.want || note != tt.note || problem.Cause != "" {
				t.Errorf("-want +got\n-%s | %s\n+%s | %s | %s", tt.want, tt.note, c.Environment, note, problem.Summary)
			}
			if c.Environment != "https://"+c.Host {
				t.Errorf("host %q does not belong to %q", c.Host, c.Environment)
			}
		})
	}
}

func TestEnvironmentIsRefusedWithTheReason(t *testing.T) {
	for _, tt := range []struct{ name, typed, says string }{
		{"nothing", " ", "is empty"},
		{"placeholder of Postman", "{{url}}", "never filled in"},
		{"placeholder of Azure Pipelines", "$(BuildTools.EnvironmentUrl)", "never filled in"},
		{"placeholder in the host", "https://${ORG}.crm4.dynamics.com", "never filled in"},
		{"environment ID", "{" + tenantID + "}", "is an ID"},
		{"unique name", "contoso", "is a name"},
		{"mail address", "admin@contoso.com", "holds an @"},
		{"other scheme", "ftp://contoso.crm4.dynamics.com", "must begin with https://"},
		{"script", "javascript://contoso.crm4.dynamics.com", "must begin with https://"},
		{"scheme without slashes", "https:contoso.crm4.dynamics.com", "not an address"},
		{"port", "https://contoso.crm4.dynamics.com:8443", "names a port"},
		{"empty port", "https://contoso.crm4.dynamics.com:", "not an address"},
		{"userinfo", "https://contoso.crm4.dynamics.com@evil.example", "holds an @"},
		{"userinfo before", "https://evil@contoso.crm4.dynamics.com", "holds an @"},
		{"backslash", `https://contoso.crm4.dynamics.com\@evil.example`, "backslash"},
		{"percent", "https://contoso.crm4.dynamics.com%2eevil.example", "percent-encoded"},
		{"percent dot", "https://contoso%2ecrm4.dynamics.com", "percent-encoded"},
		{"trailing dot", "https://contoso.crm4.dynamics.com.", "ends with a dot"},
		{"IPv4", "https://10.0.0.5/contoso", "IP address"},
		{"IPv4 as a number", "https://2130706433", "IP address"},
		{"IPv6", "https://[::1]", "IP address"},
		{"Cyrillic letter", "https://contoso.crm4.dynamiсs.com", "only look like"},
		{"fullwidth dot", "https://contoso.crm4．dynamics.com", "only look like"},
		{"ideographic dot", "https://contoso.crm4。dynamics.com", "only look like"},
		{"Kelvin sign, which lower-cases to k", "https://\u212aontoso.crm4.dynamics.com", "only look like"},
		{"soft hyphen", "https://con\u00adtoso.crm4.dynamics.com", "invisible"},
		{"right to left", "https://contoso.crm4.dynamics.com/\u202egro.live", "invisible"},
		{"line break", "https://contoso.crm4.dynamics.com\nhttps://evil.example", "line breaks"},
		{"NUL", "https://contoso.crm4.dynamics.com\x00.evil.example", "invisible"},
		{"byte that is no text", contoso + ".mcas.ms\x87", "invisible"},
		{"blank", "https://contoso.crm4.dynamics.com evil.example", "not an address"},
		{"internationalised", "https://xn--contso-90a.crm4.dynamics.com", "look-alike"},
		{"suffix elsewhere", "https://contoso.crm4.dynamics.com.evil.example", "not the address of a Dataverse environment"},
		{"suffix without its dot", "https://contoso.crm4.evil-dynamics.com", "not the address of a Dataverse environment"},
		{"suffix alone", "https://crm4.dynamics.com", "not the address of a Dataverse environment"},
		{"two organisations", "https://a.b.crm4.dynamics.com", "not the address of a Dataverse environment"},
		{"region that is none", "https://contoso.crmx.dynamics.com", "not the address of a Dataverse environment"},
		{"look-alike behind Defender", "https://evil.example.mcas.ms", "not the address of a Dataverse environment"},
		{"own server", "https://crm.contoso.local/org", "not the address of a Dataverse environment"},
		{"maker portal", "https://make.powerapps.com/environments/" + tenantID + "/home", "where apps and flows are made"},
		{"app player", "https://apps.powerapps.com/play/x", "where apps and flows are made"},
		{"Power Automate", "make.powerautomate.com", "where apps and flows are made"},
		{"admin center", "https://admin.powerplatform.microsoft.com/manage/environments/" + tenantID + "/hub", "the Power Platform admin center, not an environment"},
		{"admin center of GCC", "https://gcc.admin.powerplatform.microsoft.us", "the Power Platform admin center, not an environment"},
		{"admin center of DoD", "https://admin.appsplatform.us", "the Power Platform admin center, not an environment"},
		{"Power Pages", "https://contoso.powerappsportals.com/signin", "website made with Power Pages"},
		{"Finance and Operations", "https://contoso.operations.dynamics.com/", "Finance and Operations"},
		{"sandbox of it", "https://contoso-uat.sandbox.operations.dynamics.com/", "Finance and Operations"},
		{"Business Central", "https://businesscentral.dynamics.com/x", "Business Central"},
		{"Azure portal", "https://portal.azure.com/#home", "where applications are registered"},
		{"Entra admin center", "https://entra.microsoft.com/#view/x", "where applications are registered"},
		{"Entra of China", "https://entra.microsoftonline.cn/", "where applications are registered"},
		{"login host", "https://login.microsoftonline.com/" + tenantID, "where tokens are issued"},
		{"alias of it", "https://sts.windows.net/" + tenantID, "where tokens are issued"},
		{"Graph", "https://graph.microsoft.com/v1.0", "Microsoft Graph"},
		{"discovery", "https://globaldisco.crm.dynamics.com/api/discovery/v2.0/Instances", "discovery service"},
		{"discovery of GCC High", "https://globaldisco.crm.microsoftdynamics.us", "discovery service"},
		{"closed cloud", "https://contoso.crm.microsoftdynamics.de", "closed in 2021"},
		{"without end", "https://" + strings.Repeat("a.", 5000) + "crm4.dynamics.com", "longer than any address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			form := complete()
			form.Environment = tt.typed
			c, _, problem := only(t, connection.FieldEnvironment, form)
			if problem.Cause != "input.environment-url" || !strings.Contains(problem.Summary.String(), tt.says) {
				t.Errorf("want input.environment-url saying %q, got %s %q", tt.says, problem.Cause, problem.Summary)
			}
			if c.Environment != "" || c.Host != "" || c.Cloud.Name != "" {
				t.Errorf("a refused address came through: %+v", c)
			}
		})
	}
}

// TestRefusedEnvironmentIsNotQuoted guards against a secret that the user pasted into
// the first field.
func TestRefusedEnvironmentIsNotQuoted(t *testing.T) {
	form := complete()
	form.Environment = value
	if _, _, problem := only(t, connection.FieldEnvironment, form); strings.Contains(problem.Summary.String(), value[:8]) {
		t.Errorf("the summary repeats what was typed: %s", problem.Summary)
	}
}

// FuzzEnvironment guards that an accepted address is only https and a lower-case ASCII
// host under a suffix of the table at a label boundary, and that a browser would open the
// same host.
func FuzzEnvironment(f *testing.F) {
	for _, seed := range []string{
		"https://contoso.crm4.dynamics.com/main.aspx?x=1#y", "contoso.api.crm9.dynamics.com", "http://x@contoso.crm.dynamics.cn:443",
		`https://contoso.crm4.dynamics.com\@evil`, "https://contoso.crm4．dynamics.com", "https://contoso.crm4.dynamics.com.mcas.ms.",
		"<\"https://Contoso.CRM.microsoftdynamics.us\">", "//contoso.crm4.dynamics.com", "https://contoso.crm4.dynamics.com:443:443",
		"https://evil.example#@contoso.crm4.dynamics.com", "https://evil.example?contoso.crm4.dynamics.com",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		c, _, problems := connection.Form{Environment: typed}.Clean(cloud.Table)
		refused := len(problems) > 0 && problems[0].Field == connection.FieldEnvironment
		if refused != (c.Environment == "") {
			t.Fatalf("%q: environment %q beside problems %v", typed, c.Environment, problems)
		}
		if refused {
			if problems[0].Summary.Empty() || len(problems[0].Summary.String()) > 600 {
				t.Fatalf("%q: summary %q", typed, problems[0].Summary)
			}
			return
		}
		u, err := url.Parse(c.Environment)
		if err != nil || u.Scheme != "https" || u.Host != c.Host || u.Port() != "" || u.User != nil || u.Path+u.RawQuery+u.Fragment != "" {
			t.Fatalf("%q became %q: %v", typed, c.Environment, err)
		}
		if strings.Trim(c.Host, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || strings.HasSuffix(c.Host, ".") || strings.Contains(c.Host, "xn--") {
			t.Fatalf("%q became host %q", typed, c.Host)
		}
		if found, ok := cloud.OfEnvironment(cloud.Table, c.Host); !ok || found.Name != c.Cloud.Name {
			t.Fatalf("%q became %q of cloud %q", typed, c.Host, c.Cloud.Name)
		}
		if org, _, _ := strings.Cut(c.Host, "."); !strings.Contains(strings.ToLower(typed), org) {
			t.Fatalf("%q became %q, which was not in it", typed, c.Host)
		}
		// If the standard library can parse the text, it must find the same host.
		around := func(r rune) bool {
			return unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) || strings.ContainsRune("\"'`<>“”‘’«»„\u034f", r)
		}
		if u, err := url.Parse(strings.TrimFunc(typed, around)); err == nil && u.Scheme == "https" && u.Host != "" {
			seen := strings.ToLower(u.Hostname())
			for _, proxy := range []string{".mcas.ms", ".mcas-gov.us", ".mcas-gov.ms"} {
				seen = strings.TrimSuffix(seen, proxy)
			}
			if seen = strings.Replace(seen, ".api.", ".", 1); seen != c.Host {
				t.Fatalf("%q: a browser goes to %q, we to %q", typed, seen, c.Host)
			}
		}
		again, notes, _ := connection.Form{Environment: c.Environment}.Clean(cloud.Table)
		if again.Environment != c.Environment || len(notes) > 0 {
			t.Fatalf("%q is not stable: %q, %v", c.Environment, again.Environment, notes)
		}
	})
}
