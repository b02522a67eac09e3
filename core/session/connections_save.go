package session

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Save saves the form under its name, which is asked for the first time.
func (s *Session) Save() {
	switch {
	case s.deps.Store == nil:
	case s.state.Sandbox.Active:
		s.notify(Caution, text.F("Nothing is saved in the sandbox. Leave it to save a connection of your own."))
	case s.state.Connections.Open == "" && s.state.Form.Typed.Empty():
		s.notify(Caution, text.F("There is nothing to save yet: the form is empty."))
		s.emit(Attention{Field: connection.FieldEnvironment})
	default:
		s.keep(func(bool) {})
	}
}

// keep saves the form, under a name that it asks for the first time, and continues
// with then if that worked.
func (s *Session) keep(then func(saidMore bool)) {
	if open := s.state.Connections.Open; open != "" {
		s.save(open, func(err error) {
			if err != nil {
				s.storeFailed(err)
			}
		}, then)
		return
	}
	s.askName(ToSave, "", s.proposal(), func(name string, ended func(error)) { s.save(name, ended, then) })
}

// save saves the form. Afterwards it calls ended and, if the form is saved, then with
// true if the notice about it should be read.
func (s *Session) save(name string, ended func(error), then func(saidMore bool)) {
	form, progress := s.state.Form.Used(), s.guideProgress()
	generation := s.conns.generation
	s.write(func(ctx context.Context) func() {
		saved, err := s.deps.Store.Save(ctx, name, form)
		if err != nil {
			return func() { ended(err) }
		}
		guideErr := s.deps.Store.SetGuide(ctx, saved.Profile.Name, progress)
		listed := s.list(ctx)
		return func() {
			listed()
			if s.conns.generation == generation { // no other connection was opened meanwhile
				s.saved(saved, form, progress)
			}
			if guideErr != nil {
				s.storeFailed(guideErr)
			}
			ended(nil)
			notice := savedNotice(saved, form)
			s.emit(notice)
			then(notice.Stay)
		}
	}, func() { ended(nil) })
}

// saved records that a form is the saved connection now.
func (s *Session) saved(saved profile.Saved, form connection.Form, progress profile.Guide) {
	name := saved.Profile.Name
	s.conns.identity = identity(form)
	s.conns.guides[savedKey(name)] = progress
	s.update(func(state *State) {
		c := &state.Connections
		c.Open, c.kept, c.sessionOnly = name, form, saved.SecretLocation == profile.InSession
	})
	s.followGuide()
}

// savedNotice returns what became of a form: above all, where its secret is.
func savedNotice(saved profile.Saved, form connection.Form) *Notice {
	certificate := form.CredentialKind() == connection.CertificateKind
	n := &Notice{Tone: Good}
	parts := []text.Text{text.F("Saved as “%s”.", saved.Profile.Name)}
	warn := func(sentences ...text.Text) {
		parts = append(parts, sentences...)
		n.Tone, n.Stay = Caution, true
	}
	switch {
	case saved.SecretLocation == profile.InStore && certificate:
		parts = append(parts, text.F("The password of the certificate is in the operating system's store."))
	case saved.SecretLocation == profile.InStore:
		parts = append(parts, text.F("The secret is in the operating system's store."))
	case saved.SecretLocation == profile.InSession && certificate:
		warn(text.F("The password of the certificate is kept for this session only."), saved.Why)
	case saved.SecretLocation == profile.InSession:
		warn(text.F("The secret is kept for this session only."), saved.Why)
	case form.CredentialKind() == connection.SecretKind:
		parts = append(parts, text.F("There is no secret in it."))
	case !certificate:
		parts = append(parts, text.F("It needs no secret."))
	}
	if len(saved.LeftOut) > 0 {
		warn(text.F("Left out, because it cannot be used as it is: %s.", labels(saved.LeftOut)))
	}
	if saved.SetAside != "" {
		warn(text.F("The file of connections was damaged; it is kept as %s.", saved.SetAside))
	}
	n.Text = text.Join(" ", parts...)
	return n
}

// fieldLabels are the names of the form's fields.
var fieldLabels = map[connection.Field]text.Text{
	connection.FieldEnvironment: text.F("Environment URL"),
	connection.FieldTenant:      text.F("Directory (tenant) ID"),
	connection.FieldClientID:    text.F("Application (client) ID"),
	connection.FieldSecret:      text.F("Client secret (Value)"),
	connection.FieldCertificate: text.F("Certificate file"),
	connection.FieldThumbprint:  text.F("Thumbprint"),
	connection.FieldTokenFile:   text.F("Token file"),
	connection.FieldRedirectURI: text.F("Redirect URI"),
}

func labels(fields []connection.Field) text.Text {
	var names []text.Text
	for _, id := range fields {
		names = append(names, fieldLabels[id])
	}
	return text.Join(", ", names...)
}

// proposal returns a name that is free: the organisation's, or what its address
// begins with; "" if both are taken or unknown.
func (s *Session) proposal() string {
	name := NameOf(s.state.Form.Used().Environment)
	if e := s.state.Examination; e.Report != nil && !e.Stale && e.Report.WhoAmI != nil && e.Report.WhoAmI.OrganizationName != "" {
		name = e.Report.WhoAmI.OrganizationName
	}
	if s.taken(name) {
		return ""
	}
	return name
}
