package connection

// cleanCertificate loads the certificate's file.
func (f Form) cleanCertificate(r *remarks) Credential {
	r.refuse(FieldCertificate, "input.certificate", "The certificate file cannot be used.")
	return Credential{}
}
