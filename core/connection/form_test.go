package connection_test

import "github.com/s2sdoctor/s2sdoctor/core/connection"

const contoso = "https://contoso.crm4.dynamics.com"

// got is a form for comparison, with its secrets as text.
type got struct {
	Environment, Tenant, ClientID, Secret, CertificateFile, KeyFile, CertificatePassword, RedirectURI string
}

func open(f connection.Form) got {
	return got{
		f.Environment, f.Tenant, f.ClientID, plain(f.Secret), f.CertificateFile, f.KeyFile, plain(f.CertificatePassword), f.RedirectURI,
	}
}
