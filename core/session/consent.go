package session

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Consent is the way to Microsoft's consent page and back.
type Consent struct {
	// Offered reports whether there is a browser to open the page.
	Offered bool
	// Open reports whether the user is at it; what follows is zero if not.
	Open bool
	// Style and SignInName are the user's choices: how to ask for consent, and the
	// account that should sign in, "" for any. They count until the page is opened.
	Style      consent.Style
	SignInName string
	// Prompt is the screen that the page is asked to show besides, where its style has it.
	Prompt consent.Prompt
	// Attempt has the address of the page. Problem is why it has no address.
	Attempt consent.Attempt
	Problem text.Text
	// Private are the names of the browsers that have a private window.
	Private []string

	Phase ConsentPhase
	// Host is that of the page, once it is opened.
	Host string
	// Left is how long the response is still waited for, rounded up to a second, while
	// Deadline is not zero.
	Left     time.Duration
	Deadline time.Time
	// Request is what the user has to do in [ConsentPaste].
	Request text.Text
	// Failure is what went wrong in [ConsentFailed].
	Failure *ConsentFailure
	// Unread is why what was pasted decides nothing.
	Unread text.Text
}

// ConsentPhase is how far the user is with the consent page.
type ConsentPhase string

// The phases. The first is the zero value.
const (
	ConsentChoosing    ConsentPhase = ""
	ConsentBrowser     ConsentPhase = "browser" // the browser is about to open
	ConsentOpening     ConsentPhase = "opening"
	ConsentWaiting     ConsentPhase = "waiting"
	ConsentCopyAddress ConsentPhase = "copy-address" // no browser could be opened
	ConsentAnswered    ConsentPhase = "answered"     // consent is given; the connection is being examined
	ConsentCancelling  ConsentPhase = "cancelling"   // the examination was cancelled
	ConsentPaste       ConsentPhase = "paste"        // the user has to paste what they see
	ConsentFailed      ConsentPhase = "failed"
)

// UnderWay reports whether there is something to stop.
func (p ConsentPhase) UnderWay() bool {
	switch p {
	case ConsentBrowser, ConsentOpening, ConsentWaiting, ConsentCopyAddress, ConsentAnswered:
		return true
	}
	return false
}

// consenting is the consent under way.
type consenting struct {
	private []PrivateBrowser
	// waiting is the wait for the page's response; reading, at the same time, of what was
	// pasted.
	waiting, reading latest
	tick             func() // cancels the next look at the clock, or nil
}

// OpenConsent begins the way to the consent page, or asks for the field that the
// address needs.
func (s *Session) OpenConsent() {
	if !s.state.Consent.Offered || s.state.Consent.Open || s.state.Examination.Active {
		return
	}
	style := consent.V2
	if s.state.Guide.Path == guide.Classic {
		style = consent.Authorize // that of the article
	}
	if _, err := s.doctor().ConsentURL(s.state.Form.Used(), s.consentChoice(style, "")); err != nil {
		s.consentRefused(err)
		return
	}
	s.openConsent(style, consent.NoPrompt)
}

func (s *Session) openConsent(style consent.Style, prompt consent.Prompt) {
	s.consent.private = s.deps.Browsers.Private()
	var names []string
	for _, b := range s.consent.private {
		names = append(names, b.Name)
	}
	s.update(func(state *State) {
		state.Consent = Consent{Offered: true, Open: true, Style: style, Prompt: prompt, Private: names}
		s.buildConsent()
	})
	s.DiscoverNow()
}

// consentRefused shows why no address can be built, at its field.
func (s *Session) consentRefused(err error) {
	var request *consent.RequestError
	if errors.As(err, &request) && request.Field != "" {
		s.blame(request.Field, request.Summary)
		return
	}
	s.notify(Bad, text.OfError(err))
}

// CloseConsent ends it.
func (s *Session) CloseConsent() {
	s.consent.end()
	s.update(func(state *State) { state.Consent = Consent{Offered: state.Consent.Offered} })
}

// ChooseConsentStyle changes the way to ask for consent.
func (s *Session) ChooseConsentStyle(style consent.Style) {
	s.editConsent(func(c *Consent) { c.Style = style })
}

// ExpectConsentBy sets the sign-in name of the user who should consent; "" for any.
func (s *Session) ExpectConsentBy(signInName string) {
	s.editConsent(func(c *Consent) { c.SignInName = signInName })
}

func (s *Session) editConsent(change func(*Consent)) {
	if !s.state.Consent.Open {
		return
	}
	s.update(func(state *State) {
		change(&state.Consent)
		s.buildConsent()
	})
}

// rebuildConsent shows the address again after the tenant in it has become known. An
// address that was opened stays: what is pasted is compared with it.
func (s *Session) rebuildConsent() {
	if c := s.state.Consent; c.Open && c.Phase == ConsentChoosing {
		s.update(func(*State) { s.buildConsent() })
	}
}

// buildConsent shows the address for what is chosen now.
func (s *Session) buildConsent() {
	c := &s.state.Consent
	attempt, err := s.doctor().ConsentURL(s.state.Form.Used(), s.consentChoice(c.Style, c.SignInName))
	c.Problem = text.OfError(err)
	if err == nil {
		c.Attempt = attempt
	}
}

func (s *Session) consentChoice(style consent.Style, signInName string) core.ConsentChoice {
	choice := core.ConsentChoice{Style: style, LoginHint: signInName, TenantID: s.ownTenant(), Locale: s.deps.Locale}
	if prompt := s.state.Consent.Prompt; slices.Contains(style.Prompts(), prompt) {
		choice.Prompt = prompt
	}
	return choice
}

// ShowConsentField closes the dialog and shows the field that the failure is about.
func (s *Session) ShowConsentField() {
	f := s.state.Consent.Failure
	if f == nil || f.Field == "" {
		return
	}
	s.CloseConsent()
	if s.state.Setup.Open {
		s.CloseSetup() // the field is below it
	}
	s.blame(f.Field, f.Summary)
}

// request is what is asked of the Doctor; stage is called on the scheduler's
// goroutine.
func (s *Session) consentRequest(open consent.Browser, stage func(consent.Progress)) core.ConsentRequest {
	c := s.state.Consent
	return core.ConsentRequest{
		Form: s.state.Form.Used(), Choice: s.consentChoice(c.Style, c.SignInName),
		SignInName: strings.TrimSpace(c.SignInName), Open: open,
		Progress: func(st consent.Progress) { s.deps.Scheduler.Do(func() { stage(st) }) },
	}
}

// end ends all of it.
func (c *consenting) end() {
	c.waiting.end()
	c.reading.end()
	c.stopClock()
}

func (c *consenting) stopClock() {
	if c.tick != nil {
		c.tick()
		c.tick = nil
	}
}
