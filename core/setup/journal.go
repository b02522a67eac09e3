package setup

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Journal is the record of what was changed, on disk: IDs and requests, no secrets.
// A line is written and synced before its request is sent, and another one after the
// response. It is not safe for use by several goroutines.
type Journal struct {
	Head    Head
	Entries []Entry

	path string
	file *os.File
}

// Head is the first line: the connection that the journal belongs to.
type Head struct {
	Version     int    `json:"journal"`
	Environment string `json:"environment"`
	TenantID    string `json:"tenantId"`
	// ClientID is the adopted registration, "" for a new one.
	ClientID string `json:"clientId"`
	// Name and Role are the names of the registration and of the role: what was made is
	// found by them where a response was lost. Role may be "".
	Name string `json:"name"`
	Role string `json:"role"`
	// Marker is the tag of a new registration.
	Marker string `json:"marker"`
}

// The states of an entry.
const (
	stateSent    = "sent"    // on its way, or without a response
	stateDone    = "done"    // it is so
	stateRefused = "refused" // the service refused, and nothing was changed
	stateUndone  = "undone"  // taken back
	stateMade    = "made"    // a credential that is about to be kept; no request
)

// journalLimit is the size in bytes past which a file is no journal: one of a whole
// set-up has about 10 KiB.
const journalLimit = 16 << 20

// Entry is one change.
type Entry struct {
	// Number identifies the entry; the lines of one change share it.
	Number int     `json:"n"`
	Step   plan.ID `json:"step"`
	State  string  `json:"state"`
	Method string  `json:"method,omitempty"`
	URL    string  `json:"url,omitempty"`
	// Values are the IDs that the change made.
	Values map[plan.Value]string `json:"values,omitempty"`
	// Undo are the requests that take it back.
	Undo []plan.Request `json:"undo,omitempty"`
	// Assumed is true for a change whose response was lost and that counts as done, so
	// that it is taken back, without having been seen.
	Assumed bool `json:"assumed,omitempty"`
}

// JournalError is the reason why a journal cannot be used.
type JournalError struct{ Summary text.Text }

// Error returns the summary in English.
func (e *JournalError) Error() string { return e.Summary.String() }

// Message returns the summary.
func (e *JournalError) Message() text.Text { return e.Summary }

// Create starts a journal for a target in a new file, which only its user can read.
func Create(path string, t plan.Target) (*Journal, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // #nosec G304 -- the user names the file
	if err != nil {
		return nil, &JournalError{text.F("The journal cannot be written.")}
	}
	j := &Journal{path: path, file: file, Head: Head{
		Version: 1, Environment: t.Environment, TenantID: t.TenantID, ClientID: t.ClientID,
		Name: t.DisplayName(), Role: t.RoleName(), Marker: "s2sdoctor-" + uuid.NewString(),
	}}
	return j, j.write(j.Head)
}

// Open reads a journal in order to go on with it. An unfinished last line is that of a
// run that was killed, and is cut off: its request was not sent.
func Open(path string) (*Journal, error) {
	j, whole, err := read(path)
	if err != nil {
		return nil, err
	}
	j.file, err = os.OpenFile(path, os.O_WRONLY, 0o600) // #nosec G304 -- as above
	if err != nil {
		return nil, &JournalError{text.F("The journal cannot be written.")}
	}
	if err := j.file.Truncate(whole); err != nil {
		return nil, &JournalError{text.F("The journal cannot be written.")}
	}
	if _, err := j.file.Seek(whole, 0); err != nil {
		return nil, &JournalError{text.F("The journal cannot be written.")}
	}
	return j, nil
}

// Peek reads a journal in order to look at it. It must not be written or closed.
func Peek(path string) (*Journal, error) {
	j, _, err := read(path)
	return j, err
}

// read reads a journal; whole is the length of its finished lines.
func read(path string) (j *Journal, whole int64, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, &JournalError{text.F("There is no journal at the path that was given.")}
	}
	var raw []byte
	if err == nil && info.Mode().IsRegular() && info.Size() <= journalLimit { // a device has no end
		raw, err = os.ReadFile(path) // #nosec G304 -- the user names the file
	}
	if err != nil || raw == nil {
		return nil, 0, &JournalError{text.F("The journal cannot be read.")}
	}
	raw = raw[:bytes.LastIndexByte(raw, '\n')+1]
	j = &Journal{path: path}
	return j, int64(len(raw)), j.parse(raw)
}

// Standing reports whether a change of the journal is in effect: it was not undone.
func (j *Journal) Standing() bool {
	return slices.ContainsFunc(j.Entries, func(e Entry) bool { return e.State == stateDone || e.State == stateSent })
}

var errNoJournal = &JournalError{text.F("The file is no journal of a set-up, or it is damaged.")}

