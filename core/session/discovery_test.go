package session

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// environments responds for any address.
type environments struct {
	asked, ended []string
	hold         string // no response for this address
}

func (e *environments) discover(ctx context.Context, form connection.Form) (core.Discovered, bool) {
	e.asked = append(e.asked, form.Environment)
	if form.Environment == e.hold {
		<-ctx.Done()
		e.ended = append(e.ended, form.Environment)
	}
	return core.Discovered{TenantID: testTenant, Cloud: cloud.Cloud{Title: text.F("public cloud")}, Region: text.F("EMEA")}, true
}

// discoverable makes every environment respond.
func (b *bench) discoverable() *environments {
	e := &environments{}
	b.doctor.discover = e.discover
	return e
}

func TestDiscovery(t *testing.T) {
	run(t, func(b *bench) {
		e := b.discoverable()
		b.edit(func(t *Typed) { t.Environment = contoso })
		b.sleep(DiscoverPause - 1)
		if len(e.asked) != 0 {
			b.Errorf("asked %q before the pause", e.asked)
		}
		b.sleep(1)
		form := b.s.State().Form
		if got := form.Place.String(); got != "contoso · public cloud · EMEA" {
			b.Errorf("place %q", got)
		}
		if got := b.noted(connection.FieldTenant); got != "Discovered: "+testTenant || form.Tenant != testTenant {
			b.Errorf("tenant %q, %q", got, form.Tenant)
		}
		b.edit(func(t *Typed) { t.ClientID = testClient })
		b.sleep(DiscoverPause)
		if !slices.Equal(e.asked, []string{contoso}) {
			b.Errorf("another field made it ask %q", e.asked)
		}
		b.edit(func(t *Typed) { t.Environment = fabrikam })
		if got := b.s.State().Form.Tenant; got != "" {
			b.Errorf("tenant %q is that of the address before", got)
		}
		b.sleep(TypingPause)
		if form := b.s.State().Form; !form.Place.Empty() || b.noted(connection.FieldTenant) != "" {
			b.Errorf("place %q is that of the address before", form.Place)
		}
	})
}

func TestDiscoveryOfLeftField(t *testing.T) {
	run(t, func(b *bench) {
		e := b.discoverable()
		b.s.Focus(connection.FieldEnvironment)
		b.edit(func(t *Typed) { t.Environment = contoso })
		b.s.Leave(connection.FieldEnvironment)
		b.pump()
		if len(e.asked) != 1 || b.s.State().Form.Tenant != testTenant {
			b.Errorf("asked %q, tenant %q", e.asked, b.s.State().Form.Tenant)
		}
	})
}

// TestDiscoveryEndsWithTyping guards that a late result is not shown, and that its
// request is cancelled.
func TestDiscoveryEndsWithTyping(t *testing.T) {
	run(t, func(b *bench) {
		e := b.discoverable()
		e.hold = contoso
		b.edit(func(t *Typed) { t.Environment = contoso })
		b.sleep(DiscoverPause)
		b.edit(func(t *Typed) { t.Environment = fabrikam })
		b.pump()
		if !slices.Equal(e.ended, []string{contoso}) {
			b.Errorf("ended %q", e.ended)
		}
		b.sleep(DiscoverPause)
		if got := b.s.State().Form.Place.String(); got != "fabrikam · public cloud · EMEA" {
			b.Errorf("place %q", got)
		}
	})
}

func TestDiscoverySkipsUnusableAddress(t *testing.T) {
	run(t, func(b *bench) {
		e := b.discoverable()
		b.doctor.problems = []connection.Problem{{Field: connection.FieldEnvironment, Summary: text.Raw("This is no environment.")}}
		b.edit(func(t *Typed) { t.Environment = "make.powerapps.com" })
		b.sleep(TypingPause)
		b.s.Leave(connection.FieldEnvironment)
		b.sleep(DiscoverPause)
		if len(e.asked) != 0 {
			b.Errorf("asked %q", e.asked)
		}
	})
}

// TestContradictionOfTenants guards that a secret is not sent to a tenant that the
// environment does not belong to.
func TestContradictionOfTenants(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		bad         bool
	}{
		{"another tenant", testClient, true},
		{"another tenant in braces", " {" + testClient + "} ", true},
		{"another tenant without hyphens", strings.ReplaceAll(testClient, "-", ""), true},
		{"its own", testTenant, false},
		{"its own in capitals", strings.ToUpper(testTenant), false},
		{"its own in braces", "{" + testTenant + "}", false},
		{"a domain", "contoso.onmicrosoft.com", false},
		{"nothing", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			run(t, func(b *bench) {
				b.discoverable()
				form := filledForm()
				form.Tenant = c.typed
				b.s.Fill(form)
				b.sleep(DiscoverPause)
				want := ""
				if c.bad {
					want = "The environment belongs to another tenant: " + testTenant + "."
				}
				if got := b.problem(connection.FieldTenant); got != want {
					b.Errorf("got %q, want %q", got, want)
				}
			})
		})
	}
}
