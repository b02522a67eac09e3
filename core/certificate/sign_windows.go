package certificate

import (
	"crypto"
	"crypto/rsa"
	"errors"
	"io"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	ncrypt     = windows.NewLazySystemDLL("ncrypt.dll")
	signHash   = ncrypt.NewProc("NCryptSignHash")
	freeObject = ncrypt.NewProc("NCryptFreeObject")
)

// The flags of NCryptSignHash.
//
// Source: learn.microsoft.com/windows/win32/api/ncrypt/nf-ncrypt-ncryptsignhash.
const (
	padPSS = 0x00000008 // BCRYPT_PAD_PSS
	silent = 0x00000040 // NCRYPT_SILENT_FLAG
)

// pssPadding is BCRYPT_PSS_PADDING_INFO.
type pssPadding struct {
	algorithm *uint16
	salt      uint32
}

// Sign implements [crypto.Signer] for RSA-PSS with SHA-256, which Entra recommends. The
// key does not leave the system.
func (k storeKey) Sign(_ io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	pss, ok := o.(*rsa.PSSOptions)
	if !ok || pss.HashFunc() != crypto.SHA256 || len(digest) != crypto.SHA256.Size() || pss.SaltLength != rsa.PSSSaltLengthEqualsHash {
		return nil, errors.New("this key signs with RSA-PSS and SHA-256 only")
	}
	var signature []byte
	err := k.with(func(found *windows.CertContext) error {
		opened, err := openKey(found)
		if err != nil {
			return err
		}
		defer opened.close()
		signature, err = opened.sign(digest, k.public.Size())
		return err
	})
	if errors.Is(err, errAbsent) {
		return nil, notInStore(k.thumbprint)
	}
	return signature, err
}

func (k key) sign(digest []byte, size int) ([]byte, error) {
	name, err := windows.UTF16PtrFromString("SHA256")
	if err != nil {
		return nil, err
	}
	padding := pssPadding{algorithm: name, salt: uint32(crypto.SHA256.Size())}
	signature := make([]byte, size)
	var written uint32
	code, _, _ := signHash.Call(uintptr(k.handle), uintptr(unsafe.Pointer(&padding)),
		uintptr(unsafe.Pointer(&digest[0])), uintptr(len(digest)),
		uintptr(unsafe.Pointer(&signature[0])), uintptr(len(signature)),
		uintptr(unsafe.Pointer(&written)), padPSS|silent)
	if code != 0 {
		return nil, storeFault(uint32(code))
	}
	return signature[:written], nil
}
