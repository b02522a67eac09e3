package record

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/cloud"
)

// pseudonyms replaces identifiers: equal ones, in any case, by equal ones, and
// different ones by different ones.
type pseudonyms struct {
	clouds []cloud.Cloud
	// source is everything that is recorded, in lower case: what occurs in it is
	// no pseudonym, or a reader could take one for the other.
	source string
	given  map[string]string
	counts map[string]int
	// texts are replaced everywhere, also inside words: names of people
	// and organisations, labels of hosts.
	texts map[string]string
	// matcher finds texts in all their spellings, as far as they were known when a
	// pass began, see [pseudonyms.begin].
	matcher *matcher
}

func newPseudonyms(clouds []cloud.Cloud, source string) *pseudonyms {
	return &pseudonyms{
		clouds: clouds, source: strings.ToLower(source),
		given: map[string]string{}, counts: map[string]int{}, texts: map[string]string{}, matcher: newMatcher(nil),
	}
}

// of returns the pseudonym of an identifier, made by format from a number.
func (p *pseudonyms) of(class, original string, format func(n int) string) string {
	key := class + "\x00" + strings.ToLower(original)
	if known, ok := p.given[key]; ok {
		return known
	}
	for {
		p.counts[class]++
		made := format(p.counts[class])
		if !strings.Contains(p.source, strings.ToLower(made)) {
			p.given[key] = made
			return made
		}
	}
}

func numbered(prefix string) func(int) string {
	return func(n int) string { return fmt.Sprintf("%s%d", prefix, n) }
}

// guid takes a GUID of 32 hexadecimal digits, with or without hyphens, and
// returns one in the same form and case.
func (p *pseudonyms) guid(text string) string {
	naked := strings.ToLower(strings.ReplaceAll(text, "-", ""))
	if publicGUID(naked) {
		return text
	}
	made := p.of("guid", naked, func(n int) string { return fmt.Sprintf("%08x-0000-4000-8000-%012x", n, n) })
	if !strings.Contains(text, "-") {
		made = strings.ReplaceAll(made, "-", "")
	}
	if text == strings.ToUpper(text) && text != strings.ToLower(text) {
		made = strings.ToUpper(made)
	}
	return made
}

// publicGUIDs are the same in every tenant.
//
// Sources: learn.microsoft.com/power-apps/developer/data-platform/security-roles
// (role template of System Administrator),
// learn.microsoft.com/entra/identity-platform/access-token-claims-reference
// (tenant of personal accounts),
// learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in.
var publicGUIDs = map[string]bool{
	"00000000000000000000000000000000": true, // never filled in
	"627090ff40a340538790584edc5be201": true, // System Administrator
	"119f245c3cc84b62b31cd1a046ced15d": true, // System Customizer
	"9188040d6c674c5bb11236a304b66dad": true, // personal accounts
	"f8cdef31a31e4b4a93e45f571e91255a": true, // Microsoft Services, the tenant of first-party applications
	"04b077958ddb461abbee02f9e1bf7b46": true, // Azure CLI
}

// publicGUID reports whether a GUID of 32 digits is no property of a tenant: a
// listed one, or one of Microsoft's own applications such as Dynamics CRM
// (00000007-0000-0000-c000-000000000000).
func publicGUID(naked string) bool {
	return publicGUIDs[naked] ||
		strings.HasPrefix(naked, "000000") && strings.HasSuffix(naked, "00000000c000000000000000")
}

// metadataService is the same address in every virtual machine of Azure.
var metadataService = netip.AddrFrom4([4]byte{169, 254, 169, 254})

// ip returns an address of the ranges for documentation (RFC 5737, RFC 3849);
// loopback, unspecified and public ones stay.
func (p *pseudonyms) ip(text string) string {
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.IsLoopback() || addr.IsUnspecified() || addr == metadataService {
		return text
	}
	if addr.Unmap().Is4() {
		return p.of("ip4", addr.Unmap().String(), func(n int) string {
			nets := []string{"192.0.2", "198.51.100", "203.0.113"}
			if n <= 3*254 {
				return fmt.Sprintf("%s.%d", nets[(n-1)/254], (n-1)%254+1)
			}
			return fmt.Sprintf("ip%d", n) // the ranges for documentation are used up
		})
	}
	return p.of("ip6", addr.WithZone("").String(), func(n int) string { return fmt.Sprintf("2001:db8::%x", n) })
}

// name returns the pseudonym of a text that is an identifier as a whole, and has
// it replaced everywhere else.
func (p *pseudonyms) name(class, text string) string {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		return text
	}
	made := p.of("any name", trimmed, func(int) string {
		p.counts[class]++
		return fmt.Sprintf("%s%d", class, p.counts[class])
	})
	if class == "user" || class == "organization" || class == "org" {
		p.parts(trimmed)
	}
	if key := strings.ToLower(strings.TrimFunc(trimmed, punctuation)); len(key) > 1 && !vocabulary()[key] && p.texts[key] == "" {
		p.texts[key] = made
	}
	return made
}

func punctuation(r rune) bool { return !wordRune(r) }

// parts has the words of a name replaced by themselves, too: the organisation
// without its legal form, a person's first name.
func (p *pseudonyms) parts(text string) {
	const telling = 4
	for _, w := range word.FindAllString(text, -1) {
		if len([]rune(w)) >= telling && !strings.EqualFold(w, text) && !vocabulary()[strings.ToLower(w)] {
			p.name("name", w)
		}
	}
}

// mail keeps that it is an address, and where two are of one domain.
func (p *pseudonyms) mail(text string) string {
	at := strings.LastIndexByte(text, '@')
	local, host := text[:at], text[at+1:]
	return p.name("user", local) + "@" + p.host(host)
}
