package connection

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"s2sdoctor/core/connstring"
	"s2sdoctor/core/plain"
)

// deepest is how far elements may be nested.
const deepest = 64

// detail is what is looked at in XrmToolBox's ConnectionDetail.
//
// Source: MscrmTools.Xrm.Connection, whose XmlSerializer writes CrmConnections.
type detail struct {
	// values are the first text of an element, of those that are no secret.
	values map[string]string
	// secret and certificate are that there is one. What it is stays in the file.
	secret, certificate bool
}

// detailValues are the elements whose text is kept. ConnectionString may hold a
// secret: [detail.connectionString] takes it apart and forgets it.
var detailValues = []string{
	"ConnectionName", "OriginalUrl", "WebApplicationUrl", "AzureAdAppId", "TenantId", "NewAuthType", "UseIfd", "IsFromSdkLoginCtrl",
	"AzureKeyVaultName", "ConnectionString",
}

func (d *detail) take(path []string, text string) {
	if text = plain.Trim(text); text == "" {
		return
	}
	switch {
	case len(path) == 1 && (path[0] == "ClientSecret" || path[0] == "S2SClientSecret"):
		d.secret = true
	case len(path) == 2 && path[0] == "CertificateInfo" && path[1] == "Thumbprint":
		d.certificate = true
		d.values["Thumbprint"] = text
	case len(path) == 1 && slices.Contains(detailValues, path[0]) && d.values[path[0]] == "":
		d.values[path[0]] = text
	}
}

// readXrmToolBox reads CrmConnections, or one ConnectionDetail alone. XML's own
// means of attack are refused: there is no entity but its five, no document type,
// and no depth without end.
func readXrmToolBox(data []byte) ([]foreign, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	var found []foreign
	var path []string
	var open *detail
	depth := 0 // of the open detail
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return found, nil
		case err != nil && len(path) == 0:
			return nil, ErrNotImportable
		case err != nil:
			return nil, ErrImportDamaged
		}
		switch token := token.(type) {
		case xml.Directive:
			return nil, ErrImportDamaged
		case xml.StartElement:
			path = append(path, token.Name.Local)
			switch {
			case len(path) > deepest:
				return nil, ErrImportDamaged
			case len(path) == 1 && token.Name.Local == "ConnectionsList":
				return nil, ErrImportOfFiles
			case len(path) == 1 && token.Name.Local != "CrmConnections" && token.Name.Local != "ConnectionDetail":
				return nil, ErrNotImportable
			case open == nil && token.Name.Local == "ConnectionDetail":
				if len(found) == importMost {
					return nil, ErrImportTooBig
				}
				open, depth = &detail{values: map[string]string{}}, len(path)
			}
		case xml.CharData:
			if open != nil {
				open.take(path[depth:], string(token))
			}
		case xml.EndElement:
			if open != nil && len(path) == depth {
				found = append(found, open.foreign())
				open = nil
			}
			path = path[:len(path)-1]
		}
	}
}

// foreign decides as XrmToolBox does how it would sign in.
func (d *detail) foreign() foreign {
	f := foreign{
		name: d.values["ConnectionName"], address: d.values["OriginalUrl"], tenant: d.values["TenantId"], clientID: d.values["AzureAdAppId"],
		thumbprint: d.values["Thumbprint"],
	}
	stated := d.connectionString(&f)
	if f.address == "" {
		f.address = d.values["WebApplicationUrl"]
	}
	switch auth := strings.ToLower(d.values["NewAuthType"]); {
	case d.is("IsFromSdkLoginCtrl"):
		f.by = personSignsIn
	case d.certificate:
		f.by = certificateSignIn
	case stated != unknownSignIn:
		f.by = stated
	case d.values["AzureKeyVaultName"] != "", auth == "clientsecret":
		f.by = secretSignIn
	case auth == "certificate":
		f.by = certificateSignIn
	case auth == "oauth", auth == "office365", auth == "live":
		f.by = personSignsIn
	case d.secret:
		f.by = secretSignIn
	case d.is("UseIfd"), auth == "ad", auth == "ifd", auth == "claims":
		f.by = onPremises
		if strings.Contains(strings.ToLower(f.address), ".dynamics.com") {
			f.by = personSignsIn // AD is what .NET writes where nothing was chosen
		}
	}
	return f
}

func (d *detail) is(name string) bool { return strings.EqualFold(d.values[name], "true") }

// connectionString adds what a connection string says, and forgets it. It tells
// how that signs in; unknownSignIn where there is none.
func (d *detail) connectionString(f *foreign) signIn {
	pairs := connstring.Parse(d.values["ConnectionString"])
	delete(d.values, "ConnectionString")
	by := unknownSignIn
	for _, p := range pairs {
		switch plain.Squeeze(p.Key) {
		case "serviceuri":
			f.address = p.Value
		case "clientid", "appid", "applicationid":
			f.clientID = p.Value
		case "thumbprint", "certificatethumbprint":
			f.thumbprint = p.Value
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
