package profile

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// TestEndBelongsToSecret guards that a typed expiry date stays as long as its secret, and
// that older programs can read the file as long as it has no such date.
func TestEndBelongsToSecret(t *testing.T) {
	p := newPlace(t)
	s := p.open()
	form := connection.Form{Environment: "https://contoso.crm4.dynamics.com", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", Secret: secret.New("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1")}
	save := func() {
		t.Helper()
		if _, err := s.Save(t.Context(), "Contoso", form); err != nil {
			t.Fatal(err)
		}
	}
	ends := func() time.Time {
		t.Helper()
		l, err := s.Load(t.Context(), "Contoso")
		if err != nil {
			t.Fatal(err)
		}
		return l.Profile.Ends
	}
	version := func() string {
		raw, err := os.ReadFile(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		return strings.Fields(string(raw))[2]
	}
	day := time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)
	save()
	if version() != "1," {
		t.Errorf("version %s without a day", version())
	}
	if err := s.SetEnds(t.Context(), "contoso", day.Add(5*time.Hour)); err != nil || !ends().Equal(day) || version() != "3," {
		t.Errorf("%v: %v, version %s", err, ends(), version())
	}
	form.Secret = secret.Value{}
	if save(); !ends().Equal(day) {
		t.Errorf("saved without another secret: %v", ends())
	}
	form.Secret = secret.New("Another~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVc")
	if save(); !ends().IsZero() {
		t.Errorf("a new secret ends on the day of the old one: %v", ends())
	}
	if err := s.SetEnds(t.Context(), "None", day); !errors.Is(err, ErrNoProfile) {
		t.Errorf("%v", err)
	}
}
