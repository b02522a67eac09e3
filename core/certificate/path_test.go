package certificate_test

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
)

func TestPath(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	in := filepath.Join(home, "app.pem")
	cases := []struct{ text, want string }{
		{"app.pem", "app.pem"},
		{` "app.pem"` + "\n", "app.pem"},
		{"~/app.pem", in},
		{"$HOME/app.pem", in},
		{"${HOME}/app.pem", in},
		{`%USERPROFILE%\app.pem`, in},
		{`$env:USERPROFILE\app.pem`, in},
		{"~ana/app.pem", "~ana/app.pem"},
		{"app~1.pem", "app~1.pem"},
		{"", ""},
	}
	if runtime.GOOS != "windows" {
		cases = append(cases, []struct{ text, want string }{
			{"file:///etc/my%20app.pem", "/etc/my app.pem"},
			{"file://localhost/etc/app.pem", "/etc/app.pem"},
			{"FILE:/etc/app.pem", "/etc/app.pem"},
			{"file:app.pem", "app.pem"},
			{"file:///etc/%zz", "file:///etc/%zz"},
		}...)
	}
	for _, tt := range cases {
		if got := certificate.Path(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}
