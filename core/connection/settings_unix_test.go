//go:build unix

package connection_test

import "testing"

// TestSettingsComeBackWithAnyName guards the quoting in a .env, with file names that
// Windows does not allow.
func TestSettingsComeBackWithAnyName(t *testing.T) {
	for _, name := range []string{`s2s 'app' "2" \new.pem`, `\n.pem`, `"both".pem`, `$HOME.pem`} {
		settingsComeBack(t, name)
	}
}
