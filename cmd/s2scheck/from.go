package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// fromError is the reason why nothing can be taken from the text that --from names. It holds
// nothing of the text but addresses of environments and IDs of applications.
type fromError struct{ problem connection.Problem }

func (e *fromError) Error() string { return e.problem.Summary.String() }

func noConnection(summary text.Text) error {
	return &fromError{connection.Problem{Field: connection.FieldEnvironment, Cause: catalog.InputEnvironmentURL, Summary: summary}}
}

// pasted takes the connection from the text that --from names; an empty form where
// there is no such flag.
func (p program) pasted(ctx context.Context, f flags) (connection.Form, error) {
	if !f.given["from"] {
		return connection.Form{}, nil
	}
	data, err := await(ctx, func() ([]byte, error) { return p.readFrom(f.from) })
	if err != nil {
		return connection.Form{}, err
	}
	result := paste.Read(plain.Decode(data))
	switch {
	case result.TooLong:
		return connection.Form{}, noConnection(text.F("The text of --from is too long: at most 256 KiB are read."))
	case !result.Found():
		return connection.Form{}, noConnection(text.F("Nothing in the text of --from can be used: it holds no address of an environment, no ID of an application and no secret that a name stands beside."))
	case len(result.Choices) == 0:
		return result.Form, nil
	}
	return chosen(result.Choices, f)
}

func (p program) readFrom(name string) ([]byte, error) {
	in := p.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, noConnection(text.F("The file of --from cannot be read: %s.", reason(err)))
		}
		defer file.Close()
		in = file
	}
	// UTF-16 takes two bytes for a character, and two for its mark.
	data, err := io.ReadAll(io.LimitReader(in, 2*paste.Limit+4))
	if err != nil {
		return nil, noConnection(text.F("The text of --from cannot be read: %s.", reason(err)))
	}
	return data, nil
}

// reason returns the operating system's reason, without the name of the file.
func reason(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// chosen returns the one of several applications that flags name by its ID or its
// environment.
func chosen(choices []paste.Choice, f flags) (connection.Form, error) {
	var names []string
	var fitting []connection.Form
	id, _ := guid.Parse(f.clientID)
	for _, c := range choices {
		names = append(names, c.Name)
		named := f.given["client-id"] && c.Form.ClientID == id || f.given["environment"] && c.Form.Environment != "" && sameEnvironment(c.Form.Environment, f.environment)
		if named {
			fitting = append(fitting, c.Form)
		}
	}
	switch {
	case len(fitting) == 1:
		return fitting[0], nil
	case len(fitting) == 0 && f.given["environment"] && sameApplication(choices):
		return choices[0].Form, nil // the flag replaces the environment
	}
	return connection.Form{}, &fromError{connection.Problem{
		Field: connection.FieldClientID, Cause: catalog.InputClientID,
		Summary: text.F("The text of --from holds more than one connection, and does not say which is meant: %s. Name one with --client-id or --environment.", strings.Join(names, "; ")),
	}}
}

// sameApplication reports whether the choices differ by their environments only.
func sameApplication(choices []paste.Choice) bool {
	for _, c := range choices {
		if c.Form.ClientID != choices[0].Form.ClientID {
			return false
		}
	}
	return true
}

func sameEnvironment(origin, typed string) bool {
	c, _, _ := connection.Form{Environment: typed}.Clean(cloud.Table)
	return c.Environment == origin || strings.EqualFold(strings.TrimRight(typed, "/"), origin)
}

func firstSecret(a, b secret.Value) secret.Value {
	if !a.Empty() {
		return a
	}
	return b
}
