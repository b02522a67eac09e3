package connection

import (
	"bytes"
	"strings"
	"unicode"

	"s2sdoctor/core/certificate"
	"s2sdoctor/core/cloud"
	"s2sdoctor/core/plain"
	"s2sdoctor/core/prose"
)

// What a file of connections may hold: XrmToolBox's has a picture in it at times.
const (
	// ImportLimit is its size in bytes.
	ImportLimit = 8 << 20
	importMost  = 1000
)

// The ways in which a file cannot be imported.
var (
	ErrNotImportable = prose.Error(prose.F("There are no connections in this file. Choose XrmToolBox's connection file or an export of Power Platform ToolBox."))
	ErrImportDamaged = prose.Error(prose.F("The file of connections is damaged. Export it again."))
	ErrImportNewer   = prose.Error(prose.F("The file was written by a later version of Power Platform ToolBox, whose exports cannot be read yet."))
	ErrImportOfFiles = prose.Error(prose.F("This is XrmToolBox's list of files, with no connection in it. Choose one of the files that it names."))
	ErrImportTooBig  = prose.Error(prose.F("The file is too large. At most 8 MB and 1000 connections can be imported at once."))
)

// Imported is what a file of another program's connections holds.
type Imported struct {
	// Named are those with which an application can prove itself, in the file's order.
	Named   []Named
	LeftOut []LeftOut
}

// Named is a connection with what it is called there.
type Named struct {
	// Name is in one line and has at most 80 characters; it is never empty.
	Name string
	// Form has no secret and no certificate: see [Import].
	Form Form
	// ByCertificate is that a certificate is named there.
	ByCertificate bool
	// Thumbprint is the certificate's as [certificate.Certificate.Thumbprint] gives it; "" where
	// the file has none that is one.
	Thumbprint string
}

// LeftOut is a connection that was not taken.
type LeftOut struct {
	// Name is as in [Named]; it may be empty.
	Name string
	Why  Reason
}

// Reason is why a connection was left out.
type Reason string

// The reasons.
const (
	PersonSignsIn Reason = "person"
	NotOnline     Reason = "not online"
	NoApplication Reason = "no application"
	UnknownSignIn Reason = "unknown"
	// SavedAlready is for whoever keeps connections: it is there under the same name.
	SavedAlready Reason = "saved already"
)

// Reasons are all of them, in the order in which they are told.
var Reasons = []Reason{PersonSignsIn, NotOnline, NoApplication, UnknownSignIn, SavedAlready}

// Text says it in a sentence.
func (r Reason) Text() prose.Text {
	switch r {
	case PersonSignsIn:
		return prose.F("A person signs in, not an application.")
	case NotOnline:
		return prose.F("The address is not that of a Dataverse environment in the cloud.")
	case NoApplication:
		return prose.F("There is no usable Application (client) ID.")
	case SavedAlready:
		return prose.F("It is saved already.")
	}
	return prose.F("The way of signing in is not known here.")
}

// Import reads the connection file of XrmToolBox or an export of Power Platform
// ToolBox. The error is one of ErrNotImportable to ErrImportTooBig.
//
// It takes names, addresses and IDs, and never a secret. Exports have none. In
// XrmToolBox's file they are encrypted with a key that stands in its public
// source: reading them would be easy, and would teach people that a secret in a
// file is safe. They are not even kept as they stand.
func Import(data []byte, clouds []cloud.Cloud) (Imported, error) {
	if len(data) > ImportLimit {
		return Imported{}, ErrImportTooBig
	}
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	read := readToolBox
	if bytes.HasPrefix(data, []byte("<")) {
		read = readXrmToolBox
	}
	found, err := read(data)
	switch {
	case err != nil:
		return Imported{}, err
	case len(found) == 0:
		return Imported{}, ErrNotImportable
	case len(found) > importMost:
		return Imported{}, ErrImportTooBig
	}
	var all Imported
	for _, f := range found {
		if named, why := f.named(clouds); why != "" {
			all.LeftOut = append(all.LeftOut, LeftOut{named.Name, why})
		} else {
			all.Named = append(all.Named, named)
		}
	}
	return all, nil
}

// signIn is how another program's connection proves itself.
type signIn int

const (
	unknownSignIn signIn = iota
	personSignsIn
	onPremises
	secretSignIn
	certificateSignIn
)

// foreign is a connection as another program wrote it.
type foreign struct {
	name, address, tenant, clientID string
	by                              signIn
	thumbprint                      string
}

// named takes what can be used, or says why nothing can.
func (f foreign) named(clouds []cloud.Cloud) (Named, Reason) {
	c, _, problems := Form{Environment: f.address, Tenant: f.tenant, ClientID: f.clientID}.Clean(clouds)
	n := Named{Name: legible(f.name), ByCertificate: f.by == certificateSignIn}
	if n.ByCertificate {
		n.Thumbprint = certificate.ParseThumbprint(f.thumbprint)
	}
	refused := map[Field]bool{}
	for _, p := range problems {
		refused[p.Field] = true
	}
	switch {
	case f.by == personSignsIn:
		return n, PersonSignsIn
	case f.by == onPremises, refused[FieldEnvironment]:
		return n, NotOnline
	case f.by == unknownSignIn:
		return n, UnknownSignIn
	case refused[FieldClientID]:
		return n, NoApplication
	}
	// A tenant that cannot be used is left to be discovered.
	n.Form = Form{Environment: c.Environment, Tenant: c.Tenant, ClientID: c.ClientID}
	if n.Name == "" {
		n.Name, _, _ = strings.Cut(c.Host, ".")
	}
	return n, ""
}

// longestName is how many characters of a name are kept; it is a profile's limit.
const longestName = 80

// legible is a name in one line, without what cannot be seen, and not too long.
func legible(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r), plain.Invisible(r):
			return -1
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if runes := []rune(name); len(runes) > longestName {
		name = strings.TrimSpace(string(runes[:longestName]))
	}
	return name
}
