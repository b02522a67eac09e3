package profile

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/importer"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Imported is what became of another program's connections.
type Imported struct {
	// Added are the names under which they were saved, in the file's order. They
	// have no secrets.
	Added []string
	// ByCertificate are those of Added that named a certificate, which is not there.
	ByCertificate []string
	LeftOut       []importer.LeftOut
	// SetAside is as in [Saved].
	SetAside string
}

// Import saves the connections of another program's file, see [importer.Import];
// its errors come back, too. Nothing is written over: where a name is taken, the
// new one has a number behind it, unless the same connection has that name.
func (s *Store) Import(ctx context.Context, path string) (Imported, error) {
	data, err := readForeign(ctx, path)
	if err != nil {
		return Imported{}, err
	}
	found, err := importer.Import(data, s.clouds)
	if err != nil {
		return Imported{}, err
	}
	all := Imported{LeftOut: found.LeftOut}
	if len(found.Named) == 0 {
		return all, nil
	}
	all.SetAside, err = s.update(ctx, func(c *change) error {
		for _, n := range found.Named {
			p, _, _, _ := s.profile(n.Name, n.Form)
			p.Thumbprint = n.Thumbprint
			if !c.add(&p) {
				all.LeftOut = append(all.LeftOut, importer.LeftOut{Name: n.Name, Why: importer.SavedAlready})
				continue
			}
			all.Added = append(all.Added, p.Name)
			if n.ByCertificate {
				all.ByCertificate = append(all.ByCertificate, p.Name)
			}
		}
		return nil
	})
	if err != nil {
		return Imported{}, err
	}
	return all, nil
}

// add puts a profile into the document under its name or the first with a number
// that is free. False is that the same connection is there already.
func (d *document) add(p *Profile) bool {
	wanted := p.Name
	for n := 1; ; n++ {
		p.Name = Numbered(wanted, n)
		i := d.find(p.Name)
		switch {
		case i < 0:
			d.Profiles = append(d.Profiles, *p)
			return true
		case d.Profiles[i].Environment == p.Environment && d.Profiles[i].ClientID == p.ClientID:
			return false
		}
	}
}

// Numbered is a name with a number behind it, "Contoso UAT (2)", within
// [NameLimit]; the first has no number.
func Numbered(name string, n int) string {
	if n < 2 {
		return name
	}
	number := fmt.Sprintf(" (%d)", n)
	if runes := []rune(name); len(runes)+len(number) > NameLimit {
		name = strings.TrimSpace(string(runes[:NameLimit-len(number)]))
	}
	return name + number
}

// readForeign returns the content of a file that a user chose.
func readForeign(ctx context.Context, path string) ([]byte, error) {
	var data []byte
	err := patiently(ctx, func() error {
		info, err := os.Stat(path)
		if err == nil && !info.Mode().IsRegular() {
			err = errNotAFile // a pipe would never end
		}
		if err != nil {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		data, err = io.ReadAll(io.LimitReader(file, importer.Limit+1))
		return err
	})
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, &FileError{Path: path, err: err, Summary: text.F("The file could not be read. Check that it is there, and that you may read it.")}
	}
	return data, nil
}
