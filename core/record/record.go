// Package record writes what an examination saw in a form that can be shown to
// others, and reads it back.
//
// A record is a folder: one file for each response (status line, headers, an
// empty line, body), [IndexName] with one object for each of them a line, and
// [ExaminationName] with what was examined. It promises that
// secrets and tokens are gone; that tenants, hosts, names, addresses and IDs are
// replaced, equal ones by equal ones and different ones by different ones; and
// that what is not known to be harmless is replaced as well. [Make] is pure.
package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// The files of a record besides the responses.
const (
	// IndexName lists the exchanges.
	IndexName = "index.json"
	// ExaminationName has what was examined, and how it came out.
	ExaminationName = "examination.json"
)

// Files are the files of a record by name.
type Files map[string][]byte

// Names are the files' names: the examination, the index, the responses.
func (f Files) Names() []string {
	var names []string
	for _, name := range []string{ExaminationName, IndexName} {
		if _, ok := f[name]; ok {
			names = append(names, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if name != IndexName && name != ExaminationName {
			names = append(names, name)
		}
	}
	return names
}

// KindNetwork is the kind of an exchange without a response.
const KindNetwork = "network"

// Line is one line of the index.
type Line struct {
	// File is empty where no response came.
	File    string `json:"file,omitempty"`
	Kind    string `json:"kind"`
	Service string `json:"service,omitempty"`
	Source  string `json:"source"`
	// Real is "recorded", or "reconstructed" for the sandbox.
	Real            string   `json:"real"`
	HeadersComplete bool     `json:"headersComplete"`
	Note            string   `json:"note"`
	ExpectedCause   Causes   `json:"expectedCause"`
	Request         *Request `json:"request,omitempty"`
	Failure         *Failure `json:"failure,omitempty"`
}

// Causes are acceptable causes, best first; empty means no failure. In JSON it is
// null, one name or a list.
type Causes []catalog.Cause

// MarshalJSON writes null, one name or a list.
func (c Causes) MarshalJSON() ([]byte, error) {
	switch len(c) {
	case 0:
		return []byte("null"), nil
	case 1:
		return json.Marshal(c[0])
	}
	return json.Marshal([]catalog.Cause(c))
}

// UnmarshalJSON reads null, one name or a list.
func (c *Causes) UnmarshalJSON(raw []byte) error {
	var one catalog.Cause
	if json.Unmarshal(raw, &one) == nil {
		*c = nil
		if one != "" {
			*c = Causes{one}
		}
		return nil
	}
	return json.Unmarshal(raw, (*[]catalog.Cause)(c))
}

// Accepts reports whether cause is among c; "" is no failure.
func (c Causes) Accepts(cause catalog.Cause) bool {
	if len(c) == 0 {
		return cause == ""
	}
	return slices.Contains(c, cause)
}

// Request is what was asked.
type Request struct {
	// Number counts from 1 in the order in which the requests began.
	Number int `json:"number"`
	// Check is the ID of the check that asked.
	Check  string `json:"check"`
	Method string `json:"method"`
	// URL has scheme, host, path and the OData options.
	URL string `json:"url"`
	// Authorized is true if the request carried a bearer token.
	Authorized bool `json:"authorized"`
	// StartMS counts from the start of the examination.
	StartMS    int64 `json:"startMs"`
	DurationMS int64 `json:"durationMs"`
}

// Failure is why no response came.
type Failure struct {
	// Kind is one of package transport's.
	Kind string `json:"kind"`
	// NoSuchHost is true if the name service denied the name.
	NoSuchHost bool `json:"noSuchHost,omitempty"`
	// Detail is our own words about it, without the values in them.
	Detail string `json:"detail,omitempty"`
}

// Examination is what was examined, and how it came out.
type Examination struct {
	// Source, Real and Note are as in [Line].
	Source string `json:"source"`
	Real   string `json:"real"`
	Note   string `json:"note"`
	// ExpectedCause are the acceptable root causes, as found or as corrected since.
	ExpectedCause Causes          `json:"expectedCause"`
	Started       time.Time       `json:"started"`
	Complete      bool            `json:"complete"`
	Warnings      []catalog.Cause `json:"warnings"`
	// Environment, Tenant and ClientID are pseudonyms; "" if empty or unusable.
	Environment string     `json:"environment"`
	Tenant      string     `json:"tenant"`
	ClientID    string     `json:"clientId"`
	Cloud       string     `json:"cloud"`
	Credential  Credential `json:"credential"`
	Problems    []Problem  `json:"problems,omitempty"`
	// Claims are of the token that Entra issued; nil without one that can be read.
	Claims map[string]any `json:"claims,omitempty"`
}

// Credential describes a credential, and holds no secret.
type Credential struct {
	// Kind is the report's, such as "secret", or "".
	Kind  string     `json:"kind"`
	From  *time.Time `json:"notBefore,omitempty"`
	Until *time.Time `json:"notAfter,omitempty"`
	// Issuer is where the assertion of a federated credential was asked for.
	Issuer string `json:"issuer,omitempty"`
	// Assertion are the assertion's claims; nil without one.
	Assertion map[string]any `json:"assertion,omitempty"`
	// Source is the place that was asked for the token of a managed identity, as MSAL
	// names it.
	Source string `json:"source,omitempty"`
}

// Problem is a field of the form that cannot be used.
type Problem struct {
	Field string        `json:"field"`
	Cause catalog.Cause `json:"cause"`
}

// Record is a record that was read.
type Record struct {
	Lines []Line
	// Examination is nil in a folder of single messages.
	Examination *Examination
	Files       Files
}

// Read reads a record's folder. A file that the index names and the folder has
// not is an error.
func Read(folder fs.FS) (Record, error) {
	raw, err := fs.ReadFile(folder, IndexName)
	if err != nil {
		return Record{}, err
	}
	r := Record{Files: Files{IndexName: raw}}
	if err := json.Unmarshal(raw, &r.Lines); err != nil {
		return Record{}, fmt.Errorf("%s: %w", IndexName, err)
	}
	switch raw, err := fs.ReadFile(folder, ExaminationName); {
	case err == nil:
		r.Files[ExaminationName] = raw
		if err := json.Unmarshal(raw, &r.Examination); err != nil {
			return Record{}, fmt.Errorf("%s: %w", ExaminationName, err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return Record{}, err
	}
	for _, line := range r.Lines {
		if line.File == "" {
			continue
		}
		if r.Files[line.File], err = fs.ReadFile(folder, line.File); err != nil {
			return Record{}, err
		}
		if _, err := ParseMessage(r.Files[line.File]); err != nil {
			return Record{}, fmt.Errorf("%s: %w", line.File, err)
		}
	}
	return r, nil
}

// encodeIndex writes one object a line.
func encodeIndex(lines []Line) []byte {
	var b bytes.Buffer
	b.WriteString("[\n")
	for i, line := range lines {
		text := encode(line, "")
		if i < len(lines)-1 {
			text += ","
		}
		b.WriteString(text + "\n")
	}
	b.WriteString("]\n")
	return b.Bytes()
}

func encode(v any, indent string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	_ = enc.Encode(v) // there is nothing in a record that JSON cannot hold
	return strings.TrimSuffix(b.String(), "\n")
}
