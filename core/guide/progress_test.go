package guide

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// evaluate returns the progress without a response from the consent page.
func evaluate(path Path, report *exam.Report, ticks map[StepID]bool, sameTenant Answer) []Progress {
	return Input{Report: report, Ticks: ticks, SameTenant: sameTenant}.Evaluate(path)
}

// short returns a path's progress in a line: a letter for each step, followed by its
// cause if it has one.
func short(list []Progress) string {
	var words []string
	for _, p := range list {
		word := string(p.State)
		if p.Cause != "" {
			word += "(" + string(p.Cause) + ")"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func ticks(ids ...StepID) map[StepID]bool {
	m := map[StepID]bool{}
	for _, id := range ids {
		m[id] = true
	}
	return m
}

func failedWith(cause catalog.Cause) *consent.Outcome {
	return &consent.Outcome{Ending: consent.Failed, Cause: cause, Summary: text.F("It was not given.")}
}

func TestModern(t *testing.T) {
	yes := &consent.Outcome{Ending: consent.Consented}
	for _, c := range []struct {
		name  string
		known Input
		want  string
	}{
		{"nothing known", Input{}, "todo todo todo not-needed unknown unknown not-needed todo"},
		{"nothing known, own tenant", Input{SameTenant: Yes}, "todo todo todo not-needed not-needed not-needed not-needed todo"},
		{"nothing known, another tenant", Input{SameTenant: No}, "todo todo todo not-needed todo todo not-needed todo"},
		{"all is well", Input{Report: healthy(), SameTenant: Yes}, "done done done not-needed not-needed not-needed done done"},
		{"all is well, nobody answered", Input{Report: healthy()}, "done done done not-needed not-needed not-needed done done"},
		{"all is well, another tenant", Input{Report: healthy(), SameTenant: No}, "done done done not-needed done done done done"},
		{"ticks only", Input{Ticks: ticks(Register, User, Role), SameTenant: Yes}, "ticked ticked ticked not-needed not-needed not-needed not-needed todo"},
		{"a tick for WhoAmI is not taken", Input{Ticks: ticks(WhoAmI, ConsentURL, Licence), SameTenant: No}, "todo todo todo not-needed todo todo not-needed todo"},
		{
			"secret expired",
			Input{Report: reportOf(noToken("secret.expired")), SameTenant: Yes, Ticks: ticks(Register, User)},
			"broken(secret.expired) ticked todo not-needed not-needed not-needed not-needed todo",
		},
		{
			"no application user",
			Input{Report: reportOf(refused("appuser.missing"), skips("appuser", "licence", "roles")), SameTenant: Yes},
			"done broken(appuser.missing) todo not-needed not-needed not-needed not-needed broken(appuser.missing)",
		},
		{
			"deactivated",
			Input{Report: reportOf(refused("appuser.disabled")), SameTenant: Yes},
			"done broken(appuser.disabled) done not-needed not-needed not-needed done broken(appuser.disabled)",
		},
		{
			"no role",
			Input{Report: reportOf(fails("roles", "appuser.no-role")), SameTenant: Yes},
			"done done broken(appuser.no-role) not-needed not-needed not-needed done done",
		},
		{
			"System Administrator is a warning today",
			Input{Report: reportOf(warns("roles", "role.system-administrator")), SameTenant: Yes},
			"done done done(role.system-administrator) not-needed not-needed not-needed done done",
		},
		{
			"a licence is a warning",
			Input{Report: reportOf(warns("licence", "appuser.licensed")), SameTenant: Yes},
			"done done done not-needed(appuser.licensed) not-needed not-needed done done",
		},
		{
			"URI empty is information",
			Input{Report: reportOf(warns("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), SameTenant: Yes},
			"done done done not-needed not-needed not-needed not-needed(appuser.no-application-id-uri) done",
		},
		{
			"SOAP is silent",
			Input{Report: reportOf(warns("whoami-soap", "network.timeout")), SameTenant: Yes},
			"done done done not-needed not-needed not-needed done done(network.timeout)",
		},
		{
			"SOAP disagrees",
			Input{Report: reportOf(fails("whoami-soap", "unknown")), SameTenant: Yes},
			"done done done not-needed not-needed not-needed done broken(unknown)",
		},
		{
			"the table User may not be read",
			Input{Report: reportOf(skips("appuser", "licence", "roles")), SameTenant: Yes},
			"done done unknown not-needed not-needed not-needed not-needed done",
		},
		{
			"the table User may not be read, and a person looked",
			Input{Report: reportOf(skips("appuser", "licence", "roles")), SameTenant: Yes, Ticks: ticks(Role)},
			"done done ticked not-needed not-needed not-needed not-needed done",
		},
		{
			"the network is not there",
			Input{Report: reportOf(fails("environment", "network.dns"), skips("tenant", "token", "claims", "whoami", "whoami-soap", "appuser", "licence", "roles")), SameTenant: Yes},
			"todo todo todo not-needed not-needed not-needed not-needed todo",
		},
		{
			"another tenant, before consent",
			Input{Report: reportOf(noToken("application.not-found")), SameTenant: No},
			"todo todo todo not-needed done broken(application.not-found) not-needed todo",
		},
		{
			"application not found, nobody answered",
			Input{Report: reportOf(noToken("application.not-found"))},
			"broken(application.not-found) todo todo not-needed unknown unknown not-needed todo",
		},
		{
			"application not found in its own tenant",
			Input{Report: reportOf(noToken("application.not-found")), SameTenant: Yes},
			"broken(application.not-found) todo todo not-needed not-needed not-needed not-needed todo",
		},
		{
			"the page said yes",
			Input{Consent: yes, SameTenant: No},
			"todo todo todo not-needed todo ticked not-needed todo",
		},
		{
			"the page said yes, and the token no",
			Input{Consent: yes, SameTenant: No, Report: reportOf(noToken("application.no-service-principal"))},
			"todo todo todo not-needed done broken(application.no-service-principal) not-needed todo",
		},
		{
			"consent was declined",
			Input{Consent: failedWith("consent.declined"), SameTenant: No, Report: reportOf(noToken("application.not-found"))},
			"todo todo todo not-needed done broken(consent.declined) not-needed todo",
		},
		{
			"consent was declined, nobody answered",
			Input{Consent: failedWith("consent.declined")},
			"todo todo todo not-needed todo broken(consent.declined) not-needed todo",
		},
		{
			"redirect mismatch",
			Input{Consent: failedWith("consent.redirect-mismatch"), SameTenant: No, Report: reportOf(noToken("application.not-found"))},
			"todo todo todo not-needed broken(consent.redirect-mismatch) broken(application.not-found) not-needed todo",
		},
		{
			"an old refusal, and a token since",
			Input{Consent: failedWith("consent.declined"), SameTenant: No, Report: healthy()},
			"done done done not-needed done done done done",
		},
		{
			"canceled",
			Input{Consent: &consent.Outcome{Ending: consent.Canceled}, SameTenant: No},
			"todo todo todo not-needed todo todo not-needed todo",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, short(c.known.Evaluate(Modern))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestClassic(t *testing.T) {
	all := ticks(Register, User, Role, Licence, Consent, ApplicationIDURI)
	for _, c := range []struct {
		name  string
		known Input
		want  string
	}{
		{"nothing known", Input{}, "todo todo todo todo todo todo todo todo"},
		{"all is well", Input{Report: healthy()}, "done done done done done done done done"},
		{"consent is a step even in the own tenant", Input{SameTenant: Yes}, "todo todo todo todo todo todo todo todo"},
		{"all ticked", Input{Ticks: all}, "ticked ticked ticked ticked todo ticked ticked todo"},
		{
			"between step 3 and step 6 the URI is empty",
			Input{Report: reportOf(refused("unknown"), fails("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), Ticks: ticks(Register, User)},
			"done ticked done done done todo todo broken(unknown)",
		},
		{
			"WhoAmI works with an empty URI, which is not the article's end",
			Input{Report: reportOf(warns("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI))},
			"done done done done done todo todo done",
		},
		{
			"SOAP is the article's own way",
			Input{Report: reportOf(warns("whoami-soap", "network.timeout"))},
			"done done done done done done done broken(network.timeout)",
		},
		{
			"a certificate that ends soon is no mistake of the article's",
			Input{Report: reportOf(warns("credential-expiry", "certificate.expired"))},
			"done(certificate.expired) done done done done done done done",
		},
		{
			"the table User may not be read",
			Input{Report: reportOf(skips("appuser", "licence", "roles"))},
			"done done unknown unknown done done unknown done",
		},
		{
			"secret expired",
			Input{Report: reportOf(noToken("secret.expired")), Ticks: all},
			"broken(secret.expired) ticked ticked ticked done ticked ticked todo",
		},
		{
			"the deactivated user",
			Input{Report: reportOf(refused("appuser.disabled"), fails("appuser", "appuser.disabled")), Ticks: all},
			"done broken(appuser.disabled) done done done done done broken(appuser.disabled)",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, short(c.known.Evaluate(Classic))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestArticleMistakes guards that each mistake is named at the step where it was
// made.
func TestArticleMistakes(t *testing.T) {
	for _, c := range []struct {
		name    string
		known   Input
		step    StepID
		cause   catalog.Cause
		mistake int
		first   []StepID
	}{
		{
			"1: the row carries no Application ID",
			Input{Report: reportOf(refused("appuser.missing"), fails("appuser", "appuser.no-application-id"), blank(catalog.FactApplicationID))},
			Role, "appuser.missing", 1, nil,
		},
		{
			"1: WhoAmI works, the row is a person's",
			Input{Report: reportOf(warns("appuser", "appuser.no-application-id"), blank(catalog.FactApplicationID))},
			Role, "appuser.no-application-id", 1, nil,
		},
		{
			"2: System Administrator was assigned",
			Input{Report: reportOf(warns("roles", "role.system-administrator"))},
			Role, "role.system-administrator", 2, nil,
		},
		{
			"2: no role at all",
			Input{Report: reportOf(fails("roles", "appuser.no-role"))},
			Role, "appuser.no-role", 2, nil,
		},
		{
			"3: somebody else consented",
			Input{Report: reportOf(noToken("application.not-found")), Consent: failedWith("consent.wrong-account"), Ticks: ticks(Consent)},
			Consent, "consent.wrong-account", 3, nil,
		},
		{
			"4: the licence is still there",
			Input{Report: reportOf(warns("licence", "appuser.licensed")), Ticks: ticks(Licence)},
			Licence, "appuser.licensed", 4, nil,
		},
		{
			"5: the redirect does not match",
			Input{Report: reportOf(noToken("application.not-found")), Consent: failedWith("consent.redirect-mismatch")},
			ConsentURL, "consent.redirect-mismatch", 5, nil,
		},
		{
			"6: consent before the licence was removed",
			Input{Report: reportOf(refused("unknown"), warns("licence", "appuser.licensed")), Ticks: ticks(Register, User, Role, Consent)},
			Consent, "", 6,
			[]StepID{Licence},
		},
		{
			"6: consent before the Application ID was set",
			Input{Report: reportOf(refused("appuser.missing"), skips("appuser", "licence", "roles")), Ticks: ticks(Register, User, Licence), Consent: &consent.Outcome{Ending: consent.Consented}},
			Consent, "", 6,
			[]StepID{Role},
		},
		{
			"6: the URI is empty after consent",
			Input{Report: reportOf(refused("unknown"), fails("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), Ticks: ticks(User, Consent)},
			Consent, "appuser.no-application-id-uri", 6, nil,
		},
		{
			"6: the URI is empty after consent, and the step that looks at it says so",
			Input{Report: reportOf(refused("unknown"), fails("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), Ticks: ticks(User, Consent, ApplicationIDURI)},
			ApplicationIDURI, "appuser.no-application-id-uri", 6,
			[]StepID{Consent},
		},
		{
			"6: ticked from the end",
			Input{Ticks: ticks(Licence)},
			Licence, "", 6,
			[]StepID{User, Role},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := find(t, c.known.Evaluate(Classic), c.step)
			if p.Cause != c.cause || p.Mistake != c.mistake {
				t.Errorf("%s is %s, cause %q, mistake %d; want cause %q, mistake %d", c.step, p.State, p.Cause, p.Mistake, c.cause, c.mistake)
			}
			if diff := cmp.Diff(c.first, p.First); diff != "" {
				t.Errorf("what comes first -want +got\n%s", diff)
			}
			if c.cause != "" && (p.State != Broken || p.Result == nil || p.Result.Cause != c.cause && c.cause != blankCause[catalog.FactApplicationIDURI] && c.cause != blankCause[catalog.FactApplicationID]) {
				t.Errorf("%s has no result to show: %s %+v", c.step, p.State, p.Result)
			}
			for _, id := range c.first {
				if title := find(t, c.known.Evaluate(Classic), id).Step.Title; !strings.Contains(p.Note.String(), title.String()) {
					t.Errorf("the note %q does not name %q", p.Note, title)
				}
			}
		})
	}
}

func find(t *testing.T, list []Progress, id StepID) Progress {
	t.Helper()
	i := slices.IndexFunc(list, func(p Progress) bool { return p.Step.ID == id })
	if i < 0 {
		t.Fatalf("no step %s", id)
	}
	return list[i]
}

// TestTicksAreTakenBack guards that a tick which the evidence contradicts is removed with
// a note, and that the other ticks stay.
func TestTicksAreTakenBack(t *testing.T) {
	given := ticks(Register, User, Role, Consent)
	given["gone"] = false
	list := evaluate(Modern, reportOf(refused("appuser.missing"), skips("appuser", "licence", "roles")), given, Yes)
	p := find(t, list, User)
	if p.State != Broken || !p.TakenBack || !strings.Contains(p.Note.String(), "ticked") {
		t.Errorf("the user is %+v", p)
	}
	if diff := cmp.Diff(ticks(Register, Role, Consent), KeepTicks(given, list)); diff != "" {
		t.Errorf("kept -want +got\n%s", diff)
	}
	if len(given) != 5 {
		t.Error("Keep changes what it was given")
	}

	list = evaluate(Classic, reportOf(warns("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), ticks(ApplicationIDURI), Unknown)
	if p := find(t, list, ApplicationIDURI); !p.TakenBack || p.State != Todo {
		t.Errorf("somebody ticked that the URI is filled in; it is empty: %+v", p)
	}
	for _, p := range evaluate(Classic, healthy(), ticks(Register, User, Role, Licence, Consent, ApplicationIDURI), Unknown) {
		if p.TakenBack {
			t.Errorf("%s: a tick is taken back though all is well", p.Step.ID)
		}
	}
}

func TestNotes(t *testing.T) {
	missing := reportOf(noToken("secret.expired"))
	for name, c := range map[string]struct {
		list []Progress
		step StepID
		says string
	}{
		"what WhoAmI waits for":        {evaluate(Modern, missing, nil, Yes), WhoAmI, "Title of token"},
		"the question":                 {evaluate(Modern, nil, nil, Unknown), Consent, "where the application is registered"},
		"own tenant":                   {evaluate(Modern, nil, nil, Yes), Consent, "own tenant"},
		"a token settles the question": {evaluate(Modern, healthy(), nil, Unknown), Consent, "issues the application a token"},
		"consent before the user":      {evaluate(Modern, nil, nil, No), User, "consent first"},
		"look for yourself":            {evaluate(Modern, reportOf(skips("appuser", "licence", "roles")), nil, Yes), Role, "Look for yourself"},
		"empty before consent":         {evaluate(Classic, reportOf(refused("unknown"), fails("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), nil, Yes), ApplicationIDURI, "before consent"},
		"empty but works":              {evaluate(Modern, reportOf(warns("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), nil, Yes), ApplicationIDURI, "WhoAmI works"},
		"works without":                {evaluate(Classic, reportOf(blank(catalog.FactApplicationIDURI)), nil, Yes), ApplicationIDURI, "works without it"},
		"whatever consent was needed":  {evaluate(Classic, reportOf(skips("appuser", "licence", "roles")), nil, Yes), Consent, "WhoAmI works"},
		"the page said yes":            {Input{Consent: &consent.Outcome{Ending: consent.Consented}, SameTenant: No}.Evaluate(Modern), Consent, "Test the connection"},
	} {
		t.Run(name, func(t *testing.T) {
			if p := find(t, c.list, c.step); !strings.Contains(p.Note.String(), c.says) {
				t.Errorf("%s (%s) says %q, want %q in it", c.step, p.State, p.Note, c.says)
			}
		})
	}
	if p := find(t, evaluate(Modern, healthy(), nil, No), User); !p.Note.Empty() {
		t.Errorf("all is well, and still the user's note is %q", p.Note)
	}
}

// TestRefusalHasNextActions guards that a refusal of the consent page has the
// catalogue's next actions.
func TestRefusalHasNextActions(t *testing.T) {
	p := find(t, Input{Consent: failedWith("consent.declined"), SameTenant: No}.Evaluate(Modern), Consent)
	if p.Result == nil || p.Result.Summary.String() != "It was not given." || len(p.Result.Fix) == 0 || p.Result.Owner == "" || p.Result.Status != exam.Fail {
		t.Errorf("got %+v", p.Result)
	}
}

func TestTargets(t *testing.T) {
	for name, c := range map[string]struct {
		report *exam.Report
		want   string
	}{
		"all reached":                  {healthy(), "done done done done"},
		"not examined":                 {nil, "todo todo todo todo"},
		"1: no application user":       {reportOf(refused("appuser.missing"), skips("appuser", "licence", "roles")), "broken(appuser.missing) todo todo todo"},
		"2: URI empty":                 {reportOf(warns("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), "done broken(appuser.no-application-id-uri) done done"},
		"2: object ID empty":           {reportOf(warns("appuser", "appuser.wrong-object-id"), blank(catalog.FactObjectID)), "done broken(appuser.wrong-object-id) done done"},
		"2: ID empty":                  {reportOf(warns("appuser", "appuser.no-application-id"), blank(catalog.FactApplicationID)), "broken(appuser.no-application-id) broken(appuser.no-application-id) done done"},
		"2: filled, but another's":     {reportOf(warns("appuser", "appuser.wrong-object-id")), "done done done done"},
		"2: empty behind another flaw": {reportOf(refused("appuser.disabled"), fails("appuser", "appuser.disabled"), blank(catalog.FactApplicationIDURI)), "todo broken(appuser.no-application-id-uri) done done"},
		"3: licensed":                  {reportOf(warns("licence", "appuser.licensed")), "done done broken(appuser.licensed) done"},
		"4: System Administrator":      {reportOf(warns("roles", "role.system-administrator")), "done done done broken(role.system-administrator)"},
		"4: no role":                   {reportOf(fails("roles", "appuser.no-role")), "done done done broken(appuser.no-role)"},
		"not to be seen":               {reportOf(skips("appuser", "licence", "roles")), "done unknown unknown unknown"},
		"no token":                     {reportOf(noToken("secret.wrong")), "todo todo todo todo"},
	} {
		t.Run(name, func(t *testing.T) {
			var list []Progress
			for _, target := range Targets(c.report) {
				list = append(list, Progress{State: target.State, Cause: target.Cause})
				if (target.State == Broken) != (target.Result != nil) {
					t.Errorf("target %d is %s and its result %v", target.Number, target.State, target.Result)
				}
			}
			if diff := cmp.Diff(c.want, short(list)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestTargetsShowEvidence guards the evidence of each target or the check that it
// waits for, and the targets that WhoAmI does not need.
func TestTargetsShowEvidence(t *testing.T) {
	seen := func(id exam.CheckID, summary string) change {
		return func(r *exam.Report) { at(r, id).Summary = text.Raw(summary) }
	}
	for name, c := range map[string]struct {
		report   *exam.Report
		target   int
		want     string
		optional bool
	}{
		"not examined":     {nil, 1, "", false},
		"a token is first": {reportOf(noToken("secret.wrong")), 1, "Waits for: Title of token.", false},
		"user":             {reportOf(seen("whoami", "Dataverse takes it for user 1.")), 1, "Dataverse takes it for user 1.", false},
		"no user":          {reportOf(refused("appuser.missing"), seen("whoami", "Dataverse answered 403.")), 1, "Dataverse answered 403.", false},
		"fields":           {healthy(), 2, "Application ID: " + guidText + ", Application ID URI: " + guidText + ", Azure AD Object ID: " + guidText, false},
		"an empty field":   {reportOf(warns("appuser", "appuser.no-application-id-uri"), blank(catalog.FactApplicationIDURI)), 2, "Empty: Application ID URI.", true},
		"a licence":        {reportOf(warns("licence", "appuser.licensed"), seen("licence", "It has one.")), 3, "It has one.", true},
		"no role":          {reportOf(fails("roles", "appuser.no-role")), 4, "Title of roles", true},
		"not to be seen":   {reportOf(skips("appuser", "licence", "roles")), 4, "The examination could not see it. Look at the user in the environment.", false},
	} {
		t.Run(name, func(t *testing.T) {
			got := Targets(c.report)[c.target-1]
			if got.Seen.String() != c.want || got.Optional != c.optional {
				t.Errorf("%q, optional %v; want %q, %v", got.Seen, got.Optional, c.want, c.optional)
			}
		})
	}
}

// FuzzEvaluate guards that, for any results of the checks and any ticks, no step is both
// proven and failed, ticked although it takes no tick, or broken without evidence, and
// that the arguments stay unchanged.
func FuzzEvaluate(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 200, 7}, uint8(3))
	f.Fuzz(func(t *testing.T, bits []byte, choice uint8) {
		next := func() int {
			if len(bits) == 0 {
				return 0
			}
			b := bits[0]
			bits = bits[1:]
			return int(b)
		}
		causes := catalog.All()
		r := healthy()
		r.Complete = next()%4 != 1
		for i := range r.Checks {
			statuses := []exam.Status{exam.Pass, exam.Fail, exam.Warn, exam.Skip, exam.Manual}
			r.Checks[i].Status = statuses[next()%len(statuses)]
			if s := r.Checks[i].Status; s == exam.Fail || s == exam.Warn {
				r.Checks[i].Cause = causes[next()%len(causes)].Cause
			}
		}
		if next()%2 == 1 {
			blank(catalog.FactApplicationIDURI)(r)
		}
		k := Input{Report: r, Ticks: map[StepID]bool{}, SameTenant: []Answer{Yes, No, Unknown}[choice%3]}
		for _, id := range []StepID{Register, User, Role, Licence, ConsentURL, Consent, ApplicationIDURI, WhoAmI} {
			k.Ticks[id] = next()%2 == 1
		}
		if next()%2 == 1 {
			k.Consent = &consent.Outcome{Ending: []consent.Ending{consent.Consented, consent.Failed, consent.Canceled}[next()%3]}
			if k.Consent.Ending == consent.Failed {
				k.Consent.Cause = causes[next()%len(causes)].Cause
			}
		}
		ticksBefore, checksBefore := maps.Clone(k.Ticks), slices.Clone(r.Checks)
		for _, path := range []Path{Modern, Classic} {
			for _, p := range k.Evaluate(path) {
				switch {
				case p.State == Ticked && p.Step.Tick.Empty():
					t.Errorf("%s/%s is ticked, and takes no tick", path, p.Step.ID)
				case p.State == Ticked && !k.Ticks[p.Step.ID] && (k.Consent == nil || p.Step.ID != Consent):
					t.Errorf("%s/%s is ticked, and nobody did", path, p.Step.ID)
				case p.State == Broken && (p.Cause == "" || p.Result == nil):
					t.Errorf("%s/%s is broken without a cause or a result", path, p.Step.ID)
				case p.State == Done && p.Step.Proof.Strict && p.Cause != "":
					t.Errorf("classic/%s is done beside %s", p.Step.ID, p.Cause)
				case p.TakenBack && !k.Ticks[p.Step.ID]:
					t.Errorf("%s/%s: a tick is taken back that nobody made", path, p.Step.ID)
				}
				for _, id := range p.Step.Proof.Checks {
					if c, _ := r.Check(id); p.State == Done && c.Status != exam.Pass && c.Status != exam.Warn {
						t.Errorf("%s/%s is done, and %s is %s", path, p.Step.ID, id, c.Status)
					}
				}
			}
		}
		Targets(r)
		if diff := cmp.Diff(ticksBefore, k.Ticks) + cmp.Diff(checksBefore, r.Checks); diff != "" {
			t.Errorf("judging changes what it was given:\n%s", diff)
		}
	})
}
