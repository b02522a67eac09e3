package importer

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/connstring"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// detail is what is looked at in XrmToolBox's ConnectionDetail.
//
// Source: MscrmTools.Xrm.Connection; its XmlSerializer writes CrmConnections.
type detail struct {
	// values are the first text of an element, of those that are no secret.
	values map[string]string
	// secret, password and certificate are true where there is one. What it is stays
	// in the file.
	secret, password, certificate bool
}

// detailValues are the elements whose text is kept. ConnectionString may hold a
// secret: [detail.connectionString] takes it apart and forgets it.
var detailValues = []string{
	"ConnectionName", "OriginalUrl", "WebApplicationUrl", "OrganizationServiceUrl", "ServerName", "AzureAdAppId", "TenantId",
	"NewAuthType", "AuthType", "UseIfd", "UseOnline", "UseOsdp", "IsFromSdkLoginCtrl", "AzureKeyVaultName", "UserName", "ConnectionString",
}

func (d *detail) take(path []string, text string) {
	if text = plain.Trim(text); text == "" {
		return
	}
	switch {
	case len(path) == 1 && (path[0] == "ClientSecret" || path[0] == "S2SClientSecret"):
		d.secret = true
	case len(path) == 1 && path[0] == "UserPassword":
		d.password = true
	case len(path) == 2 && path[0] == "CertificateInfo" && path[1] == "Thumbprint":
		d.certificate = true
		d.values["Thumbprint"] = text
	case len(path) == 1 && slices.Contains(detailValues, path[0]) && d.values[path[0]] == "":
		d.values[path[0]] = text
	}
}

// deepest is how deep elements and objects may lie in one another.
const deepest = 64

// readXML reads the ConnectionDetail elements of any document (CrmConnections, the
// ArrayOfConnectionDetail of an XmlSerializer, one alone), and connection strings in
// the attributes of any other. Comments do not count. XML's own means of attack are
// refused: there is no entity but its five, no document type, and no depth without end.
func readXML(text string) ([]entry, error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	// The text is UTF-8 already, even if it declares another encoding.
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	var d document
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return d.end()
		case err != nil && len(d.path) == 0:
			return nil, ErrNotImportable
		case err != nil:
			return nil, ErrDamaged
		}
		switch token := token.(type) {
		case xml.Directive:
			return nil, ErrDamaged
		case xml.StartElement:
			if err := d.open(token); err != nil {
				return nil, err
			}
		case xml.CharData:
			if d.detail != nil {
				d.content.Write(token)
			}
		case xml.EndElement:
			d.close()
		}
	}
}

// document is what was read of an XML document so far.
type document struct {
	path   []string // the names of the open elements
	detail *detail  // the open ConnectionDetail; nil outside of one
	depth  int      // of detail in path
	// content is the text of the innermost element.
	content strings.Builder
	isList  bool
	found   []entry
}

func (d *document) open(element xml.StartElement) error {
	name := element.Name.Local
	d.path = append(d.path, name)
	d.content.Reset()
	switch {
	case len(d.path) > deepest:
		return ErrDamaged
	case len(d.path) == 1 && name == "ConnectionsList":
		return ErrOfFiles
	case len(d.path) == 1:
		d.isList = name == "CrmConnections" || name == "ArrayOfConnectionDetail"
	}
	if d.detail == nil && name == "ConnectionDetail" {
		d.detail, d.depth = &detail{values: map[string]string{}}, len(d.path)
	} else if d.detail == nil {
		d.found = append(d.found, entriesOfAttributes(element.Attr)...)
	}
	if len(d.found) > most {
		return ErrTooBig
	}
	return nil
}

func (d *document) close() {
	switch {
	case d.detail != nil && len(d.path) == d.depth:
		d.found = append(d.found, d.detail.entry())
		d.detail = nil
	case d.detail != nil:
		d.detail.take(d.path[d.depth:], d.content.String())
	}
	d.content.Reset()
	d.path = d.path[:len(d.path)-1]
}

func (d *document) end() ([]entry, error) {
	switch {
	case len(d.found) > 0:
		return d.found, nil
	case d.isList:
		return nil, ErrEmpty
	}
	return nil, ErrNotImportable
}

