package session

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Setup is the set-up of the connection, done by an administrator who signs in.
type Setup struct {
	// Offered reports whether something may be missing that a set-up makes.
	Offered bool
	// Open reports whether the user is at it; what follows is zero if not.
	Open  bool
	Phase SetupPhase

	// Classic is true on the path of the article, and Practice in the sandbox, where
	// nothing has to be kept.
	Classic, Practice bool
	// Wants are the user's choices.
	Wants SetupWants
	// Left are the steps that the user does not want to be done.
	Left map[plan.ID]bool
	// Plan is the plan as it is now: from nothing before the sign-in, then as it was read,
	// then with what became of each step.
	Plan plan.Plan
	// Account is the sign-in name of the administrator, "" before the sign-in.
	Account string
	// Roles are the names of the environment's security roles, once they are known.
	Roles []string

	// Client is the program that signs the administrator in: what Microsoft's page will
	// call this. Browser and AzureCLI report whether the browser and the Azure CLI can be
	// used, and Consents is the page on which an administrator consents to the program;
	// "" where the tenant is not known.
	Client            admin.Client
	Browser, AzureCLI bool
	Consents          string
	// Turn is which of two administrators signs in now, or [OneAdministrator] for one who
	// does everything.
	Turn SetupTurn
	// Attempt, Host, Deadline and Time are those of the sign-in page while it is open;
	// with a device code, Host, Deadline and Time are the code's.
	Attempt  consent.Attempt
	Host     string
	Deadline time.Time
	Time     time.Duration
	// Code is the device code that the user types on CodePage, "" while none is waited
	// for.
	Code, CodePage string
	// Unread is why what was pasted decides nothing.
	Unread text.Text

	// Step is the one that is being done in [SetupApplying] and [SetupUndoing], and Note
	// what it waits for.
	Step plan.ID
	Note text.Text
	// Failure is why the work stopped; nil where it did not.
	Failure *SetupFailure
	// Begun is true while changes of this set-up, or of an earlier one, are there to be
	// taken back.
	Begun bool
	// Reading reports whether the plan is being read again, for other choices.
	Reading bool
	// Saved is the name under which the connection was saved, or "".
	Saved string
	// Report is the examination at the end; nil before.
	Report *exam.Report
	// TakenUp reports whether the result of a script was taken up.
	TakenUp bool
}

// SetupPhase is how far the user is with the set-up.
type SetupPhase string

// The phases. The first is the zero value.
const (
	SetupChoosing SetupPhase = ""         // before the sign-in
	SetupBrowser  SetupPhase = "browser"  // the browser is about to open
	SetupWaiting  SetupPhase = "waiting"  // for the sign-in page
	SetupCopy     SetupPhase = "copy"     // no browser could be opened
	SetupCode     SetupPhase = "code"     // for the device code to be typed
	SetupReading  SetupPhase = "reading"  // the tenant and the environment are being read
	SetupPlanned  SetupPhase = "planned"  // the plan is there
	SetupApplying SetupPhase = "applying" // it is being done
	SetupDone     SetupPhase = "done"
	SetupUndoing  SetupPhase = "undoing" // it is being taken back
	SetupUndone   SetupPhase = "undone"
)

// UnderWay reports whether there is something to stop.
func (p SetupPhase) UnderWay() bool {
	switch p {
	case SetupBrowser, SetupWaiting, SetupCopy, SetupCode, SetupReading, SetupApplying, SetupUndoing:
		return true
	}
	return false
}

// Editable reports whether the user makes choices about the plan.
func (p SetupPhase) Editable() bool { return p == SetupChoosing || p == SetupPlanned }

// page reports whether the sign-in page is open, or about to be.
func (p SetupPhase) page() bool {
	return p == SetupBrowser || p == SetupWaiting || p == SetupCopy || p == SetupCode
}

// SignedIn reports whether an administrator is signed in.
func (p SetupPhase) SignedIn() bool {
	switch p {
	case SetupPlanned, SetupApplying, SetupDone, SetupUndoing, SetupUndone:
		return true
	}
	return false
}

// SetupFailure is why the set-up stopped, and what the user can do about it.
type SetupFailure struct {
	Title, Summary text.Text
	// Code is Entra's or the environment's, or "".
	Code string
	// Next are the ways to sign in that can still work, best first.
	Next []admin.Way
	// Step is the one that failed, or "". What was done before it is kept.
	Step plan.ID
	// Rights reports whether the administrator lacks rights that another one may have.
	Rights bool
}

// SetupTurn is which of two administrators signs in.
type SetupTurn string

// The turns. The first is the zero value.
const (
	OneAdministrator         SetupTurn = ""
	EntraAdministrator       SetupTurn = "entra"
	EnvironmentAdministrator SetupTurn = "environment"
)
