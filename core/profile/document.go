package profile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// version is the newest version of the document. It changes with every member that is
// added, since an older program would drop what it does not know. Version 2 has the
// kinds of credential other than a secret and a certificate file, version 3 the day on
// which a secret ends, version 4 the label.
const version = 4

// document is what the file holds.
type document struct {
	Version  int       `json:"version"`
	Last     string    `json:"last,omitempty"`
	Profiles []Profile `json:"profiles"`
}

var (
	errNewer   = errors.New("written by a later version")
	errCorrupt = errors.New("not a file of profiles")
	errFull    = errors.New("larger than what is read back")
)

// decode reads a document. The error is errNewer or errCorrupt.
func decode(data []byte) (document, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // an editor's
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err == nil && head.Version > version {
		return document{}, errNewer
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var d document
	if err := decoder.Decode(&d); err != nil || d.Version < 1 || d.Version > version {
		return document{}, errCorrupt
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return document{}, errCorrupt
	}
	for i, p := range d.Profiles {
		if !p.usable() || d.find(p.Name) != i {
			return document{}, errCorrupt
		}
	}
	return d, nil
}

// encode writes the oldest version that holds the profiles: an older program goes on
// reading them until one of them needs a newer one.
func (d document) encode() ([]byte, error) {
	d.Version = 1
	for _, p := range d.Profiles {
		d.Version = max(d.Version, p.since())
	}
	if d.Profiles == nil {
		d.Profiles = []Profile{}
	}
	data, err := json.MarshalIndent(d, "", "  ")
	return append(data, '\n'), err
}

// find returns the index of a profile, -1 if no profile has that name.
func (d document) find(name string) int {
	return slices.IndexFunc(d.Profiles, func(p Profile) bool { return sameName(p.Name, name) })
}

// sorted returns the profiles by name.
func (d document) sorted() []Profile {
	list := slices.Clone(d.Profiles)
	slices.SortFunc(list, func(a, b Profile) int {
		if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}
