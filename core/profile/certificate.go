package profile

import (
	"os"
	"path/filepath"
	"slices"
)

// certificates is the folder of the certificates that the program made. Their keys are
// encrypted; the passwords are in the vault, each with its profile.
const certificates = "certificates"

// CertificateFile returns the path for a new certificate of a thumbprint, in a folder
// that is made for the user alone.
func (s *Store) CertificateFile(thumbprint string) (string, error) {
	folder := filepath.Join(s.dir, certificates)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	return filepath.Join(folder, thumbprint+".pfx"), nil
}

// dropCertificate deletes the certificate of a profile that is gone, if the program
// made it and no other profile has it. Without its password it is of no use to anyone.
func (s *Store) dropCertificate(gone Profile, left []Profile) {
	inUse := slices.ContainsFunc(left, func(p Profile) bool { return p.CertificateFile == gone.CertificateFile })
	if !inUse && filepath.Dir(gone.CertificateFile) == filepath.Join(s.dir, certificates) {
		_ = os.Remove(gone.CertificateFile)
	}
}
