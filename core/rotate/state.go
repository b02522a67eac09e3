package rotate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// state is saved before a rotation creates anything: the files of the rotation, and the
// connections that get the new certificate. It contains no secret.
type state struct {
	Version int    `json:"rotation"`
	Name    string `json:"name"`
	// Names are the connections that share the credential, Name among them.
	Names []string `json:"names"`
	// File is the new certificate with its key, CER the new certificate alone.
	File string `json:"file"`
	CER  string `json:"cer"`
	// Old is the file of the old certificate, "" for a secret.
	Old string `json:"old"`
}

// Waiting returns the name under which the new certificate is saved until it works: the
// saved connection that can be examined before the switch.
func (s state) Waiting() string {
	name := []rune(s.Name)
	return string(name[:min(len(name), profile.NameLimit-len(waiting))]) + waiting
}

const waiting = " (new certificate)"

// path returns the file of a connection's rotation.
func path(store *profile.Store, name string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(name))))
	return filepath.Join(filepath.Dir(store.Path()), "rotations", hex.EncodeToString(sum[:8])+".json")
}

var errState = text.Error(text.F("The file of an unfinished rotation cannot be read. Nothing was changed."))

// read returns the state of an unfinished rotation; ok is false if there is no state.
func read(file string) (s state, ok bool, err error) {
	raw, err := os.ReadFile(file) // #nosec G304 -- a file of our own folder
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, false, nil
	case err != nil || json.Unmarshal(raw, &s) != nil || s.Version != 1 || s.Name == "" || s.File == "" || s.CER == "":
		return s, false, errState
	}
	return s, true, nil
}

// Unfinished reports whether a rotation of a connection was begun and did not come to its
// end.
func Unfinished(store *profile.Store, name string) bool {
	_, err := os.Stat(path(store, name))
	return err == nil
}

// write writes the state whole, or not at all.
func (s state) write(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(file), ".rotation.*")
	if err != nil {
		return err
	}
	_, err = temp.Write(raw)
	if err == nil {
		err = temp.Sync()
	}
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), file)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
	}
	return err
}

// sharing returns the saved connections with the same certificate file as a profile, or
// the profile alone.
func sharing(ctx context.Context, store *profile.Store, one profile.Profile) ([]string, error) {
	names := []string{one.Name}
	if one.CertificateFile == "" {
		return names, nil
	}
	list, err := store.List(ctx)
	for _, p := range list {
		if p.Name != one.Name && p.CertificateFile == one.CertificateFile && p.ClientID == one.ClientID {
			names = append(names, p.Name)
		}
	}
	return names, err
}
