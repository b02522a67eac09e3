package ui

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// environments answers for whatever address it is asked about, when it is let.
type environments struct {
	mu    sync.Mutex
	asked []string
	ended []string // those that were cancelled
	hold  map[string]bool
}

func (e *environments) discover(ctx context.Context, form connection.Form) (core.Discovered, bool) {
	e.mu.Lock()
	e.asked = append(e.asked, form.Environment)
	hold := e.hold[form.Environment]
	e.mu.Unlock()
	if hold {
		<-ctx.Done()
		e.mu.Lock()
		e.ended = append(e.ended, form.Environment)
		e.mu.Unlock()
	}
	return core.Discovered{TenantID: testTenant, Cloud: cloud.Cloud{Title: text.F("public cloud")}, Region: text.F("EMEA")}, true
}

func (e *environments) questions() (asked, ended string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return strings.Join(e.asked, " "), strings.Join(e.ended, " ")
}

func newDiscovery(t *testing.T, hold ...string) (*stage, *environments) {
	t.Helper()
	e := &environments{hold: map[string]bool{}}
	for _, address := range hold {
		e.hold[address] = true
	}
	return newStage(t, Options{}, func(s *stage) { s.discover = e.discover }), e
}

const (
	contoso  = "https://contoso.crm4.dynamics.com"
	fabrikam = "https://fabrikam.crm4.dynamics.com"
)

func TestTheTenantIsDiscovered(t *testing.T) {
	s, e := newDiscovery(t)
	s.w.form.environment.Entry.SetText(contoso)
	s.advance(session.TypingPause)
	s.advance(session.DiscoverPause - session.TypingPause - 1)
	if asked, _ := e.questions(); asked != "" {
		t.Errorf("before the pause is over it asks %s", asked)
	}
	s.advance(1)
	s.until("the answer", func() bool { return s.w.form.environment.Note() != "" })
	if got := s.w.form.environment.Note(); got != "contoso · public cloud · EMEA" {
		t.Errorf("the environment: %q", got)
	}
	if got := s.w.form.tenant.Note(); got != "Discovered: "+testTenant {
		t.Errorf("the tenant: %q", got)
	}
	if got := s.w.choice("v2").TenantID; got != testTenant {
		t.Errorf("the consent page is about the tenant %q", got)
	}
	s.w.form.client.Entry.SetText(testClient)
	s.advance(session.DiscoverPause)
	if asked, _ := e.questions(); asked != contoso {
		t.Errorf("another field made it ask %s", asked)
	}
	s.w.form.environment.Entry.SetText(fabrikam)
	s.advance(session.TypingPause)
	if s.w.form.environment.Note() != "" || s.w.form.tenant.Note() != "" || s.w.choice("v2").TenantID != "" {
		t.Errorf("the facts are about the address before: %q, %q", s.w.form.environment.Note(), s.w.form.tenant.Note())
	}
}

func TestAFieldThatIsLeftIsAskedAtOnce(t *testing.T) {
	s, _ := newDiscovery(t)
	for _, letter := range contoso {
		s.w.form.environment.Entry.TypedRune(letter)
	}
	s.w.win.Canvas().FocusNext()
	s.until("the answer", func() bool { return s.w.form.tenant.Note() != "" })
}

// TestNewerTypingEndsTheQuestion guards that an answer about another address is
// not shown, and that its request does not go on.
func TestNewerTypingEndsTheQuestion(t *testing.T) {
	s, e := newDiscovery(t, contoso)
	s.w.form.environment.Entry.SetText(contoso)
	s.advance(session.TypingPause)
	s.advance(session.DiscoverPause)
	s.until("the question", func() bool { asked, _ := e.questions(); return asked == contoso })
	s.w.form.environment.Entry.SetText(fabrikam)
	s.until("its end", func() bool { _, ended := e.questions(); return ended == contoso })
	s.advance(session.TypingPause)
	s.advance(session.DiscoverPause)
	s.until("the answer", func() bool { return s.w.form.environment.Note() == "fabrikam · public cloud · EMEA" })
}

func TestAnAddressThatCannotBeUsedIsNotAsked(t *testing.T) {
	s, e := newDiscovery(t)
	s.problems = []connection.Problem{{Field: connection.FieldEnvironment, Summary: text.Raw("This is no environment.")}}
	s.w.form.environment.Entry.SetText("make.powerapps.com")
	s.advance(session.TypingPause)
	s.w.win.Canvas().FocusNext()
	s.advance(session.DiscoverPause)
	if asked, _ := e.questions(); asked != "" {
		t.Errorf("it asks %s", asked)
	}
}

// TestAnotherTenantIsSaidBeforeASecretIsSent guards the contradiction between
// what was typed and what the environment says.
func TestAnotherTenantIsSaidBeforeASecretIsSent(t *testing.T) {
	s, _ := newDiscovery(t)
	form := filledForm()
	form.Tenant = testClient
	s.w.form.fill(form)
	s.advance(session.DiscoverPause)
	s.until("the answer", func() bool { return s.w.form.environment.Note() != "" })
	if got := s.w.form.tenant.Problem(); got != "The environment belongs to another tenant: "+testTenant+"." {
		t.Errorf("it says %q", got)
	}
	for _, typed := range []string{testTenant, strings.ToUpper(testTenant), "contoso.onmicrosoft.com"} {
		s.w.form.tenant.Entry.SetText(typed)
		s.w.session.Look()
		if got := s.w.form.tenant.Problem(); got != "" {
			t.Errorf("of %q it says %q", typed, got)
		}
	}
}

// TestTheShownAddressLearnsTheTenant guards the consent page's address that was
// opened before the environment had answered.
func TestTheShownAddressLearnsTheTenant(t *testing.T) {
	j := newJourney(t)
	j.s.w.deps.Discover = (&environments{}).discover
	j.s.w.session.ForgetDiscovery()
	j.s.w.session.Look()
	j.s.press("Open consent page")
	j.s.until("the tenant", func() bool { return j.choice.TenantID == testTenant })
	j.s.press("Close")
	if j.s.w.consenting != nil {
		t.Error("the window keeps a dialog that is closed")
	}
}
