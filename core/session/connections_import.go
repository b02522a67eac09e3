package session

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// ImportEndings are the endings of the files that [Session.Import] reads.
var ImportEndings = []string{".xml", ".json", ".csv", ".config"}

// Importable reports whether a file's name ends like another program's connections.
func Importable(path string) bool {
	return slices.Contains(ImportEndings, strings.ToLower(filepath.Ext(path)))
}

// ChooseImport is the event that asks for the file of another program, for
// [Session.Import].
type ChooseImport struct{}

// Imported is the event with the result of an import.
type Imported struct{ profile.Imported }

// ChooseImport asks for a file of connections.
func (s *Session) ChooseImport() {
	if s.mayImport() {
		s.emit(ChooseImport{})
	}
}

func (s *Session) mayImport() bool {
	if s.deps.Store == nil {
		return false
	}
	if s.state.Sandbox.Active {
		s.notify(Caution, text.F("Nothing is saved in the sandbox. Leave it to import connections of your own."))
		return false
	}
	return true
}

// Import saves the connections of another program's file. The form stays.
func (s *Session) Import(path string) {
	if !s.mayImport() {
		return
	}
	s.write(func(ctx context.Context) func() {
		imported, err := s.deps.Store.Import(ctx, path)
		listed := s.list(ctx)
		return func() {
			listed()
			if err != nil {
				s.storeFailed(err)
				return
			}
			s.emit(&Imported{imported})
		}
	}, nil)
}
