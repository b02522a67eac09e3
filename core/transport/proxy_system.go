package transport

import (
	"bufio"
	"net/url"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// systemSetting is the operating system's fixed proxy for https, if it has one. A proxy
// script (PAC) is not run: the user must set its result in HTTPS_PROXY.
type systemSetting struct {
	// Proxy is host:port, or ""; Bypass are the hosts that go direct, as
	// NO_PROXY has them.
	Proxy  string
	Bypass []string
}

func (s systemSetting) find(u *url.URL) (*url.URL, error) {
	if s.Proxy == "" {
		return nil, nil
	}
	c := httpproxy.Config{HTTPSProxy: "http://" + s.Proxy, NoProxy: strings.Join(s.Bypass, ",")}
	return c.ProxyFunc()(u)
}

// windowsSetting reads the values ProxyServer and ProxyOverride of the Internet
// Settings: "proxy:8080" or "http=a:80;https=b:443", and "*.corp;<local>".
//
// Source: learn.microsoft.com/windows/win32/wininet/setting-and-retrieving-internet-options.
func windowsSetting(enabled bool, server, override string) systemSetting {
	if !enabled {
		return systemSetting{}
	}
	var s systemSetting
	for _, part := range strings.FieldsFunc(server, func(r rune) bool { return r == ';' || r == ' ' }) {
		scheme, proxy, named := strings.Cut(part, "=")
		switch {
		case !named && s.Proxy == "":
			s.Proxy = part
		case named && strings.EqualFold(scheme, "https"):
			s.Proxy = proxy
		}
	}
	s.Proxy = strings.TrimPrefix(s.Proxy, "http://")
	for _, host := range strings.FieldsFunc(override, func(r rune) bool { return r == ';' || r == ' ' }) {
		if host != "<local>" {
			s.Bypass = append(s.Bypass, strings.TrimPrefix(host, "*"))
		}
	}
	return s
}

// macSetting reads what "scutil --proxy" prints.
func macSetting(text string) systemSetting {
	var s systemSetting
	values := map[string]string{}
	inExceptions := false
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		name, value, ok := strings.Cut(line, " : ")
		switch {
		case line == "}":
			inExceptions = false
		case ok && name == "ExceptionsList":
			inExceptions = true
		case ok && inExceptions:
			s.Bypass = append(s.Bypass, strings.TrimPrefix(value, "*"))
		case ok:
			values[name] = value
		}
	}
	if values["HTTPSEnable"] == "1" && values["HTTPSProxy"] != "" {
		s.Proxy = values["HTTPSProxy"]
		if port := values["HTTPSPort"]; port != "" {
			s.Proxy += ":" + port
		}
	}
	return s
}
