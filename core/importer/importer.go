// Package importer reads the connections of other programs: XrmToolBox, Power Platform
// ToolBox, lists in JSON and CSV, and everything that [paste.Read] reads.
//
// It promises that it takes names, addresses and IDs and never a secret, that a
// person's sign-in never becomes an application's, that what is left out is named with
// the reason, and that a file is read in bounded memory. It needs no network.
package importer

import (
	"bytes"
	"errors"
	"strings"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// The bounds of a file: XrmToolBox's has a picture in it at times.
const (
	// Limit is the size in bytes past which a file is not read.
	Limit = 8 << 20
	most  = 1000
)

// The ways in which a file cannot be imported.
var (
	ErrNotImportable = text.Error(text.F("This file belongs to another program and holds no connections that can be read. Choose XrmToolBox's connection file, an export of Power Platform ToolBox, or a list in JSON or CSV."))
	ErrEmpty         = text.Error(text.F("There are no connections in this file: it, or its list, is empty."))
	ErrPart          = text.Error(text.F("This file belongs to another program and holds no complete connection. Paste its text instead: its values go into the form."))
	ErrDamaged       = text.Error(text.F("The file of connections is damaged. Export it again."))
	ErrNewer         = text.Error(text.F("The file was written by a later version of Power Platform ToolBox, whose exports cannot be read yet."))
	ErrStore         = text.Error(text.F("This is Power Platform ToolBox's own store, in which IDs are encrypted. Export the connections there, and choose the export."))
	ErrOfFiles       = text.Error(text.F("This is XrmToolBox's list of files, with no connection in it. Choose one of the files that it names."))
	ErrArchive       = text.Error(text.F("This file is an archive. Unpack it, and choose the file of connections in it."))
	ErrWebPage       = text.Error(text.F("This file is a web page: a sign-in or an error page was saved instead of the connections. Download the file again."))
	ErrTooBig        = text.Error(text.F("The file is too large. At most 8 MB (2 MB of JSON) and 1000 connections can be imported at once."))
)

// Imported is what a file of another program's connections holds.
type Imported struct {
	// Named are those with which an application can prove itself, in the file's order.
	Named   []Named
	LeftOut []LeftOut
}

// Named is a connection with its name in the file.
type Named struct {
	// Name is in one line and has at most 80 characters; it is never empty.
	Name string
	// Form has no secret and no certificate: see [Import].
	Form connection.Form
	// ByCertificate is true where a certificate is named in the file.
	ByCertificate bool
	// Thumbprint is the certificate's as [certificate.Certificate.Thumbprint] returns
	// it; or "".
	Thumbprint string
}

// Import reads a file of connections. The error is one of the Err variables.
//
// It takes names, addresses and IDs, and never a secret. Exports hold no secrets. In
// XrmToolBox's file they are encrypted with a key that is in its public source:
// reading them would be easy, and would teach people that a secret in a file is safe.
// They are not kept in any form.
func Import(data []byte, clouds []cloud.Cloud) (Imported, error) {
	if len(data) > Limit {
		return Imported{}, ErrTooBig
	}
	found, err := read(data)
	switch {
	case err != nil:
		return Imported{}, err
	case len(found) > most:
		return Imported{}, ErrTooBig
	}
	var all Imported
	for _, e := range found {
		if named, why := e.named(clouds); why != "" {
			all.LeftOut = append(all.LeftOut, LeftOut{named.Name, why})
		} else {
			all.Named = append(all.Named, named)
		}
	}
	return all, nil
}

// archives are how files begin that hold others.
var archives = []string{"PK\x03\x04", "PK\x05\x06", "\x1f\x8b", "7z\xbc\xaf\x27\x1c", "Rar!\x1a"}

// read returns the file's connections, at least one where there is no error.
func read(data []byte) ([]entry, error) {
	for _, a := range archives {
		if bytes.HasPrefix(data, []byte(a)) {
			return nil, ErrArchive
		}
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if text = strings.TrimSpace(text); text == "" {
		return nil, ErrEmpty
	}
	start := strings.ToLower(text[:min(len(text), 512)])
	if strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") {
		return nil, ErrWebPage
	}
	readers := []func(string) ([]entry, error){readProfiles, readTable}
	switch text[:1] {
	case "<":
		readers = []func(string) ([]entry, error){readXML, readElements}
	case "{", "[":
		readers = []func(string) ([]entry, error){readJSON}
	}
	for _, reader := range readers {
		if found, err := reader(text); !errors.Is(err, ErrNotImportable) {
			return found, err
		}
	}
	found, err := readPasted(text)
	if err != nil {
		if list, listed := rowsOf(text); listed == nil {
			return list, nil // environments, without an application
		}
	}
	return found, err
}

// signIn is how a connection of another program proves itself.
type signIn int

const (
	unknownSignIn signIn = iota
	personSignsIn
	onPremises
	secretSignIn
	certificateSignIn
	federatedSignIn
	managedSignIn
)

// entry is a connection as another program wrote it.
type entry struct {
	name, address, tenant, clientID string
	by                              signIn
	thumbprint                      string
	issuer                          connection.Issuer
	tokenFile                       string
}

// named takes what can be used, or returns why nothing can.
func (e entry) named(clouds []cloud.Cloud) (Named, Reason) {
	form := connection.Form{Environment: e.address, Tenant: noZeros(e.tenant), ClientID: noZeros(e.clientID)}
	switch e.by {
	case managedSignIn:
		form.Kind = connection.ManagedIdentityKind
	case federatedSignIn:
		form.Kind, form.Federation = connection.FederatedKind, connection.Federation{Issuer: e.issuer, File: e.tokenFile}
		if e.issuer == "" {
			form.Federation.Issuer = connection.AnyIssuer
		}
	}
	c, _, problems := form.Clean(clouds)
	n := Named{Name: legible(e.name), ByCertificate: e.by == certificateSignIn}
	if n.ByCertificate {
		n.Thumbprint = certificate.ParseThumbprint(e.thumbprint)
	}
	refused := map[connection.Field]bool{}
	for _, p := range problems {
		refused[p.Field] = true
	}
	switch {
	case e.by == personSignsIn:
		return n, PersonSignsIn
	case e.by == onPremises, refused[connection.FieldEnvironment]:
		return n, NotOnline
	case e.by == unknownSignIn:
		return n, UnknownSignIn
	case refused[connection.FieldClientID]:
		return n, NoApplication
	}
	// A tenant that cannot be used is left to be discovered.
	n.Form = connection.Form{Environment: c.Environment, Tenant: c.Tenant, ClientID: c.ClientID, Kind: form.Kind, Federation: form.Federation}
	if n.Name == "" {
		n.Name, _, _ = strings.Cut(c.Host, ".")
	}
	return n, ""
}

// noZeros returns an ID, or "" for the zeros that .NET writes instead of a missing one.
func noZeros(id string) string {
	if zero, ok := guid.Parse(id); ok && guid.OnlyZeros(zero) {
		return ""
	}
	return id
}

// longestName is how many characters of a name are kept; it is a profile's limit.
const longestName = 80

// legible returns a name in one line, without what cannot be seen, and not too long.
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
