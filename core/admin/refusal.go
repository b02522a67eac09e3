package admin

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// refusals are Entra's codes for a sign-in of an administrator, each with the way
// that can still work.
//
// Source: learn.microsoft.com/entra/identity-platform/reference-error-codes.
var refusals = map[string]text.Text{
	"65002":  text.F("This tenant does not let the program that signs you in ask for this resource, and consent cannot change that. Sign in with another client ID, or use the plan as a script."),
	"700016": text.F("The program that signs you in is not known in this tenant. Sign in with an application of your own, or use the plan as a script."),
	"50105":  text.F("You are not assigned to the program that signs you in. Sign in with an application of your own, or use the plan as a script."),
	"65001":  text.F("The program that signs you in has no consent in this tenant. An Entra administrator grants it on the consent page, or use the plan as a script."),
	"90094":  text.F("The program that signs you in needs the consent of an Entra administrator. Ask for it, or use the plan as a script."),
	"53003":  text.F("A Conditional Access policy blocks this way to sign in. Use the Azure CLI of a computer that the policy allows, or the plan as a script."),
	"530084": text.F("A policy for token protection blocks the browser. Use the Azure CLI, which signs in through Windows, or the plan as a script."),
	"530036": text.F("A policy blocks sign-ins by device code. Sign in with the browser or the Azure CLI."),
	"53000":  text.F("A policy asks for a managed device. Sign in from one, or use the plan as a script."),
	"50097":  text.F("A policy asks for a registered device. Sign in from one with the browser, or use the plan as a script."),
	"50076":  text.F("The tenant asks for multi-factor authentication. Sign in again: run az login, or use the browser."),
	"50079":  text.F("The tenant asks you to set up multi-factor authentication. Sign in with the browser once, then try again."),
	"50078":  text.F("The multi-factor authentication has ended. Sign in again: run az login, or use the browser."),
	"700082": text.F("The sign-in was not used for too long and has ended. Sign in again: run az login, or use the browser."),
	"50173":  text.F("The sign-in was revoked, for example by a new password. Sign in again: run az login, or use the browser."),
	"50020":  text.F("This account is not known in the environment's tenant. Sign in with an account of that tenant."),
	"90072":  text.F("This account is not known in the environment's tenant. Sign in with an account of that tenant."),
}

// refusal returns the error for one of Entra's codes, without its prefix.
func refusal(code string) *Error {
	summary, known := refusals[code]
	if !known {
		summary = text.F("Entra refused the sign-in of the administrator with AADSTS%s. Sign in again, or use the plan as a script.", code)
	}
	cause := catalog.AdminNoSignIn
	if code == "50020" || code == "90072" {
		cause = catalog.AdminWrongTenant
	}
	return &Error{Cause: cause, Summary: summary, Code: "AADSTS" + code}
}
