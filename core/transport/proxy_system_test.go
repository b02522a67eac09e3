package transport

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSystemSettings(t *testing.T) {
	scutil := `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
  }
  HTTPEnable : 0
  HTTPSEnable : 1
  HTTPSPort : 8080
  HTTPSProxy : proxy.corp.example
}`
	cases := []struct {
		name      string
		got, want systemSetting
	}{
		{"windows, one proxy for all", windowsSetting(true, "proxy:8080", ""), systemSetting{Proxy: "proxy:8080"}},
		{"windows, one for each scheme", windowsSetting(true, "http=a:80;https=b:443;ftp=c:21", "*.corp.example;<local>"), systemSetting{Proxy: "b:443", Bypass: []string{".corp.example"}}},
		{"windows, only for http", windowsSetting(true, "http=a:80", ""), systemSetting{}},
		{"windows, switched off", windowsSetting(false, "proxy:8080", ""), systemSetting{}},
		{"windows, with a scheme", windowsSetting(true, "http://proxy:8080", ""), systemSetting{Proxy: "proxy:8080"}},
		{"macOS", macSetting(scutil), systemSetting{Proxy: "proxy.corp.example:8080", Bypass: []string{".local", "169.254/16"}}},
		{"macOS, none", macSetting("<dictionary> {\n  HTTPSEnable : 0\n}"), systemSetting{}},
	}
	for _, tc := range cases {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

func TestSystemSettingIsUsed(t *testing.T) {
	s := systemSetting{Proxy: "proxy:8080", Bypass: []string{".corp.example"}}
	for address, want := range map[string]string{
		"https://login.microsoftonline.com/": "http://proxy:8080",
		"https://intranet.corp.example/":     "<nil>",
	} {
		u, _ := url.Parse(address)
		got, err := s.find(u)
		shown := "<nil>"
		if got != nil {
			shown = got.String()
		}
		if err != nil || shown != want {
			t.Errorf("%s: got %s, %v; want %s", address, shown, err, want)
		}
	}
}
