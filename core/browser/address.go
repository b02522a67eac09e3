package browser

import (
	"net/netip"
	"net/url"
	"strings"
)

// MaxAddress is the longest address that is opened, in bytes.
const MaxAddress = 8 << 10

// AddressError is the reason why an address is not opened.
type AddressError struct{ Reason string }

// Error is a sentence without the address, which may hold anything.
func (e *AddressError) Error() string { return "this address is not opened: " + e.Reason }

// check refuses everything that some operating system could take for something
// else than a web page: Windows starts any handler that a scheme has.
func (o Opener) check(address string) error {
	if len(address) > MaxAddress {
		return &AddressError{"it is longer than 8 KiB"}
	}
	if strings.IndexFunc(address, notOfAnAddress) >= 0 {
		return &AddressError{"it has a character that no web address has"}
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return &AddressError{"it is not an address"}
	case !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://"):
		return &AddressError{"only https:// is"}
	case u.User != nil:
		return &AddressError{"it has a user name in it, which is a way to disguise the host"}
	case !isHost(u.Hostname()):
		return &AddressError{"it has no host"}
	case u.Scheme == "https":
		return nil
	case !o.Loopback:
		return &AddressError{"only https:// is"}
	case !loopback(u.Hostname()):
		return &AddressError{"http:// is for the sandbox on this computer only"}
	}
	return nil
}

// notOfAnAddress is everything outside RFC 3986's characters: controls, blanks,
// quotes, backslashes, and letters that look like others.
func notOfAnAddress(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	}
	return !strings.ContainsRune("-._~:/?#[]@!$&'()*+,;=%", r)
}

// isHost accepts a DNS name of ASCII letters (an international one is spelled
// xn--…) or an IP address; nothing percent-encoded.
func isHost(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	other := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
	}
	return strings.Trim(host, ".") != "" && strings.IndexFunc(host, other) < 0
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
