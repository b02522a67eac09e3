package plan

import (
	"encoding/json"
	"slices"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

type keyCredential struct {
	Type  string `json:"type"`
	Usage string `json:"usage"`
	Key   string `json:"key"`
	Name  string `json:"displayName"`
}

type keyCredentials struct {
	Keys []json.RawMessage `json:"keyCredentials"`
}

type addPassword struct {
	Credential struct {
		Name string `json:"displayName"`
		End  string `json:"endDateTime"`
	} `json:"passwordCredential"`
}

type removePassword struct {
	KeyID string `json:"keyId"`
}

// SecretName is the display name of a new client secret: with the marker, one whose
// value was lost can be found and removed.
func (t Target) SecretName(marker string) string { return t.DisplayName() + " " + marker }

// RemovePassword returns the request that removes a client secret of a registration.
func RemovePassword(registration, keyID string) Request {
	return post(registration+"/removePassword", removePassword{keyID})
}

func planCredential(t Target, s State, step *Step) {
	app, known := s.Applications.one()
	valid := slices.ContainsFunc(app.Keys, func(k Key) bool { return k.valid(s.Now) })
	given := slices.ContainsFunc(app.Keys, func(k Key) bool { return k.Given && k.valid(s.Now) })
	switch {
	case t.ClientID == "" && t.Credential == NoCredential:
		step.skip(text.F("No credential was asked for."))
	case t.ClientID == "":
		step.give(t, app)
	case s.Applications.Denied:
		step.block(catalog.AdminNoRights, text.F("The signed-in administrator may not read application registrations."))
	case !known && step.made(s, Thumbprint):
	case known && given:
		step.done(text.F("The registration has the credential of the form, and it is valid."))
	case !known && t.Given != "" && t.Credential == "":
		step.done(text.F("The form has a credential. The test at the end shows whether the registration has it."))
	case !known && s.Applications.Read:
		step.ask(text.F("Its registration is in another tenant: the credential is made there, by the application's owner."))
	case t.Credential == NoCredential:
		step.skip(text.F("No credential was asked for."))
	case known && valid && t.Credential == "":
		step.done(text.F("The registration has a valid credential, which was not given here."))
	default:
		step.give(t, app)
	}
}

// give plans a new credential next to those that the registration has.
func (s *Step) give(t Target, app App) {
	id := ApplicationID.or(app.ObjectID)
	if t.Credential == NewSecret {
		var add addPassword
		add.Credential.Name, add.Credential.End = t.SecretName(Marker.String()), CredentialEnd.String()
		s.do(text.F("Adds a client secret to the registration, valid for at most 180 days. The credentials that are there stay."),
			post(t.graph("applications/"+id+"/addPassword"), add).makes(Made{CredentialKeyID, "keyId"}).
				back(post(t.graph("applications/"+id+"/removePassword"), removePassword{CredentialKeyID.String()})))
		return
	}
	// PATCH replaces the whole list: what is there is sent along.
	kept := []json.RawMessage{}
	for _, k := range app.Keys {
		if !k.Secret {
			kept = append(kept, json.RawMessage(k.Raw))
		}
	}
	added := append(slices.Clone(kept), body(keyCredential{"AsymmetricX509Cert", "Verify", CertificateKey.String(), "CN=" + t.DisplayName()}))
	s.do(text.F("Adds a certificate to the registration. Its private key stays on this computer; the credentials that are there stay."),
		patch(t.graph("applications/"+id), keyCredentials{added}).back(patch(t.graph("applications/"+id), keyCredentials{kept})))
}
