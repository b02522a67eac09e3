package certificate

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" // #nosec G505 -- the store's own index
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// TestKeySigns guards that Entra can verify CNG's signatures: RSA-PSS, SHA-256, a salt of
// 32 bytes.
func TestKeySigns(t *testing.T) {
	handle, public := newKey(t)
	digest := sha256.Sum256([]byte("an assertion"))
	signature, err := key{handle: handle}.sign(digest[:], public.Size())
	if err != nil {
		t.Fatal(err)
	}
	options := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256}
	if err := rsa.VerifyPSS(public, crypto.SHA256, digest[:], signature, options); err != nil {
		t.Error(err)
	}
}

// newKey creates a key in CNG's provider that ends with its handle.
func newKey(t *testing.T) (windows.Handle, *rsa.PublicKey) {
	t.Helper()
	call := func(name string, args ...uintptr) {
		t.Helper()
		if code, _, _ := ncrypt.NewProc(name).Call(args...); code != 0 {
			t.Skipf("%s is not there: 0x%08X", name, uint32(code))
		}
	}
	wide := func(s string) uintptr {
		p, err := windows.UTF16PtrFromString(s)
		if err != nil {
			t.Fatal(err)
		}
		return uintptr(unsafe.Pointer(p))
	}
	var provider, handle windows.Handle
	call("NCryptOpenStorageProvider", uintptr(unsafe.Pointer(&provider)), wide("Microsoft Software Key Storage Provider"), 0)
	call("NCryptCreatePersistedKey", uintptr(provider), uintptr(unsafe.Pointer(&handle)), wide("RSA"), 0, 0, 0)
	bits := uint32(2048)
	call("NCryptSetProperty", uintptr(handle), wide("Length"), uintptr(unsafe.Pointer(&bits)), 4, 0)
	call("NCryptFinalizeKey", uintptr(handle), 0)
	blob := make([]byte, 4096)
	var n uint32
	call("NCryptExportKey", uintptr(handle), 0, wide("RSAPUBLICBLOB"), 0, uintptr(unsafe.Pointer(&blob[0])), uintptr(len(blob)), uintptr(unsafe.Pointer(&n)), 0)
	// BCRYPT_RSAKEY_BLOB: six numbers, then exponent and modulus.
	exponent, modulus := int(binary.LittleEndian.Uint32(blob[8:])), int(binary.LittleEndian.Uint32(blob[12:]))
	e, m := blob[24:24+exponent], blob[24+exponent:24+exponent+modulus]
	return handle, &rsa.PublicKey{E: int(new(big.Int).SetBytes(e).Int64()), N: new(big.Int).SetBytes(m)}
}

// TestStoreWithoutKey guards that a certificate without its key and a missing certificate
// have different faults.
func TestStoreWithoutKey(t *testing.T) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "S2S Doctor test"}, NotBefore: time.Now(), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha1.Sum(der) // #nosec G401 -- the store's own index
	thumbprint := strings.ToUpper(hex.EncodeToString(sum[:]))
	if _, err := FromStore(t.Context(), thumbprint); faultIn(err) != NotInStore {
		t.Fatalf("before: %v", err)
	}
	inStore(t, func(store windows.Handle) {
		made, err := windows.CertCreateCertificateContext(windows.X509_ASN_ENCODING, &der[0], uint32(len(der)))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = windows.CertFreeCertificateContext(made) }()
		if err := windows.CertAddCertificateContextToStore(store, made, windows.CERT_STORE_ADD_ALWAYS, nil); err != nil {
			t.Fatal(err)
		}
	})
	defer inStore(t, func(store windows.Handle) {
		blob := windows.CryptHashBlob{Size: uint32(len(sum)), Data: &sum[0]}
		if found, err := windows.CertFindCertificateInStore(store, windows.X509_ASN_ENCODING, 0, windows.CERT_FIND_SHA1_HASH, unsafe.Pointer(&blob), nil); err == nil {
			_ = windows.CertDeleteCertificateFromStore(found)
		}
	})
	if _, err := FromStore(t.Context(), thumbprint); faultIn(err) != NoKey {
		t.Errorf("without its key: %v", err)
	}
}

// inStore opens the user's store for writing, and commits.
func inStore(t *testing.T, f func(windows.Handle)) {
	t.Helper()
	name, err := windows.UTF16PtrFromString("MY")
	if err != nil {
		t.Fatal(err)
	}
	store, err := windows.CertOpenStore(windows.CERT_STORE_PROV_SYSTEM_W, 0, 0, windows.CERT_SYSTEM_STORE_CURRENT_USER, uintptr(unsafe.Pointer(name)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = windows.CertCloseStore(store, 0) }()
	f(store)
}

func faultIn(err error) Fault {
	var fault *Error
	if errors.As(err, &fault) {
		return fault.Fault
	}
	return ""
}
