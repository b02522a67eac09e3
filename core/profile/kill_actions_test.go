package profile

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// action is an operation during which a program can be killed.
type action struct {
	prepare func(*testing.T, place)
	act     func(*Store)
	// between is a third valid state in the middle, or nil.
	between contents
}

// actions are by name: parent and child look them up.
var actions = map[string]action{
	"save the first":          {nothing, save("a", "1"), nil},
	"save another":            {has("a", "1"), save("b", "2"), nil},
	"replace":                 {has("a", "1"), save("a", "2"), nil},
	"replace short by long":   {has("a", "1"), save("a", long), nil},
	"replace long by short":   {has("a", long), save("a", "2"), nil},
	"replace long by long":    {has("a", long), save("a", long+"2"), nil},
	"save without the secret": {has("a", "1"), save("a", ""), nil},
	"drop the secret":         {has("a", "1"), saveOther("a"), nil},
	"rename":                  {has("a", "1"), func(s *Store) { check(s.Rename(context.Background(), "a", "b")) }, nil},
	"forget":                  {has("a", "1", "b", "2"), forget("a"), nil},
	"forget a long one":       {has("a", long, "b", "2"), forget("a"), nil},
	"duplicate":               {has("a", "1"), duplicate("a", "b"), nil},
	"duplicate a long one":    {has("a", long), duplicate("a", "b"), nil},
	"import":                  {has("a", "1"), func(s *Store) { must(s.Import(context.Background(), xrmToolBox)) }, nil},
	"set aside":               {isUnreadable(1), save("b", "2"), contents{}},
	"set aside the fourth":    {isUnreadable(4), save("b", "2"), contents{}},
	"start after a kill":      {wasKilled, func(*Store) {}, nil},
	"save after a kill":       {wasKilled, save("b", "2"), nil},
}

var long = strings.Repeat("long", SecretLimit)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func killForm(mark string) connection.Form {
	f := form()
	f.Secret = secret.New(killCanary + " " + mark)
	return f
}

func nothing(*testing.T, place) {}

func has(namesAndMarks ...string) func(*testing.T, place) {
	return func(_ *testing.T, p place) {
		for i := 0; i < len(namesAndMarks); i += 2 {
			save(namesAndMarks[i], namesAndMarks[i+1])(p.open())
		}
	}
}

func save(name, mark string) func(*Store) {
	f := killForm(mark)
	if mark == "" {
		f.Secret = secret.Value{}
	}
	return func(s *Store) { must(s.Save(context.Background(), name, f)) }
}

// saveOther saves the connection of another application, without a secret.
func saveOther(name string) func(*Store) {
	f := form()
	f.Secret, f.ClientID = secret.Value{}, tenant
	return func(s *Store) { must(s.Save(context.Background(), name, f)) }
}

func forget(name string) func(*Store) {
	return func(s *Store) { check(s.Forget(context.Background(), name)) }
}

func duplicate(from, to string) func(*Store) {
	return func(s *Store) { must(s.Duplicate(context.Background(), from, to)) }
}

// isUnreadable returns a function that makes n unreadable files, the last of them in
// place. Each names a secret.
func isUnreadable(n int) func(*testing.T, place) {
	return func(t *testing.T, p place) {
		for range n {
			save("a", "1")(p.open())
			appendTo(t, filepath.Join(p.dir, fileName), "}")
		}
	}
}

// wasKilled leaves the worst state that an interrupted save of a long secret can leave.
func wasKilled(t *testing.T, p place) {
	save("a", "1")(p.open())
	const orphan = "ORPHANORPHANORPHANORPHAN22"
	vault := must(newFileVault(p.vault))
	check(vault.Set(t.Context(), orphan, secret.New(killCanary)))
	appendTo(t, filepath.Join(p.dir, journalName), orphan+"\n")
	appendTo(t, filepath.Join(p.dir, sealedPrefix+orphan), "x")
	for _, name := range []string{fileName, journalName, sealedPrefix + orphan} {
		appendTo(t, filepath.Join(p.dir, name+tempMark+"1"), "x")
	}
}

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	f := must(os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600))
	must(f.WriteString(text))
	check(f.Close())
}
