//go:build !windows && !darwin

package transport

import "net/url"

// systemProxy: on Linux the environment is the setting.
func systemProxy(*url.URL) (*url.URL, error) { return nil, nil }
