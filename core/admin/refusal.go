package admin

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// blocked is what one code means for a sign-in, and the ways that can still work, best
// first. The script is always the last of them, and is not written here.
type blocked struct {
	summary text.Text
	cause   catalog.Cause // "" is admin.no-sign-in
	next    []Way
}

// refusals are Entra's codes, without their prefix.
//
// Source: learn.microsoft.com/entra/identity-platform/reference-error-codes.
var refusals = map[string]blocked{
	"65002":   {text.F("This tenant does not let the program that signs you in ask for this resource, and consent cannot change that. Sign in with another client ID, or use the plan as a script."), "", []Way{ByAnotherClient, ByOwnClient, ByAzureCLI}},
	"700016":  {text.F("The program that signs you in is not known in this tenant. Sign in with an application of your own, or use the plan as a script."), "", []Way{ByOwnClient, ByAnotherClient, ByAzureCLI}},
	"50105":   {text.F("You are not assigned to the program that signs you in. Sign in with an application of your own, or use the plan as a script."), "", []Way{ByOwnClient, ByAnotherClient, ByAzureCLI}},
	"65001":   {text.F("The program that signs you in has no consent in this tenant. An Entra administrator grants it on the consent page, or use the plan as a script."), "", []Way{ByConsent, ByAnotherClient, ByAzureCLI}},
	"65004":   {text.F("Consent to the program that signs you in was declined. Sign in again and accept, or use the plan as a script."), "", []Way{ByBrowser, ByAzureCLI}},
	"90094":   {text.F("The program that signs you in needs the consent of an Entra administrator. Ask for it, or use the plan as a script."), "", []Way{ByConsent, ByAnotherUser, ByAzureCLI}},
	"53003":   {text.F("A Conditional Access policy blocks this way to sign in. Use the Azure CLI of a computer that the policy allows, or the plan as a script."), "", []Way{ByAzureCLI}},
	"530084":  {text.F("A policy for token protection blocks the browser. Use the Azure CLI, which signs in through Windows, or the plan as a script."), "", []Way{ByAzureCLI}},
	"530036":  {text.F("A policy blocks sign-ins by device code. Sign in with the browser or the Azure CLI."), "", []Way{ByBrowser, ByAzureCLI}},
	"53000":   {text.F("A policy asks for a managed device. Sign in from one, or use the plan as a script."), "", []Way{ByAzureCLI}},
	"50097":   {text.F("A policy asks for a registered device. Sign in from one with the browser, or use the plan as a script."), "", []Way{ByAzureCLI, ByBrowser}},
	"50076":   {text.F("The tenant asks for multi-factor authentication. Sign in again: run az login, or use the browser."), "", []Way{ByBrowser, ByAzureCLI}},
	"50079":   {text.F("The tenant asks you to set up multi-factor authentication. Sign in with the browser once, then try again."), "", []Way{ByBrowser}},
	"50078":   {text.F("The multi-factor authentication has ended. Sign in again: run az login, or use the browser."), "", []Way{ByBrowser, ByAzureCLI}},
	"700082":  {text.F("The sign-in was not used for too long and has ended. Sign in again: run az login, or use the browser."), "", []Way{ByBrowser}},
	"50173":   {text.F("The sign-in was revoked, for example by a new password. Sign in again: run az login, or use the browser."), "", []Way{ByBrowser}},
	"50020":   {text.F("This account is not known in the environment's tenant. Sign in with an account of that tenant."), catalog.AdminWrongTenant, []Way{ByAnotherUser}},
	"90072":   {text.F("This account is not known in the environment's tenant. Sign in with an account of that tenant."), catalog.AdminWrongTenant, []Way{ByAnotherUser}},
	"7000218": {text.F("The application of your own is no public client. Turn on “Allow public client flows” in its Authentication settings, and register http://localhost for mobile and desktop applications there."), "", []Way{ByOwnClient, ByAnotherClient, ByAzureCLI}},
	"50011":   {text.F("The application of your own has no redirect URI http://localhost. Add it under Authentication, for mobile and desktop applications."), "", []Way{ByOwnClient, ByAnotherClient, ByAzureCLI}},
	"500113":  {text.F("The application of your own has no redirect URI http://localhost. Add it under Authentication, for mobile and desktop applications."), "", []Way{ByOwnClient, ByAnotherClient, ByAzureCLI}},
	"70016":   {text.F("The device code was not entered in time. Ask for a new one, or sign in with the browser."), "", []Way{ByBrowser, ByAzureCLI}},
	"70019":   {text.F("The device code has expired. Ask for a new one, or sign in with the browser."), "", []Way{ByBrowser, ByAzureCLI}},
}

// refusal returns the error for one of Entra's codes, without its prefix.
func refusal(code string) *Error {
	b, known := refusals[code]
	if !known {
		b = blocked{summary: text.F("Entra refused the sign-in of the administrator with AADSTS%s. Sign in again, or use the plan as a script.", code), next: []Way{ByAnotherUser, ByAzureCLI}}
	}
	return b.error("AADSTS" + code)
}

func (b blocked) error(code string) *Error {
	cause := b.cause
	if cause == "" {
		cause = catalog.AdminNoSignIn
	}
	return &Error{Cause: cause, Summary: b.summary, Code: code, Next: append(slices.Clone(b.next), ByScript)}
}

// dataverse are the codes with which an environment refuses the program or the user.
//
// Source: learn.microsoft.com/power-platform/admin/control-client-app-access;
// learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes.
var dataverse = map[string]blocked{
	"0x80095ffc": {text.F("The environment lets only the programs on its list in (client application access control), and the one that signs you in is not on it. Add its client ID in the Power Platform admin center, or sign in with another one."), catalog.PolicyAppAccessControl, []Way{ByAllowList, ByOwnClient, ByAnotherClient, ByAzureCLI}},
	"0x8004a104": closed, "0x8004a113": closed, "0x8004b044": closed,
	"0x80072560": {text.F("The signed-in administrator is no user of the environment. Open the environment's Access settings in the Power Platform admin center and add yourself as System Administrator, or sign in with another account."), catalog.AdminNoRights, []Way{ByAnotherUser, ByAzureCLI}},
}

// closed is an environment that is disabled, or being moved.
var closed = blocked{text.F("The environment is disabled, in administration mode, or being moved or restored. While that lasts, only administrators, or no users at all, have access."), catalog.EnvironmentDisabled, nil}

// Refused returns the error for a code with which the environment refuses a signed-in
// administrator before anything is read; false for another code.
func Refused(code string) (*Error, bool) {
	b, ok := dataverse[strings.ToLower(code)]
	if !ok {
		return nil, false
	}
	return b.error(strings.ToLower(code)), true
}

// Explain names the refusal in what a user pasted from the sign-in page; false where
// it has no code of Entra's.
func Explain(pasted string) (*Error, bool) {
	found := aadsts.FindStringSubmatch(pasted)
	if found == nil {
		return nil, false
	}
	return refusal(found[1]), true
}
