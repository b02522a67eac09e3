package certificate

import (
	"context"
	"errors"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Source names the files of a certificate, as a user types paths: see [Path].
type Source struct {
	// File holds the certificate, and its private key unless that is apart.
	File string
	// KeyFile holds the private key; "" for a file next to File that is named after
	// it, if File has no key.
	KeyFile string
	// Password opens what is encrypted; it may be empty.
	Password secret.Value
}

// Load reads a certificate with its RSA private key.
//
// Of several certificates of one key it takes the one that is valid at now and lasts
// longest. Neither start nor end of validity is an error here. Load ends soon after
// ctx does.
//
// Every error is an [*Error].
func Load(ctx context.Context, s Source, now time.Time) (*Certificate, error) {
	return load(s, now, &work{ctx, maximumRounds, maximumKeys})
}

func load(s Source, now time.Time, w *work) (*Certificate, error) {
	what := text.F("certificate file")
	path := Path(s.File)
	data, err := readFile(path, what)
	if err != nil {
		return nil, err
	}
	r := &reader{work: w, passwords: passwords(s.Password), now: now}
	r.addFile(data, what)
	separate := false
	switch {
	case s.KeyFile != "":
		separate, err = r.addKeyFile(Path(s.KeyFile))
	case len(r.found.certs) > 0 && !r.found.hasKey() && !r.found.pfx:
		separate, err = r.addBeside(path)
	}
	switch {
	case w.ctx.Err() != nil:
		return nil, errCancelled
	case err != nil:
		return nil, err
	}
	cert, err := r.found.pair(now)
	if err != nil {
		return nil, err
	}
	cert.separateKey = separate
	cert.Notes = append(r.notes, cert.Notes...)
	return cert, nil
}

// addKeyFile reads the file that was named as the private key's. Its keys count
// instead of those next to the certificate; certificates count wherever they are, so
// that the two files may have been chosen the wrong way round.
func (r *reader) addKeyFile(path string) (separate bool, err error) {
	what := text.F("private key's file")
	data, err := readFile(path, what)
	if err != nil {
		return false, err
	}
	first := r.found
	r.found = contents{}
	r.addFile(data, what)
	second := r.found
	if !second.hasKey() && !first.hasKey() {
		return false, keyFileWithout(second)
	}
	r.found.certs = append(first.certs, second.certs...)
	r.found.pfx = first.pfx || second.pfx
	if !second.hasKey() {
		r.found.keys, r.found.otherKeys, r.found.faults = first.keys, first.otherKeys, first.faults
		return len(second.certs) > 0, nil
	}
	if len(first.certs) == 0 {
		r.found.faults = append(r.found.faults, first.faults...)
		r.found.seen = append(r.found.seen, first.seen...)
	}
	return true, nil
}

// keyFileWithout names what the private key's file holds instead.
func keyFileWithout(c contents) error {
	if err := c.missing(); len(c.certs) == 0 && !errors.Is(err, errNoKey) {
		return err
	}
	return fail(NoKey, text.F("The private key's file holds a certificate and no private key. Choose the key that the certificate was made with."))
}
