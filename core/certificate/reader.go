package certificate

import (
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// contents is what the files hold, before it is known to fit.
type contents struct {
	certs []*x509.Certificate
	keys  []*rsa.PrivateKey
	// otherKeys are the names of the kinds of private keys that Entra does not take.
	otherKeys []string
	// seen are the other things that a file holds.
	seen []thing
	// faults are what could not be read, in the order of the file. They count where
	// the rest does not make a certificate with its key.
	faults []error
	// badKeys counts the private keys among the faults.
	badKeys int
	pfx     bool
}

func (c *contents) see(t thing) { c.seen = append(c.seen, t) }

// hasKey reports whether there is a private key, of any kind, readable or not.
func (c *contents) hasKey() bool { return len(c.keys)+len(c.otherKeys)+c.badKeys > 0 }

func (c *contents) empty() bool { return len(c.certs)+len(c.seen)+len(c.faults) == 0 && !c.hasKey() }

// reader collects the contents of files. It recognises forms by content: names and
// labels are often wrong.
type reader struct {
	work      *work
	passwords []password
	opened    int // the index in passwords of the last one that opened something
	found     contents
	notes     []text.Text
	now       time.Time
}

func (r *reader) note(t text.Text) {
	for _, n := range r.notes {
		if n.Equal(t) {
			return
		}
	}
	r.notes = append(r.notes, t)
}

// lock is how to say that a password protects something.
type lock struct {
	missing, wrong text.Text
	rare           func(scheme string) text.Text
}

var (
	fileLock = lock{
		text.F("The certificate file needs a password. Enter the one that it was exported with."),
		text.F("The password does not open the certificate file. Enter the one that it was exported with."),
		func(scheme string) text.Text {
			return text.F("The PFX file is encrypted with %s, which is not read here. Convert it: openssl pkcs12 -in old.pfx -nodes -out new.pem", scheme)
		},
	}
	keyLock = lock{
		text.F("The private key needs a password. Enter the one that it was encrypted with."),
		text.F("The password does not open the private key. Enter the one that it was encrypted with."),
		func(scheme string) text.Text {
			return text.F("The private key is encrypted with %s, which is not read here. Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.pem -out new.pem", scheme)
		},
	}
)

// explainLock turns an error of [reader.unlock] into one for the user.
func (r *reader) explainLock(err error, l lock) error {
	rare := (*unsupported)(nil)
	switch {
	case errors.As(err, &rare):
		return fail(Unreadable, l.rare(rare.scheme))
	case errors.Is(err, errWrongPassword) && r.hasPassword():
		return fail(Password, l.wrong)
	case errors.Is(err, errWrongPassword):
		return fail(Password, l.missing)
	}
	return err
}

// keyLimit is the size in bytes past which a private key is not looked at: RSA with
// 16384 bits has 9 KiB.
const keyLimit = 16 << 10

// addKey reads PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC 1, with any label:
// exports of Key Vault mix them up.
func (r *reader) addKey(der []byte) (err error) {
	defer func() {
		if err != nil {
			r.found.badKeys++
		}
	}()
	switch {
	case len(der) > keyLimit:
		return fail(Unreadable, text.F("The private key in the file is larger than any that Entra takes."))
	case r.work.keys == 0:
		return errTooManyKeys
	}
	r.work.keys--
	if kind := kindOfKey(der); kind != "" {
		r.found.otherKeys = append(r.found.otherKeys, kind)
		return nil
	}
	key, err := x509.ParsePKCS1PrivateKey(der)
	if err != nil {
		var parsed any
		parsed, err = x509.ParsePKCS8PrivateKey(der)
		rsaKey, ok := parsed.(*rsa.PrivateKey)
		if err != nil || !ok {
			return fail(Unreadable, text.F("The private key in the file is damaged, or of a kind that is not read here. Export it again."))
		}
		key = rsaKey
	}
	r.found.keys = append(r.found.keys, key)
	return nil
}

// addEncryptedKey opens an encrypted PKCS#8 key.
func (r *reader) addEncryptedKey(e encryptedKey) error {
	var key []byte
	err := r.unlock(func(given secret.Value) (err error) {
		given.Use(func(plain string) { key, err = r.open(e.Algorithm, e.Data, plain) })
		return err
	})
	if err != nil {
		r.found.badKeys++
		return r.explainLock(err, keyLock)
	}
	return r.addKey(key)
}
