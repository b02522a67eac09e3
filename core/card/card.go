// Package card writes a card for the administrator who has to do something about a
// connection: what is missing, who does it, where, with which IDs, and what shows that
// it is done.
//
// It promises that a card holds no secret: it is made of an examination's report, which
// holds no secret either.
package card

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/quote"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Card has the actions of the administrators, in order.
type Card struct {
	Title text.Text
	// IDs are the values that the portals ask for.
	IDs []ID
	// Tasks are empty for a healthy connection.
	Tasks []Task
	// Check is the command that shows that all is done.
	Check string
}

// ID is a value with the name that the portals use.
type ID struct {
	Name  text.Text
	Value string
}

// Task is a cause and what removes it.
type Task struct {
	Cause catalog.Cause
	// What is the cause, Found the evidence of the examination.
	What, Found text.Text
	Who         catalog.Owner
	Do          []text.Text
	Links       []catalog.Link
	// Done describes how the administrator can verify the fix.
	Done text.Text
	// Evidence are the IDs by which Microsoft finds the refusal.
	Evidence []ID
}

// Make returns the card for a report. The first task is the first broken link; causes
// that came out as warnings follow.
func Make(r exam.Report) Card {
	c := Card{Title: text.F("A connection to Dataverse needs your help"), Check: command(usable(r.Connection))}
	if name := r.Profile; name != "" {
		c.Title = text.F("The connection “%s” needs your help", name)
	}
	add := func(name text.Text, value string) {
		if value != "" {
			c.IDs = append(c.IDs, ID{name, value})
		}
	}
	s := usable(r.Connection)
	add(text.F("Environment URL"), s.Environment)
	add(text.F("Directory (tenant) ID"), s.TenantID)
	add(text.F("Application (client) ID"), s.ClientID)
	told := map[catalog.Cause]bool{"": true}
	for _, status := range []exam.Status{exam.Fail, exam.Warn} {
		for _, check := range r.Checks {
			if check.Status == status && !told[check.Cause] {
				told[check.Cause] = true
				c.Tasks = append(c.Tasks, task(check, s))
			}
		}
	}
	return c
}

// Needed reports whether an examination found anything that a card asks for.
func Needed(r exam.Report) bool { return len(Make(r).Tasks) > 0 }

// usable drops what was typed and is no address, ID or domain: it may be something that
// others must not see.
func usable(s exam.Subject) exam.Subject {
	if !strings.HasPrefix(s.Environment, "https://") || strings.ContainsAny(s.Environment, " @") {
		s.Environment = ""
	}
	if !guid.Is(s.TenantID) && !domain.MatchString(s.TenantID) {
		s.TenantID = ""
	}
	if !guid.Is(s.ClientID) {
		s.ClientID = ""
	}
	return s
}

var domain = lazyregexp.New(`^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$`)

func task(check exam.Result, s exam.Subject) Task {
	t := Task{Cause: check.Cause, What: check.Title, Found: check.Summary, Who: check.Owner, Do: check.Fix, Done: done[check.Cause.Family()]}
	for _, l := range check.Links {
		if strings.HasPrefix(l.URL, "https://") {
			t.Links = append(t.Links, l)
		}
	}
	if entry, ok := catalog.Lookup(check.Cause); ok {
		t.What = entry.Fill(s.Vars(nil)).Title
	}
	add := func(name text.Text, value string) {
		if value != "" {
			t.Evidence = append(t.Evidence, ID{name, value})
		}
	}
	add(text.F("Code"), check.Evidence.Code)
	add(text.F("Request ID"), check.Evidence.RequestID)
	add(text.F("Correlation ID"), check.Evidence.CorrelationID)
	add(text.F("Trace ID"), check.Evidence.TraceID)
	add(text.F("Time"), check.Evidence.Timestamp)
	return t
}

// command returns the command that examines the connection, without its credential.
func command(s exam.Subject) string {
	line := "s2scheck"
	for _, flag := range [][2]string{{" --environment ", s.Environment}, {" --tenant ", s.TenantID}, {" --client-id ", s.ClientID}} {
		if flag[1] != "" {
			line += flag[0] + quote.Shell(flag[1])
		}
	}
	return line
}

// done describes, for each family of causes, how an administrator can verify the fix.
var done = map[catalog.Family]text.Text{
	catalog.FamilyInput:       text.F("The form shows no error any more."),
	catalog.FamilyNetwork:     text.F("A browser on the same computer opens the Environment URL and the sign-in page without a warning."),
	catalog.FamilyEnvironment: text.F("The Power Platform admin center shows the environment as Ready, and a browser opens its URL."),
	catalog.FamilyTenant:      text.F("The overview in Entra shows this Directory (tenant) ID, and it is that of the environment."),
	catalog.FamilyApplication: text.F("Entra lists the application under App registrations and under Enterprise applications, enabled."),
	catalog.FamilySecret:      text.F("Certificates & secrets lists the client secret with an end in the future, and its Value is in the form."),
	catalog.FamilyCertificate: text.F("Certificates & secrets lists the certificate with the same thumbprint and an end in the future."),
	catalog.FamilyFederation:  text.F("Federated credentials lists an entry with exactly this issuer, subject and audience."),
	catalog.FamilyIdentity:    text.F("The machine's page in Azure, under Identity, shows the managed identity."),
	catalog.FamilyConsent:     text.F("Enterprise applications › Permissions shows the permission as granted for the organization."),
	catalog.FamilyPolicy:      text.F("The sign-in log, under Service principal sign-ins, shows a success for the application."),
	catalog.FamilyAppUser:     text.F("The environment's Application users list shows the application as Active, with a security role."),
	catalog.FamilyRole:        text.F("The application user's security roles show the role."),
	catalog.FamilyClock:       text.F("The computer's clock agrees with its time server."),
}
