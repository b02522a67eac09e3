package certificate

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// WritePFX writes certificate and key into a new file, encrypted with a password, as
// Windows and OpenSSL read it. The file is written whole, or not at all.
func (m *Made) WritePFX(path string, password secret.Value) (err error) {
	cert, err := x509.ParseCertificate(m.DER)
	if err != nil {
		return err
	}
	var encoded []byte
	m.file.Use(func(file string) {
		_, rest := pem.Decode([]byte(file)) // the certificate
		block, _ := pem.Decode(rest)
		var key any
		if key, err = x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			password.Use(func(plain string) { encoded, err = pkcs12.Modern.Encode(key, cert, nil, plain) })
		}
	})
	if err != nil {
		return err
	}
	return writeNew(path, encoded, 0o600)
}

// WriteCER writes a certificate without its key as PEM, which is what is uploaded, in
// place of what an interrupted run wrote.
func WriteCER(path string, der []byte) error {
	return replace(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600)
}

// writeNew writes a whole file that must not be there yet.
func writeNew(path string, data []byte, mode fs.FileMode) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fs.ErrExist
	}
	return replace(path, data, mode)
}

// replace writes a file so that there is the whole of it or what was there before.
func replace(path string, data []byte, mode fs.FileMode) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
