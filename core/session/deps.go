package session

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/explain"
	"github.com/s2sdoctor/s2sdoctor/core/export"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/support"
)

// Deps is what a session needs of others.
type Deps struct {
	Scheduler Scheduler
	Doctor    Doctor
	// Store keeps connections; nil where nothing can be kept.
	Store Store
	// Rotator makes new certificates for saved connections; may be nil.
	Rotator Rotator
	// CertificateStore is true where the Windows store of certificates is.
	CertificateStore bool
	// SaveRecord writes the files of a record into a new folder of that name in parent,
	// all or nothing, and returns its path. It blocks. May be nil: then no record is made.
	SaveRecord func(parent, name string, files record.Files) (path string, err error)
	// SaveText writes a text into a new file in folder, and returns its path: the file
	// gets a number if another one has the name. It blocks. May be nil.
	SaveText func(folder, name, content string) (path string, err error)
	// Program is what makes a support report.
	Program support.Program

	// Browsers shows the consent page; nil where that is not offered.
	Browsers Browsers
	// OpenSandbox starts the practice tenant, in which Scenarios can be played. It may
	// block for a moment, or nil.
	OpenSandbox func() (SandboxServer, error)
	Scenarios   []Scenario
	// Describe returns a row of the overview in the words of the view: what it calls the
	// label and what is wrong, and the rest of what it shows. May be nil.
	Describe func(r *OverviewRow) (verdict, rest string)
	// Locale is the language of the page on which the browser comes back.
	Locale consent.Locale
}

// Doctor is the use-cases that a session needs: those of a [core.Doctor].
type Doctor interface {
	// Examine blocks until every check is over; it calls observe on its own goroutine.
	Examine(ctx context.Context, form connection.Form, offline bool, observe func(exam.Event)) exam.Report
	// Snapshot examines and reads what the application may do. It blocks; it calls observe
	// on its own goroutine.
	Snapshot(ctx context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report)
	// Host returns the host of the environment, or "".
	Host(form connection.Form) string
	// Check is called on the session's goroutine, after each pause in typing.
	Check(form connection.Form) ([]connection.Note, []connection.Problem)
	// Lifetime blocks: it reads a file, or the store of certificates.
	Lifetime(ctx context.Context, form connection.Form) core.Lifetime
	// Discover blocks.
	Discover(ctx context.Context, form connection.Form) (core.Discovered, bool)
	Paste(text string) paste.Result
	ConnectionString(form connection.Form) (string, error)
	DotEnv(form connection.Form, tenant string) (string, error)
	Export(format export.Format, form connection.Form, tenantID, name string) (string, error)
	Explain(text string) explain.Explanation
	// Subject describes a connection that was not examined, and Vars are its values for
	// the catalogue's texts.
	Subject(form connection.Form) exam.Subject
	Vars(s exam.Subject) catalog.Vars
	// ConsentURL builds the address of the consent page.
	ConsentURL(form connection.Form, choice core.ConsentChoice) (consent.Attempt, error)
	// Consent opens the page, waits for its response and examines the connection;
	// ReadConsent does so with a response that the user pasted. Both block, and call
	// g.Stage on a goroutine of their own.
	Consent(ctx context.Context, g core.ConsentRequest) core.ConsentResult
	ReadConsent(ctx context.Context, g core.ConsentRequest, pasted string, a consent.Attempt) core.ConsentResult

	// PlanTarget returns what a plan aims at, and UnfinishedSetup the journal of an
	// earlier one with changes that were not undone, or "".
	PlanTarget(form connection.Form, want plan.Target) (plan.Target, error)
	UnfinishedSetup(t plan.Target) string
	// BeginSetup blocks until the tenant of the environment is known. The work that it
	// returns has the administrator sign in when a token is first needed.
	BeginSetup(ctx context.Context, form connection.Form, target plan.Target, how core.SignIn) (core.SetupWork, error)
	// AzureCLI reports whether the Azure CLI can sign an administrator in.
	AzureCLI() bool
}
