// Package paste takes the values of a connection out of any text that somebody
// pasted: settings, code, commands, mails.
package paste

import (
	"strings"

	"s2sdoctor/core/cloud"
	"s2sdoctor/core/connection"
	"s2sdoctor/core/connstring"
	"s2sdoctor/core/placeholder"
	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
	"s2sdoctor/core/secret"
)

// Limit is the size in bytes past which a pasted text is not looked at.
const Limit = 256 << 10

// Read spreads a text over a form: a connection string, settings (.env, shell,
// PowerShell, YAML, code), JSON, App.config, one connection of XrmToolBox, a
// command or token request, a portal's link, a login or consent address, an
// address of an environment.
//
// The notes say what was taken and never hold a value. False means that the text
// is none of these; it is then an ordinary text for the field it was pasted into.
func Read(text string) (connection.Form, []connection.Note, bool) {
	text = plain.Trim(text)
	if text == "" || len(text) > Limit {
		return connection.Form{}, nil, false
	}
	for _, read := range []func(string) (source prose.Text, found []setting){
		readJSON, readConnectionDetail, readXML, readAddress, readCommand, readBody, readConnectionString, readSettings,
	} {
		if source, found := read(text); len(found) > 0 {
			t := taken{source: source}
			t.takeAll(found)
			if len(t.has) > 0 {
				return t.form, t.notes, true
			}
		}
	}
	return connection.Form{}, nil, false
}

// setting is one named value, as it stood in the text.
type setting struct{ key, value string }

// taken is what has been taken so far.
type taken struct {
	source prose.Text
	form   connection.Form
	notes  []connection.Note
	// has holds the value that was taken for a meaning.
	has map[meaning]string
	// toldTwice remembers that a second value was mentioned.
	toldTwice map[meaning]bool
}

func (t *taken) takeAll(found []setting) {
	t.has, t.toldTwice = map[meaning]string{}, map[meaning]bool{}
	var passwords []string
	user := false
	for _, s := range t.unfold(found) {
		switch m := meaningOf(s.key, s.value); m {
		case nothing:
		case aPassword:
			passwords = append(passwords, s.value)
		case aUser:
			user = user || s.value != ""
		default:
			t.take(m, s.value)
		}
	}
	// "az ad sp create-for-rbac" calls the secret password; beside a user's name it
	// is that user's.
	if t.has[theClientID] != "" && t.has[theSecret] == "" && !user {
		for _, p := range passwords {
			t.take(theSecret, p)
		}
	}
	if user && len(passwords) > 0 {
		t.note(connection.FieldSecret, prose.F("left out a user's name and password: an application proves itself with a client secret or a certificate"))
	}
}

// unfold puts the settings of a connection string where the string stood.
func (t *taken) unfold(found []setting) []setting {
	var all []setting
	for _, s := range found {
		if inner := connstring.Parse(s.value); len(inner) > 0 {
			t.source = prose.F("a connection string")
			for _, pair := range inner {
				all = append(all, setting{pair.Key, pair.Value})
			}
			continue
		}
		all = append(all, s)
	}
	return all
}

// take puts a value into its field; the first one wins.
func (t *taken) take(m meaning, value string) {
	value = plain.Trim(value)
	switch {
	case value == "":
		return
	case m == theThumbprint:
		t.note(connection.FieldCertificate, prose.F("the certificate is named by its thumbprint in %s: choose its file", t.source))
		return
	case placeholder.Is(value):
		t.note(fields[m].field, prose.F("left out the %s: in %s it is a placeholder", fields[m].name, t.source))
		return
	case m == theAuthority:
		tenant, _ := connection.TenantOfAuthority(cloud.Table, plain.Unwrap(value))
		m, value = theTenant, tenant
	}
	if before, ok := t.has[m]; ok {
		if !strings.EqualFold(before, value) && !t.toldTwice[m] {
			t.toldTwice[m] = true
			t.note(fields[m].field, prose.F("%s holds more than one %s: took the first", t.source, fields[m].name))
		}
		return
	}
	t.has[m] = value
	switch m {
	case theEnvironment:
		t.form.Environment = value
	case theTenant:
		t.form.Tenant = value
	case theClientID:
		t.form.ClientID = value
	case theSecret:
		t.form.Secret = secret.New(value)
	case theRedirectURI:
		t.form.RedirectURI = value
	case theCertificateFile:
		t.form.CertificateFile = value
	case theKeyFile:
		t.form.KeyFile = value
	case theCertificatePassword:
		t.form.CertificatePassword = secret.New(value)
	}
	t.note(fields[m].field, prose.F("took the %s from %s", fields[m].name, t.source))
}

func (t *taken) note(field connection.Field, text prose.Text) {
	t.notes = append(t.notes, connection.Note{Field: field, Text: text})
}

// readConnectionString finds the settings of a connection string.
func readConnectionString(text string) (prose.Text, []setting) {
	var found []setting
	for _, pair := range connstring.Parse(text) {
		found = append(found, setting{pair.Key, pair.Value})
	}
	return prose.F("a connection string"), found
}

// readConnectionDetail finds the settings of one connection of XrmToolBox's.
func readConnectionDetail(text string) (prose.Text, []setting) {
	d, ok := connection.ReadDetail(text)
	if !ok {
		return prose.Text{}, nil
	}
	settings := []setting{{"environmenturl", d.Environment}, {"tenantid", d.Tenant}, {"clientid", d.ClientID}}
	if d.ByCertificate {
		settings = append(settings, setting{"thumbprint", "there"})
	}
	return prose.F("a connection of XrmToolBox"), settings
}
