package paste_test

import "github.com/s2sdoctor/s2sdoctor/core/secret"

func plain(v secret.Value) (text string) {
	v.Use(func(s string) { text = s })
	return text
}

func secretOf(s string) secret.Value { return secret.New(s) }
