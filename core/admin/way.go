package admin

import "github.com/s2sdoctor/s2sdoctor/core/text"

// Way is a way to go on, such as a way to sign in.
type Way string

// The ways.
const (
	ByBrowser       Way = "browser"        // our own browser flow
	ByAzureCLI      Way = "az"             // the Azure CLI that is signed in
	ByDevice        Way = "device"         // a device code; only where the user chose it
	ByAnotherClient Way = "another-client" // the browser, with another client ID of Microsoft's
	ByOwnClient     Way = "own-client"     // the browser, with the user's own application
	ByConsent       Way = "consent"        // an administrator consents to the client first
	ByAnotherUser   Way = "another-user"   // the browser, with another account
	ByAllowList     Way = "allow-list"     // the environment allows the client first
	ByScript        Way = "script"         // no sign-in: the plan as a script
)

// ways are the ways in words, verb first.
var ways = map[Way]text.Text{
	ByBrowser:       text.F("Sign in with the browser"),
	ByAzureCLI:      text.F("Use the sign-in of the Azure CLI"),
	ByDevice:        text.F("Sign in with a device code"),
	ByAnotherClient: text.F("Sign in through another Microsoft program"),
	ByOwnClient:     text.F("Sign in with an application of your own"),
	ByConsent:       text.F("Consent to the program that signs you in"),
	ByAnotherUser:   text.F("Sign in with another account"),
	ByAllowList:     text.F("Allow the program in the environment's settings"),
	ByScript:        text.F("Use the plan as a script"),
}

// Title returns the way in words, verb first; the zero Text for an unknown one.
func (w Way) Title() text.Text { return ways[w] }

// DeviceWarning is shown before a device code is asked for.
//
// Source: learn.microsoft.com/entra/identity/conditional-access/policy-block-authentication-flows
// (Microsoft-managed policies block device codes since 2025).
var DeviceWarning = text.F("Attackers misuse device codes, and many tenants block them: the browser is the better way. Never enter a code that you did not ask for yourself.")
