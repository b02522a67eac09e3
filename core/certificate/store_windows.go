package certificate

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"slices"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"

	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// places are the stores that are searched, in order.
var places = []uint32{windows.CERT_SYSTEM_STORE_CURRENT_USER, windows.CERT_SYSTEM_STORE_LOCAL_MACHINE}

// HasStore is true where there is a store of certificates that [FromStore] reads.
const HasStore = true

// fromStore looks in a goroutine: a smart card may take long to answer.
func fromStore(ctx context.Context, thumbprint string) (*Certificate, error) {
	type result struct {
		cert *Certificate
		err  error
	}
	done := make(chan result, 1)
	go func() {
		defer crash.Guard(func(string) { done <- result{err: errCancelled} })
		cert, err := find(thumbprint)
		done <- result{cert, err}
	}()
	select {
	case r := <-done:
		return r.cert, r.err
	case <-ctx.Done():
		return nil, errCancelled
	}
}

// find returns the first certificate with a usable key, or the reason why that of the
// first store is not usable.
func find(thumbprint string) (*Certificate, error) {
	var first error
	for _, place := range places {
		k := storeKey{place: place, thumbprint: thumbprint}
		cert, err := k.load()
		if err == nil {
			return cert, nil
		}
		if first == nil && !errors.Is(err, errAbsent) {
			first = err
		}
	}
	if first != nil {
		return nil, first
	}
	return nil, notInStore(thumbprint)
}

var errAbsent = errors.New("not in this store")

// storeKey is a private key in a store of Windows: a [crypto.Signer] that opens the key
// for each signature and keeps nothing.
type storeKey struct {
	place      uint32
	thumbprint string
	public     *rsa.PublicKey
}

// load reads the certificate and sees whether its key can be opened.
func (k storeKey) load() (*Certificate, error) {
	var cert *Certificate
	err := k.with(func(found *windows.CertContext) error {
		parsed, err := x509.ParseCertificate(slices.Clone(unsafe.Slice(found.EncodedCert, found.Length)))
		if err != nil {
			return fail(Unreadable, text.F("The certificate of the store cannot be used."))
		}
		public, ok := parsed.PublicKey.(*rsa.PublicKey)
		switch {
		case !ok:
			return notRSA(parsed)
		case public.N.BitLen() < minimumBits:
			return tooShort(public.N.BitLen())
		}
		key, err := openKey(found)
		if err != nil {
			return err
		}
		key.close()
		signer := storeKey{k.place, k.thumbprint, public}
		cert = &Certificate{Chain: []*x509.Certificate{parsed}, signer: func() crypto.Signer { return signer }}
		return nil
	})
	return cert, err
}

// with calls f with the certificate; errAbsent if it is not in the store.
func (k storeKey) with(f func(*windows.CertContext) error) error {
	name, err := windows.UTF16PtrFromString("MY")
	if err != nil {
		return err
	}
	store, err := windows.CertOpenStore(windows.CERT_STORE_PROV_SYSTEM_W, 0, 0,
		k.place|windows.CERT_STORE_READONLY_FLAG|windows.CERT_STORE_OPEN_EXISTING_FLAG, uintptr(unsafe.Pointer(name)))
	if err != nil {
		return errAbsent // a store that does not exist holds nothing
	}
	defer func() { _ = windows.CertCloseStore(store, 0) }()
	hash, err := hex.DecodeString(k.thumbprint)
	if err != nil {
		return err
	}
	blob := windows.CryptHashBlob{Size: uint32(len(hash)), Data: &hash[0]}
	found, err := windows.CertFindCertificateInStore(store, windows.X509_ASN_ENCODING|windows.PKCS_7_ASN_ENCODING, 0,
		windows.CERT_FIND_SHA1_HASH, unsafe.Pointer(&blob), nil)
	if err != nil {
		return errAbsent
	}
	defer func() { _ = windows.CertFreeCertificateContext(found) }()
	return f(found)
}

// Public implements [crypto.Signer].
func (k storeKey) Public() crypto.PublicKey { return k.public }

// key is an open handle of a private key.
type key struct {
	handle windows.Handle
	owned  bool
}

// openKey opens the certificate's key for use, by CNG only and without a prompt.
func openKey(cert *windows.CertContext) (key, error) {
	const flags = windows.CRYPT_ACQUIRE_ONLY_NCRYPT_KEY_FLAG | windows.CRYPT_ACQUIRE_SILENT_FLAG | windows.CRYPT_ACQUIRE_COMPARE_KEY_FLAG
	var k key
	var spec uint32
	if err := windows.CryptAcquireCertificatePrivateKey(cert, flags, nil, &k.handle, &spec, &k.owned); err != nil {
		return key{}, faultOf(err)
	}
	return k, nil
}

func (k key) close() {
	if k.owned {
		_, _, _ = freeObject.Call(uintptr(k.handle))
	}
}

// faultOf names an error of Windows.
func faultOf(err error) error {
	var code syscall.Errno
	if errors.As(err, &code) {
		return storeFault(uint32(code))
	}
	return storeFault(0)
}

func notInStore(thumbprint string) *Error {
	return fail(NotInStore, text.F("Neither the store of this user nor that of this computer has a certificate with the thumbprint %s under Personal.", thumbprint))
}
