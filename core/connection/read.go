package connection

import (
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Host splits an address into its host, in lower case, and everything behind it;
// false for a text that is no address.
func Host(text string) (host, path string, ok bool) {
	a, why := splitAddress(text)
	if !why.Empty() || !a.unusable().Empty() {
		return "", "", false
	}
	return a.host, a.path, true
}

// IsElsewhere reports whether a host, in lower case, is known and no environment.
func IsElsewhere(clouds []cloud.Cloud, host string) bool { return !elsewhere(clouds, host).Empty() }

// KindOfAddress names what an environment's address was of by what follows
// its host; empty where nothing does.
func KindOfAddress(path string) text.Text { return kindOfAddress(path) }

// TenantOfAuthority returns the one tenant that a login address names.
func TenantOfAuthority(clouds []cloud.Cloud, text string) (string, bool) {
	found, why := tenantOfAuthority(clouds, text)
	if why.Empty() {
		_, why = tenant(clouds, found.tenant)
	}
	return found.tenant, why.Empty()
}
