package ui

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// ProfileDeps is where connections are kept: the methods of a [profile.Store],
// whose errors they give. All of them block, for as long as a keyring waits for a
// person; the window calls one after the other, on a goroutine of its own.
type ProfileDeps struct {
	// List gives every saved connection, by name.
	List func(ctx context.Context) ([]profile.Profile, error)
	// Last is the one that was used last, "" when there is none.
	Last func(ctx context.Context) (string, error)
	// SetLast remembers the one that is used.
	SetLast func(ctx context.Context, name string) error
	// Load gives one with its secrets, as far as they can be had.
	Load func(ctx context.Context, name string) (profile.Loaded, error)
	// Save keeps a form, over the one of that name.
	Save func(ctx context.Context, name string, form connection.Form) (profile.Saved, error)
	// Rename gives one another name.
	Rename func(ctx context.Context, from, to string) error
	// Duplicate saves one once more under a name that is free; may be nil.
	Duplicate func(ctx context.Context, from, to string) (profile.Saved, error)
	// Forget deletes one with its secrets.
	Forget func(ctx context.Context, name string) error
	// SetGuide keeps how far a person came in the guide with one.
	SetGuide func(ctx context.Context, name string, g profile.Guide) error
	// Import saves the connections of another program's file; may be nil.
	Import func(ctx context.Context, path string) (profile.Imported, error)
}
