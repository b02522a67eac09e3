package browser

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestAddressesAccepted(t *testing.T) {
	sandbox := Opener{Loopback: true}
	for _, c := range []struct {
		opener  Opener
		address string
	}{
		{Opener{}, "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?scope=a%20b&state=x"},
		{Opener{}, "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/1"},
		{Opener{}, "https://contoso.crm4.dynamics.com:443/main.aspx?etn=systemuser"},
		{Opener{}, "https://localhost:5001/"},
		{Opener{}, "https://xn--bcher-kva.example/"},
		{sandbox, "http://127.0.0.1:5001/t/oauth2/authorize?client_id=1"},
		{sandbox, "http://localhost:5001"},
		{sandbox, "http://[::1]:5001/"},
	} {
		if err := c.opener.check(c.address); err != nil {
			t.Errorf("%s: %v", c.address, err)
		}
	}
}

func TestAddressesThatAreNot(t *testing.T) {
	for name, address := range map[string]string{
		"empty":                    "",
		"file":                     "file:///etc/passwd",
		"script":                   "javascript:alert(1)",
		"data":                     "data:text/html,x",
		"troubleshooter":           "ms-msdt:/id PCWDiagnostic",
		"search":                   "search-ms:query=x",
		"UNC path":                 `\\evil\share\x.exe`,
		"UNC path with slashes":    "//evil/share",
		"Windows path":             `C:\Windows\System32\calc.exe`,
		"https without slashes":    "https:evil.example",
		"https without host":       "https:///evil.example",
		"https with dots as host":  "https://./",
		"upper-case scheme":        "HTTPS://evil.example",
		"http":                     "http://login.microsoftonline.com/",
		"http on loopback":         "http://127.0.0.1:5001/",
		"user name":                "https://login.microsoftonline.com@evil.example/",
		"backslash":                `https://login.microsoftonline.com\@evil.example/`,
		"newline":                  "https://a.example/\nfile:///x",
		"tab":                      "https://a.example/\tx",
		"NUL":                      "https://a.example/\x00",
		"blank":                    "https://a.example/ --disable-web-security",
		"quote":                    `https://a.example/" --load-extension="x`,
		"option":                   "--utility-cmd-prefix=calc",
		"look-alike letters":       "https://lоgin.microsoftonline.com/",
		"percent-encoded host":     "https://%C3%A9vil.example/",
		"percent-encoded zone":     "https://[fe80::1%25eth0]/x y",
		"not an address":           "https://a.example/%zz",
		"longer than 8 KiB":        "https://a.example/" + strings.Repeat("a", MaxAddress),
		"right-to-left override":   "https://a.example/\u202etxt.exe",
		"full-width dot":           "https://login。microsoftonline.com/",
		"pipe, as a shell sees it": "https://a.example/|calc",
	} {
		t.Run(name, func(t *testing.T) {
			var refused *AddressError
			if err := (Opener{}).Open(t.Context(), address); !errors.As(err, &refused) {
				t.Fatalf("Open = %v, want an AddressError", err)
			}
			if err := (Browser{Name: "x", path: "/nonexistent"}).Open(t.Context(), address); !errors.As(err, &refused) {
				t.Errorf("Browser.Open = %v, want an AddressError", err)
			}
		})
	}
}

func TestSandboxHTTPOnLoopbackOnly(t *testing.T) {
	for _, address := range []string{"http://127.0.0.1.evil.example/", "http://localhost.example/", "http://192.168.1.1/", "http://10.0.0.1:80/", "http://0.0.0.0/"} {
		if err := (Opener{Loopback: true}).check(address); err == nil {
			t.Errorf("%s passes", address)
		}
	}
}

// FuzzAddress guards that an accepted address is https (or http on loopback, for the
// sandbox), plain ASCII and without user name, and cannot be read as an option.
func FuzzAddress(f *testing.F) {
	f.Add("https://login.microsoftonline.com/x?y=z#a", false)
	f.Add("http://localhost:1/", true)
	f.Add(`https://a\@b/`, true)
	f.Fuzz(func(t *testing.T, address string, allow bool) {
		if (Opener{Loopback: allow}).check(address) != nil {
			return
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Fatalf("%q is accepted and does not parse", address)
		}
		safe := u.Scheme == "https" || u.Scheme == "http" && allow && loopback(u.Hostname())
		if !safe || u.Hostname() == "" || u.User != nil || u.Opaque != "" || len(address) > MaxAddress {
			t.Errorf("%q is accepted", address)
		}
		for i := range len(address) {
			if b := address[i]; b <= ' ' || b > '~' || b == '"' || b == '\\' || b == '`' || b == '<' || b == '>' || b == '|' || b == '^' {
				t.Errorf("%q is accepted with %q in it", address, b)
			}
		}
	})
}
