// Package consent opens Microsoft's consent page for a user and reads its response.
//
// It builds the address of the page in four styles, listens on loopback for the
// answer, and reads it. It promises that
//   - the address goes to the cloud's own login host, over https, and parses
//     back to the very values that were put in;
//   - only a GET of the exact redirect path, with the right Host and the right
//     state, ends the wait: nothing that another page or program sends does;
//   - the page in the browser is the same bytes every time: nothing remote is ever
//     shown in it;
//   - the authorization code, the verifier and the state are in no log, error or
//     answer;
//   - the tenant that a redirect names is a claim, never a fact;
//   - nothing is left when the flow ends: no goroutine, no port.
//
// It does not redeem the code: core/entra does, over the pinned login host.
package consent

// Style is one of the ways to ask for consent.
type Style string

// The styles; the names of the first three are the contract's.
const (
	// Authorize is the v1 authorize address, as the article of 2017 builds it.
	Authorize Style = "authorize"
	// V2 is the v2 authorize address with PKCE (RFC 7636).
	V2 Style = "v2"
	// AdminConsent is the v2 page where an administrator consents for all users.
	AdminConsent Style = "adminconsent"
	// AdminConsentV1 is its older sister, which takes no scope.
	AdminConsentV1 Style = "adminconsent-v1"
)

// Styles are all of them, in the order to offer them.
var Styles = []Style{V2, AdminConsent, Authorize, AdminConsentV1}

// Prompt asks Microsoft's page for one more screen; "" leaves it to the page.
type Prompt string

// The prompts. Which style takes which is in [Style.Prompts].
const (
	NoPrompt           Prompt = ""
	PromptLogin        Prompt = "login"
	PromptSelect       Prompt = "select_account"
	PromptConsent      Prompt = "consent"
	PromptAdminConsent Prompt = "admin_consent"
)

// layout is what distinguishes one style's address.
type layout struct {
	// path follows the tenant.
	path string
	// anyTenant represents a tenant that is not known.
	anyTenant string
	code      bool // the answer brings an authorization code
	prompts   []Prompt
}

// Sources, read 2026-11:
// learn.microsoft.com/previous-versions/azure/active-directory/azuread-dev/v1-protocols-oauth-code,
// learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow,
// learn.microsoft.com/entra/identity-platform/v2-admin-consent ("organizations",
// not "common"), learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent.
var layouts = map[Style]layout{
	Authorize: {
		path: "/oauth2/authorize", anyTenant: "common", code: true,
		prompts: []Prompt{NoPrompt, PromptConsent, PromptAdminConsent, PromptSelect, PromptLogin},
	},
	V2: {
		path: "/oauth2/v2.0/authorize", anyTenant: "organizations", code: true,
		prompts: []Prompt{NoPrompt, PromptConsent, PromptSelect, PromptLogin},
	},
	AdminConsent:   {path: "/v2.0/adminconsent", anyTenant: "organizations", prompts: []Prompt{NoPrompt}},
	AdminConsentV1: {path: "/adminconsent", anyTenant: "common", prompts: []Prompt{NoPrompt}},
}

// Known reports whether it is one of [Styles].
func (s Style) Known() bool { _, ok := layouts[s]; return ok }

// Prompts are the prompts that the style's page understands, [NoPrompt] first.
func (s Style) Prompts() []Prompt { return append([]Prompt(nil), layouts[s].prompts...) }

// BringsCode reports whether the answer holds an authorization code, with which
// which shows who consented. The adminconsent styles have no code.
func (s Style) BringsCode() bool { return layouts[s].code }
