// Package odata is the query engine of the sandbox: it reads the query options
// of a Dataverse Web API request and applies them to rows in memory.
//
// It promises:
//   - It is pure: it knows no server, no tenant and no table. Everything comes in
//     as an [Entity] and as text.
//   - The subset of OData 4.0 is small and strict: what Dataverse refuses, it
//     refuses, as an error with Dataverse's text.
//   - What Dataverse understands and this package does not is an [UnmodelledError],
//     so that no caller takes it for a mistake of the client.
//   - Any text is a query or an error, never a panic.
package odata

import "fmt"

// Kind is the type of a column, as filters see it.
type Kind int

// The kinds of columns.
const (
	Text Kind = iota
	GUID
	Number
	Bool
	Date
)

// edm is the name of a kind in the service's errors (OData 4.0 part 3, section
// 4.4).
func (k Kind) edm() string {
	return map[Kind]string{
		Text: "Edm.String", GUID: "Edm.Guid", Number: "Edm.Int32", Bool: "Edm.Boolean", Date: "Edm.DateTimeOffset",
	}[k]
}

// Column is one property of an entity.
type Column struct {
	Name string
	Kind Kind
	// Newer is true if the column is unknown to a [Dialect] that is Old.
	Newer bool
}

// Navigation is a property that leads to other rows.
type Navigation struct {
	Name   string
	Target *Entity
	// Many is true if the property is a collection.
	Many bool
}

// Row is one record: column name to value, and navigation property to a Row or a
// []Row. A value is a string, an int, a bool, or nil for null.
type Row map[string]any

// From returns the rows that the property of r leads to.
func (n Navigation) From(r Row) []Row {
	if n.Many {
		rows, _ := r[n.Name].([]Row)
		return rows
	}
	if target, ok := r[n.Name].(Row); ok {
		return []Row{target}
	}
	return nil
}

// Entity is the shape of one table.
type Entity struct {
	// Logical is the name of the table, Set that of its entity set, Key that of its
	// primary key.
	Logical, Set, Key string
	Columns           []Column
	Links             []Navigation
	// Alias are the links that filters compare with the key of their row, by the column
	// that holds it.
	Alias map[string]string
	// Unmodelled are the columns and links of the real table that this one lacks. A
	// name that ends in "*" represents every name that begins so.
	Unmodelled []string
}

// Link returns the navigation property of a name.
func (e *Entity) Link(name string) (Navigation, bool) {
	for _, n := range e.Links {
		if n.Name == name {
			return n, true
		}
	}
	return Navigation{}, false
}

// Known reports whether the real table has a column or link of a name.
func (e *Entity) Known(name string) bool {
	_, column := e.column(name, Dialect{})
	_, link := e.Link(name)
	return column || link || e.lacks(name)
}

func (e *Entity) column(name string, d Dialect) (Column, bool) {
	for _, c := range e.Columns {
		if c.Name == name && !(d.Old && c.Newer) {
			return c, true
		}
	}
	return Column{}, false
}

// columns are those that a dialect knows.
func (e *Entity) columns(d Dialect) []Column {
	var out []Column
	for _, c := range e.Columns {
		if !(d.Old && c.Newer) {
			out = append(out, c)
		}
	}
	return out
}

// UnmodelledError is a query that Dataverse understands, or may understand, and
// this package does not.
type UnmodelledError struct{ What string }

// Error describes the part of the query.
func (e *UnmodelledError) Error() string { return "not modelled: " + e.What }

func unmodelled(format string, args ...any) error {
	return &UnmodelledError{fmt.Sprintf(format, args...)}
}
