package session

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// lasting is the question how long the credential in the form lasts. Its file is read
// beside the window, again when something about it is typed, when a test begins, and
// when what is known changes with time.
type lasting struct {
	task latest
	// of is the credential that is being read, or was.
	of   connection.Form
	read bool // there is one
	// tick cancels the next reading, or is nil.
	tick func()
}

func (l *lasting) end() {
	l.task.end()
	l.read, l.of = false, connection.Form{}
	if l.tick != nil {
		l.tick()
		l.tick = nil
	}
}

// followLifetime reads how long the credential lasts if it is another one.
func (s *Session) followLifetime() {
	form := credentialOf(s.state.Form.Used())
	if s.lasting.read && sameForm(form, s.lasting.of) {
		return
	}
	s.readLifetime()
}

// credentialOf returns the credential of a form alone, without a client secret: nothing
// here knows how long that lasts.
func credentialOf(form connection.Form) connection.Form {
	return connection.Form{
		Kind: form.Kind, CertificateFile: form.CertificateFile, KeyFile: form.KeyFile, CertificatePassword: form.CertificatePassword,
		Thumbprint: form.Thumbprint, Federation: form.Federation,
	}
}

// readLifetime reads it now.
func (s *Session) readLifetime() {
	s.lasting.end()
	form := credentialOf(s.state.Form.Used())
	s.lasting.of, s.lasting.read = form, true
	s.update(func(st *State) { st.Form.Lifetime = core.Lifetime{} })
	if s.state.Form.Typed.lifetimeField() == "" {
		return
	}
	ctx, generation := s.lasting.task.begin(s.ctx)
	doctor := s.doctor()
	s.background(func() func() {
		lifetime := doctor.Lifetime(ctx, form)
		return func() {
			if !s.lasting.task.is(generation) || ctx.Err() != nil {
				return // the user has typed on
			}
			s.lasting.task.end()
			s.update(func(st *State) {
				st.Form.Lifetime = lifetime
				s.Look()
			})
			s.awaitLifetime(lifetime)
		}
	}, func() {
		if s.lasting.task.is(generation) {
			s.lasting.task.end()
		}
	})
}

// awaitLifetime reads it again when the remarks about it change: the file may
// then be another one, too.
func (s *Session) awaitLifetime(l core.Lifetime) {
	now := s.deps.Scheduler.Now()
	next := nextChange(l, now)
	if next.IsZero() {
		return
	}
	s.lasting.tick = s.deps.Scheduler.Later(next.Sub(now), s.readLifetime)
}

const aDay = 24 * time.Hour

// nextChange returns when the remark about a lifetime changes; zero for never.
func nextChange(l core.Lifetime, now time.Time) time.Time {
	switch {
	case l.Ends.IsZero() || now.After(l.Ends):
		return time.Time{}
	case now.Before(l.Begins):
		return l.Begins.Add(time.Second)
	case l.Subject != "" || l.Ends.Sub(now) < aDay:
		return l.Ends.Add(time.Second)
	}
	whole := l.Ends.Sub(now) / aDay
	return l.Ends.Add(-whole * aDay).Add(time.Second)
}

// addLifetime adds the remarks about the lifetime to those of the form.
func (s *Session) addLifetime() {
	form := &s.state.Form
	form.Cautions = nil
	field := form.Typed.lifetimeField()
	r := remarksOn(form.Lifetime, form.Typed.CredentialKind(), s.deps.Scheduler.Now())
	if p, saved := s.profileNamed(s.state.Connections.Open); saved && form.Typed.CredentialKind() == connection.SecretKind && !s.state.Edited() {
		field, r = connection.FieldSecret, remarksOnSecret(p.Ends, s.deps.Scheduler.Now())
	}
	switch _, bad := form.Problems[field]; {
	case field == "" || bad:
	case !r.note.Empty():
		form.Notes[field] = text.Join(" ", form.Notes[field], r.note)
	case !r.caution.Empty():
		form.Cautions = map[connection.Field]text.Text{field: r.caution}
	case !r.problem.Empty() && !s.typing.in(field):
		form.Problems[field] = r.problem
	}
}

// remarks about a lifetime: at most one of them is not empty.
type remarks struct{ note, caution, problem text.Text }

// remarksOn returns the remarks about a lifetime.
func remarksOn(l core.Lifetime, kind connection.Kind, now time.Time) remarks {
	switch {
	case !l.Fault.Empty():
		return remarks{problem: l.Fault}
	case l.Ends.IsZero():
		return remarks{}
	case kind == connection.FederatedKind && now.After(l.Ends):
		return remarks{problem: text.F("The token in the file ended on %s: it was not renewed.", minute(l.Ends))}
	case kind == connection.FederatedKind && l.Subject == "":
		return remarks{note: text.F("Valid until %s.", minute(l.Ends))}
	case kind == connection.FederatedKind:
		return remarks{note: text.F("For %s, valid until %s.", l.Subject, minute(l.Ends))}
	case now.After(l.Ends):
		return remarks{problem: text.F("The certificate ended on %s.", day(l.Ends))}
	case now.Before(l.Begins):
		return remarks{problem: text.F("The certificate is not valid before %s.", minute(l.Begins))}
	}
	left := text.F("Valid until %s, %s from now.", day(l.Ends), days(l.Ends.Sub(now)))
	if l.Ends.Sub(now) < exam.Soon {
		return remarks{caution: left}
	}
	return remarks{note: left}
}

// remarksOnSecret returns the remarks about the day on which a secret ends, as
// the user typed it: zero if it is not known.
func remarksOnSecret(ends, now time.Time) remarks {
	switch {
	case ends.IsZero():
		return remarks{}
	case now.After(ends):
		return remarks{caution: text.F("By the day that is saved with it, the secret ended on %s.", day(ends))}
	}
	left := text.F("Valid until %s, %s from now.", day(ends), days(ends.Sub(now)))
	if ends.Sub(now) < exam.Soon {
		return remarks{caution: left}
	}
	return remarks{note: left}
}

func days(d time.Duration) text.Text {
	if n := int(d / aDay); n != 1 {
		return text.F("%d days", n)
	}
	return text.F("1 day")
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// lifetimeField returns the field at which a lifetime is shown; "" for a kind without
// one.
func (t Typed) lifetimeField() connection.Field {
	switch t.CredentialKind() {
	case connection.CertificateKind, connection.CertificateStoreKind:
		return t.place(connection.FieldCertificate)
	case connection.FederatedKind:
		return connection.FieldTokenFile
	}
	return ""
}
