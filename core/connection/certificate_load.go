package connection

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"s2sdoctor/core/prose"
	"s2sdoctor/core/secret"
)

// CertificateLimit is the size in bytes past which a file is not read: a
// certificate with its key and chain has a few kilobytes.
const CertificateLimit = 1 << 20

// LoadCertificate reads a certificate with its RSA private key from a PEM or a
// PFX file, also a PFX in base64 as Key Vault hands it out.
//
// A PEM may leave the key to a second file: keyPath, or when that is empty one
// beside the certificate that is named after it ("app.pem" with "app.key",
// "app-key.pem" or "app_key.pem"; "cert.pem" with "key.pem"). The password opens
// a PFX or an encrypted PKCS#8 key and may be empty. Expiry is not judged here.
//
// Every error is a [*CertificateError].
func LoadCertificate(path, keyPath string, password secret.Value) (*Certificate, error) {
	data, err := readFile(path, prose.F("certificate file"))
	if err != nil {
		return nil, err
	}
	found, err := parseCertificate(data, password)
	if err != nil {
		return nil, err
	}
	apart := false
	if len(found.certs) > 0 && (keyPath != "" || len(found.keys)+found.foreign == 0) {
		if keyPath == "" {
			keyPath = besideKey(path)
		}
		if keyPath != "" {
			keyData, err := readFile(keyPath, prose.F("private key's file"))
			if err != nil {
				return nil, err
			}
			key, err := parsePEM(keyData, password)
			if err != nil {
				return nil, err
			}
			found.keys, found.foreign = key.keys, key.foreign
			apart = true
		}
	}
	cert, err := found.pair()
	if err != nil {
		return nil, err
	}
	cert.apart = apart
	return cert, nil
}

// parseCertificate tells the forms apart by content: file names lie.
func parseCertificate(data []byte, password secret.Value) (contents, error) {
	if bytes.Contains(data, []byte("-----BEGIN ")) {
		return parsePEM(data, password)
	}
	if der, ok := fromBase64(data); ok {
		data = der
	}
	if certs, err := x509.ParseCertificates(data); err == nil && len(certs) > 0 {
		return contents{certs: certs}, nil
	}
	return parsePFX(data, password)
}

// fromBase64 undoes the armour that Key Vault and pipelines put around a PFX.
func fromBase64(data []byte) ([]byte, bool) {
	text := strings.Join(strings.Fields(string(data)), "")
	der, err := base64.StdEncoding.DecodeString(text)
	return der, err == nil && len(der) > 0
}

// besideKey is the file that holds the key of the certificate at path, "" when
// there is none.
func besideKey(path string) string {
	folder, name := filepath.Split(path)
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	names := []string{stem + ".key", stem + "-key.pem", stem + "_key.pem", stem + ".key.pem"}
	if strings.EqualFold(stem, "cert") || strings.EqualFold(stem, "certificate") {
		names = append(names, "key.pem")
	}
	for _, candidate := range names {
		if info, err := os.Stat(folder + candidate); err == nil && info.Mode().IsRegular() {
			return folder + candidate
		}
	}
	return ""
}

// readFile reads a regular file within the limit. Anything else is refused
// before it is opened: reading a pipe or a device may never end.
func readFile(path string, what prose.Text) ([]byte, error) {
	unreadable := func(why prose.Text) error { return &CertificateError{CertificateUnreadable, why} }
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, unreadable(prose.F("The %s is not there. Check the path.", what))
	case errors.Is(err, fs.ErrPermission):
		return nil, unreadable(prose.F("The %s may not be read by you. Check its permissions.", what))
	case err != nil:
		return nil, unreadable(prose.F("The %s cannot be found. Check the path.", what))
	case info.IsDir():
		return nil, unreadable(prose.F("The %s is a folder. Choose the file in it.", what))
	case !info.Mode().IsRegular():
		return nil, unreadable(prose.F("The %s is not a regular file.", what))
	case info.Size() > CertificateLimit:
		return nil, unreadable(prose.F("The %s is larger than 1 MiB, which no certificate is.", what))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(prose.F("The %s cannot be opened. Check its permissions.", what))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, CertificateLimit+1))
	switch {
	case err != nil:
		return nil, unreadable(prose.F("The %s cannot be read.", what))
	case len(data) > CertificateLimit:
		return nil, unreadable(prose.F("The %s is larger than 1 MiB, which no certificate is.", what))
	case len(data) == 0:
		return nil, unreadable(prose.F("The %s is empty.", what))
	}
	return data, nil
}

// signerOf keeps the key in a closure, where no printing finds it.
func signerOf(key *rsa.PrivateKey) func() crypto.Signer {
	return func() crypto.Signer { return key }
}
