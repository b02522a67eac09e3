package cloud_test

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
)

func TestOfEnvironment(t *testing.T) {
	cases := map[string]string{
		"contoso.crm.dynamics.com":           "public",
		"contoso.crm4.dynamics.com":          "public",
		"contoso.api.crm11.dynamics.com":     "public",
		"contoso.crm99.dynamics.com":         "public", // Microsoft keeps adding regions
		"org-1.crm4.dynamics.com":            "public",
		"contoso.crm9.dynamics.com":          "gcc",
		"contoso.api.crm9.dynamics.com":      "gcc",
		"contoso.crm.microsoftdynamics.us":   "gcchigh",
		"contoso.crm.appsplatform.us":        "dod",
		"contoso.crm.dynamics.cn":            "china",
		"crm4.dynamics.com":                  "",
		"dynamics.com":                       "",
		"contoso.dynamics.com":               "",
		"contoso.operations.dynamics.com":    "",
		"contoso.crm4.dynamics.com.evil.com": "",
		"contoso.crm4.evil-dynamics.com":     "",
		"contoso.crm4.dynamics.com.":         "",
		"contoso.crm4x.dynamics.com":         "",
		"a.b.crm4.dynamics.com":              "",
		".crm4.dynamics.com":                 "",
		"-contoso.crm4.dynamics.com":         "",
		"contoso.crm4.dynamics.com:443":      "",
		"user@contoso.crm4.dynamics.com":     "",
		"contoso.crm4.dynamics.com/x":        "",
		"соntoso.crm4.dynamics.com":          "", // Cyrillic с and о
		"CONTOSO.crm4.dynamics.com":          "", // the caller lower-cases
		"":                                   "",
	}
	for host, want := range cases {
		got, ok := cloud.OfEnvironment(cloud.Table, host)
		if got.Name != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", host, got.Name, ok, want)
		}
	}
}

func TestOfLogin(t *testing.T) {
	cases := map[string]string{
		"login.microsoftonline.com":          "gcc public",
		"login.windows.net":                  "gcc public",
		"login.microsoftonline.us":           "gcchigh dod",
		"login.partner.microsoftonline.cn":   "china",
		"login.chinacloudapi.cn":             "china",
		"login.microsoftonline.com.evil.com": "",
		"evil-login.microsoftonline.com":     "",
		"login.microsoftonline.com:443":      "",
		"login.microsoftonline.de":           "",
		"":                                   "",
	}
	for host, want := range cases {
		var names []string
		for _, c := range cloud.OfLogin(cloud.Table, host) {
			names = append(names, c.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q: got %q, want %q", host, got, want)
		}
	}
}

// TestTableIsComplete guards that every row has its hosts, portals and suffix: without
// them links lead nowhere.
func TestTableIsComplete(t *testing.T) {
	names := map[string]bool{}
	for _, c := range cloud.Table {
		if names[c.Name] {
			t.Errorf("%s is there twice", c.Name)
		}
		names[c.Name] = true
		if c.Title.Empty() || c.Login == "" || c.Graph == "" || len(c.Suffixes) == 0 || c.Portal == "" || c.Admin == "" {
			t.Errorf("%s is not whole: %+v", c.Name, c)
		}
		if !c.Issues(c.Login) {
			t.Errorf("%s does not issue at its own login host", c.Name)
		}
	}
}

func TestRegionTitle(t *testing.T) {
	for host, want := range map[string]string{
		"contoso.crm4.dynamics.com": "EMEA", "contoso.api.crm.dynamics.com": "North America", "contoso.crm99.dynamics.com": "",
	} {
		if got := cloud.RegionTitle(host).String(); got != want {
			t.Errorf("%s: got %q, want %q", host, got, want)
		}
	}
}

// FuzzOfEnvironment guards that an accepted host ends with a suffix of the table at a
// label boundary, and consists of lower-case letters, digits, hyphens and dots.
func FuzzOfEnvironment(f *testing.F) {
	for _, host := range []string{"contoso.crm4.dynamics.com", "contoso.api.crm.dynamics.cn", "x@y.crm4.dynamics.com", "a.crm4.dynamics.com.evil"} {
		f.Add(host)
	}
	f.Fuzz(func(t *testing.T, host string) {
		c, ok := cloud.OfEnvironment(cloud.Table, host)
		if !ok {
			return
		}
		suffixed := false
		for _, s := range c.Suffixes {
			suffixed = suffixed || strings.HasSuffix(host, "."+s)
		}
		if !suffixed || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
			t.Errorf("%q was accepted as %s", host, c.Name)
		}
	})
}