func (j *Journal) parse(raw []byte) error {
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for first := true; lines.Scan(); first = false {
		if first {
			if json.Unmarshal(lines.Bytes(), &j.Head) != nil || j.Head.Version != 1 || j.Head.Environment == "" {
				return errNoJournal
			}
			continue
		}
		var e Entry
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.Number < 1 || e.Number > len(j.Entries)+1 {
			return errNoJournal
		}
		j.apply(e)
	}
	if j.Head.Version == 0 || lines.Err() != nil {
		return errNoJournal
	}
	return nil
}

// apply adds a line to the entries.
func (j *Journal) apply(e Entry) {
	if e.Number > len(j.Entries) {
		j.Entries = append(j.Entries, e)
		return
	}
	have := &j.Entries[e.Number-1]
	have.State, have.Assumed = e.State, e.Assumed
	if e.Values != nil {
		have.Values = e.Values
	}
	if e.Undo != nil {
		have.Undo = e.Undo
	}
}

// SaveAs records the name of the profile under which the connection is kept.
func (j *Journal) SaveAs(name string) error {
	if j.Saved() == name {
		return nil
	}
	_, err := j.record(Entry{Number: len(j.Entries) + 1, Step: plan.Credential, State: stateMade, Values: map[plan.Value]string{profileValue: name}})
	return err
}

// Saved returns the name of the profile that a run made, or "".
func (j *Journal) Saved() string {
	for _, e := range j.Entries {
		if name := e.Values[profileValue]; name != "" {
			return name
		}
	}
	return ""
}

// Close closes the file.
func (j *Journal) Close() error { return j.file.Close() }

// Path returns the file's path.
func (j *Journal) Path() string { return j.path }

// Belongs returns an error unless the journal is that of the target.
func (j *Journal) Belongs(t plan.Target) error {
	switch {
	case !strings.EqualFold(j.Head.Environment, t.Environment):
		return &JournalError{text.F("The journal belongs to another environment: %s.", j.Head.Environment)}
	case j.Head.TenantID != "" && t.TenantID != "" && !strings.EqualFold(j.Head.TenantID, t.TenantID):
		return &JournalError{text.F("The journal belongs to another tenant: %s.", j.Head.TenantID)}
	case t.ClientID != "" && !strings.EqualFold(t.ClientID, j.Head.ClientID) && !strings.EqualFold(t.ClientID, j.Values()[plan.ApplicationAppID]):
		return &JournalError{text.F("The journal belongs to another application.")}
	}
	return nil
}

// Values returns what the changes that were not undone have made.
func (j *Journal) Values() map[plan.Value]string {
	values := map[plan.Value]string{plan.Marker: j.Head.Marker}
	for _, e := range j.Entries {
		if e.State != stateDone {
			continue
		}
		for v, id := range e.Values {
			values[v] = id
		}
	}
	return values
}

// madeLately reports whether the last request of a step was accepted in the last
// minutes, so that not every part of a service has to know of it.
func (j *Journal) madeLately(step plan.ID) bool {
	const long = 10 * time.Minute
	info, err := j.file.Stat()
	return err == nil && time.Since(info.ModTime()) < long && slices.ContainsFunc(j.Entries, func(e Entry) bool {
		return e.Step == step && e.State == stateDone && !e.Assumed && e.isLast()
	})
}

// isLast reports whether a change is the last one of its step.
func (e Entry) isLast() bool {
	switch e.Step {
	case plan.ApplicationUser:
		return e.Method == http.MethodPost || e.Method == http.MethodPatch
	case plan.Role:
		return strings.HasSuffix(e.URL, "/$ref")
	}
	return e.Method != ""
}

// sent records a change that is about to be sent.
func (j *Journal) sent(step plan.ID, r plan.Request, values map[plan.Value]string) (*Entry, error) {
	e := Entry{Number: len(j.Entries) + 1, Step: step, State: stateSent, Method: r.Method, URL: r.URL, Values: values, Undo: r.Back}
	return j.record(e)
}

// record writes a line and adds it to the entries.
func (j *Journal) record(e Entry) (*Entry, error) {
	if err := j.write(e); err != nil {
		return nil, err
	}
	j.apply(e)
	return &j.Entries[e.Number-1], nil
}

// announce records the thumbprint of a certificate that is about to be kept.
func (j *Journal) announce(thumbprint string) error {
	_, err := j.record(Entry{Number: len(j.Entries) + 1, Step: plan.Credential, State: stateMade, Values: map[plan.Value]string{thumbprintValue: thumbprint}})
	return err
}

// Announced reports whether a certificate was made by a run of this journal.
func (j *Journal) Announced(thumbprint string) bool {
	for _, e := range j.Entries {
		if e.State == stateMade && strings.EqualFold(e.Values[thumbprintValue], thumbprint) {
			return true
		}
	}
	return false
}

func (j *Journal) write(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("the journal cannot be written: %w", err)
	}
	if err := j.file.Sync(); err != nil {
		return fmt.Errorf("the journal cannot be written: %w", err)
	}
	return nil
}
