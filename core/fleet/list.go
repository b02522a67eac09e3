package fleet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/connstring"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
)

// Limits of a list of connections.
const (
	// ListLimit is its length in bytes.
	ListLimit = 4 << 20
	mostNamed = 10_000
	nameLimit = 80 // characters, as of a saved connection
)

// Entry is a connection of a list. It holds no secret.
type Entry struct {
	Name        string
	Environment string
	TenantID    string
	ClientID    string
	// Credential is the kind; "" for a certificate if there is one, else a secret.
	Credential connection.Kind
	// SecretEnv names the variable of the environment that holds the secret, or the
	// password of the certificate, or "".
	SecretEnv string
	// Certificate is a path, or the thumbprint for [connection.CertificateStoreKind].
	Certificate string
	// Group is a label, such as "Production".
	Group string
}

// keys are the names of the fields, as JSON and CSV have them.
var keys = []string{"name", "environment", "tenantId", "clientId", "credential", "secretEnv", "certificate", "group"}

func (e *Entry) set(key, value string) {
	switch key {
	case "name":
		e.Name = value
	case "environment":
		e.Environment = value
	case "tenantId":
		e.TenantID = value
	case "clientId":
		e.ClientID = value
	case "credential":
		e.Credential = connection.Kind(value)
	case "secretEnv":
		e.SecretEnv = value
	case "certificate":
		e.Certificate = value
	case "group":
		e.Group = value
	}
}

// Read reads a list in JSON or CSV. It refuses what it does not understand and what
// may hold a secret; the error quotes no value.
func Read(data []byte) ([]Entry, error) {
	if len(data) > ListLimit {
		return nil, errors.New("the list of connections is longer than 4 MiB")
	}
	read := readCSV
	if start := strings.TrimSpace(plain.Decode(data)); strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[") {
		read = readJSON
	}
	entries, err := read(plain.Decode(data))
	if err != nil {
		return nil, err
	}
	if len(entries) > mostNamed {
		return nil, fmt.Errorf("the list holds more than %d connections", mostNamed)
	}
	names := map[string]int{}
	for i, e := range entries {
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("connection %d of the list: %w", i+1, err)
		}
		name := strings.ToLower(e.Name)
		if before := names[name]; before > 0 {
			return nil, fmt.Errorf("connections %d and %d of the list have the same name", before, i+1)
		}
		names[name] = i + 1
	}
	return entries, nil
}

var errNoList = errors.New(`the list of connections is no JSON object with "connections"`)

func readJSON(list string) ([]Entry, error) {
	var file map[string]json.RawMessage
	decoder := json.NewDecoder(strings.NewReader(list))
	if decoder.Decode(&file) != nil || decoder.Decode(new(any)) != io.EOF || file["connections"] == nil {
		return nil, errNoList
	}
	if jsondoc.Repeats([]byte(list)) {
		return nil, errors.New("the list of connections has a key twice in one object")
	}
	if len(file) > 1 {
		return nil, errors.New(`the list of connections has an unknown key beside "connections"`)
	}
	var rows []map[string]json.RawMessage
	if json.Unmarshal(file["connections"], &rows) != nil || rows == nil { // null is no list
		return nil, errors.New(`"connections" is no list of objects`)
	}
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		for key, raw := range row {
			var value string
			switch {
			case !slices.Contains(keys, key):
				return nil, unknownKey(i+1, key)
			case bytes.Equal(raw, []byte("null")) || json.Unmarshal(raw, &value) != nil:
				return nil, fmt.Errorf("connection %d of the list: %q is no text", i+1, key)
			}
			entries[i].set(key, value)
		}
	}
	return entries, nil
}

func readCSV(list string) ([]Entry, error) {
	rows := csv.NewReader(strings.NewReader(list))
	columns, err := rows.Read()
	if err == io.EOF {
		return nil, errors.New("the list of connections is empty: its first line names the columns")
	}
	if err != nil {
		return nil, errors.New("the first line of the list of connections is no CSV")
	}
	if len(columns) == 1 && strings.Contains(columns[0], ";") { // as Excel writes it in many countries
		return nil, errors.New("the list of connections is separated by semicolons: separate it by commas")
	}
	for i, column := range columns {
		switch {
		case !slices.Contains(keys, column):
			return nil, unknownKey(0, column)
		case slices.Contains(columns[:i], column):
			return nil, fmt.Errorf("the list of connections has two columns %q", column)
		}
	}
	var entries []Entry
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return entries, nil
		}
		if err != nil {
			return nil, fmt.Errorf("connection %d of the list is no line of CSV with %d columns", len(entries)+1, len(columns))
		}
		var e Entry
		for i, value := range row {
			e.set(columns[i], value)
		}
		entries = append(entries, e)
	}
}

// unknownKey returns an error that quotes the key only if it cannot be a secret.
func unknownKey(row int, key string) error {
	called := "of another name"
	if plain.IsName(key) {
		called = fmt.Sprintf("%q", key)
	}
	where := "the list of connections"
	if row > 0 {
		where = fmt.Sprintf("connection %d of the list", row)
	}
	return fmt.Errorf("%s has a key %s; known are %s", where, called, strings.Join(keys, ", "))
}

var (
	variable = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_]*$`)
	kinds    = []connection.Kind{
		connection.None, connection.SecretKind, connection.CertificateKind, connection.CertificateStoreKind,
		connection.FederatedKind, connection.ManagedIdentityKind,
	}
)

func (e Entry) check() error {
	for i, value := range []string{e.Name, e.Environment, e.TenantID, e.ClientID, string(e.Credential), e.SecretEnv, e.Certificate, e.Group} {
		if what := secretIn(value); what != "" {
			return fmt.Errorf("%q holds what looks like %s: a list of connections holds no secrets; name the variable that holds it in \"secretEnv\"", keys[i], what)
		}
	}
	switch {
	case strings.TrimSpace(e.Name) == "":
		return errors.New(`it has no "name"`)
	case len([]rune(e.Name)) > nameLimit || strings.ContainsFunc(e.Name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New(`its "name" is longer than 80 characters, or holds line breaks or invisible characters`)
	case !slices.Contains(kinds, e.Credential):
		return errors.New(`its "credential" is none of secret, certificate, certificate-store, federated, managed-identity`)
	case e.SecretEnv != "" && !variable.MatchString(e.SecretEnv):
		return errors.New(`its "secretEnv" is no name of an environment variable`)
	}
	return nil
}

var (
	address = lazyregexp.New(`^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*:[^/?#]*@`)
	token   = lazyregexp.New(`\beyJ[A-Za-z0-9_-]{8,}\.`)
)

// secretIn returns what kind of secret a value looks like; "" if it may be in a list.
func secretIn(value string) string {
	switch {
	case strings.Contains(value, "-----BEGIN "):
		return "a key"
	case len(connstring.Parse(value)) > 1:
		return "a connection string"
	case token.MatchString(value):
		return "a token"
	case address.MatchString(value):
		return "a password in an address"
	}
	for _, run := range strings.FieldsFunc(value, func(r rune) bool { return r > '~' || strings.ContainsRune(" /\\:;,@?#'\"()<>|", r) }) {
		if len(run) >= shortestSecret && plain.LooksGenerated(run) {
			return "a secret"
		}
	}
	return ""
}

// shortestSecret is the length from which a run of characters may be a secret of
// Entra; those have 34 to 44.
const shortestSecret = 16