// entriesOfAttributes returns the connection strings of a .NET configuration:
// <add name="…" connectionString="…"/>, or a key with its value.
func entriesOfAttributes(attributes []xml.Attr) []entry {
	var found []entry
	for _, a := range attributes {
		e := entry{}
		if e.by = e.addConnectionString(a.Value); e.address == "" {
			continue
		}
		for _, name := range attributes {
			if name.Name.Local == "name" || name.Name.Local == "key" {
				e.name = name.Value
			}
		}
		found = append(found, e)
	}
	return found
}

// entry decides as XrmToolBox does how it would sign in.
func (d *detail) entry() entry {
	e := entry{
		name: d.values["ConnectionName"], address: d.values["OriginalUrl"], tenant: d.values["TenantId"], clientID: d.values["AzureAdAppId"],
		thumbprint: d.values["Thumbprint"],
	}
	stated := d.connectionString(&e)
	for _, other := range []string{"WebApplicationUrl", "OrganizationServiceUrl", "ServerName"} {
		if e.address == "" {
			e.address = d.values[other]
		}
	}
	if _, isID := guid.Parse(d.values["UserName"]); isID && d.secret && noZeros(e.clientID) == "" {
		e.clientID = d.values["UserName"] // where older versions keep it
	}
	e.by = d.signIn(stated, e.address)
	return e
}

func (d *detail) signIn(stated signIn, address string) signIn {
	auth := strings.ToLower(d.values["NewAuthType"])
	older := strings.ToLower(d.values["AuthType"])
	online := strings.Contains(strings.ToLower(address), ".dynamics.") || d.is("UseOnline") || d.is("UseOsdp")
	switch {
	case d.is("IsFromSdkLoginCtrl"):
		return personSignsIn
	case d.certificate:
		return certificateSignIn
	case stated != unknownSignIn:
		return stated
	case d.values["AzureKeyVaultName"] != "", auth == "clientsecret":
		return secretSignIn
	case auth == "certificate":
		return certificateSignIn
	case auth == "oauth", auth == "office365", auth == "live":
		return personSignsIn
	case d.secret:
		return secretSignIn
	case d.is("UseIfd") && !online:
		return onPremises
	case slices.Contains([]string{"ad", "ifd", "claims"}, auth), auth == "" && slices.Contains(olderKinds, older):
		if online {
			return personSignsIn // AD is what .NET writes where nothing was chosen
		}
		return onPremises
	case auth == "" && older == "liveid", auth == "" && online && (d.password || strings.Contains(d.values["UserName"], "@")):
		return personSignsIn
	}
	return unknownSignIn
}

// olderKinds are the AuthenticationProviderTypes of files from before NewAuthType,
// but for LiveId: a person's, online or on premises.
//
// Source: Microsoft.Xrm.Sdk.Client.AuthenticationProviderType.
var olderKinds = []string{"onlinefederation", "activedirectory", "federation"}

func (d *detail) is(name string) bool { return strings.EqualFold(d.values[name], "true") }

// connectionString adds what a connection string holds, and forgets it. It returns
// how that signs in, or unknownSignIn.
func (d *detail) connectionString(e *entry) signIn {
	by := e.addConnectionString(d.values["ConnectionString"])
	delete(d.values, "ConnectionString")
	return by
}

func (e *entry) addConnectionString(text string) signIn {
	by := unknownSignIn
	for _, p := range connstring.Parse(text) {
		switch plain.Squeeze(p.Key) {
		case "serviceuri":
			e.address = p.Value
		case "clientid", "appid", "applicationid":
			e.clientID = p.Value
		case "tenantid", "tenant":
			e.tenant = p.Value
		case "thumbprint", "certificatethumbprint":
			e.thumbprint = p.Value
		case "authtype", "authenticationtype":
			switch strings.ToLower(p.Value) {
			case "clientsecret":
				by = secretSignIn
			case "certificate":
				by = certificateSignIn
			case "ad", "ifd":
				by = onPremises
			default:
				by = personSignsIn
			}
		}
	}
	return by
}
