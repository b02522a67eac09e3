package profile

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

func TestLabelOf(t *testing.T) {
	for name, c := range map[string]struct {
		profile Profile
		want    Label
	}{
		"chosen":         {Profile{Name: "Contoso DEV", Label: Production}, Production},
		"in the name":    {Profile{Name: "Contoso UAT (2)"}, Acceptance},
		"in the address": {Profile{Name: "Contoso", Environment: "https://contoso-prod.crm4.dynamics.com"}, Production},
		"part of a word": {Profile{Name: "Contest deviation", Environment: "https://product.crm.dynamics.com"}, ""},
		"no production":  {Profile{Name: "PREPROD"}, Acceptance},
	} {
		t.Run(name, func(t *testing.T) {
			if got := LabelOf(c.profile); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestLabelStays guards that a save keeps a label, and that a file with a label cannot be
// read by a program that would drop it.
func TestLabelStays(t *testing.T) {
	s := newPlace(t).open()
	form := connection.Form{Environment: "https://contoso.crm4.dynamics.com", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", Secret: secret.New("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1")}
	for _, name := range []string{"a", "b"} {
		if _, err := s.Save(t.Context(), name, form); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SetLabel(t.Context(), []string{"a", "gone"}, Production); !errors.Is(err, ErrNoProfile) {
		t.Errorf("%v", err)
	}
	if err := s.SetLabel(t.Context(), []string{"a", "b"}, Production); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Save(t.Context(), "a", form); err != nil {
		t.Fatal(err)
	}
	list, err := s.List(t.Context())
	if err != nil || len(list) != 2 || list[0].Label != Production || list[0].since() != 4 {
		t.Errorf("%v: %+v", err, list)
	}
	if (Profile{Name: "a", Label: "mine"}).usable() {
		t.Error("a label that does not exist is usable")
	}
}

// TestOutcomes guards that an outcome belongs to the profile in its current state: with
// another secret it is dropped.
func TestOutcomes(t *testing.T) {
	s := newPlace(t).open()
	form := connection.Form{Environment: "https://contoso.crm4.dynamics.com", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", Secret: secret.New("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1")}
	saved := map[string]Profile{}
	for _, name := range []string{"a", "b"} {
		got, err := s.Save(t.Context(), name, form)
		if err != nil {
			t.Fatal(err)
		}
		saved[name] = got.Profile
	}
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	first := Outcome{At: at, Cause: "secret.wrong", Warnings: []string{"clock.skew"}}.About(saved["a"])
	second := Outcome{At: at.Add(time.Hour), Healthy: true, User: "S2S"}.About(saved["a"])
	other := Outcome{At: at, Healthy: true}.About(saved["b"])
	for _, add := range [][]Outcome{{first, other}, {second}} {
		if err := s.AddOutcomes(t.Context(), add); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]Outcome{second, other}, s.Outcomes(t.Context())); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	if err := s.Rename(t.Context(), "b", "c"); err != nil || s.Outcomes(t.Context())[1].Name != "c" {
		t.Errorf("%v: the outcome does not follow the name", err)
	}
	if err := s.Rename(t.Context(), "c", "b"); err != nil {
		t.Fatal(err)
	}
	again, err := s.Save(t.Context(), "a", form)
	if err != nil {
		t.Fatal(err)
	}
	if second.Is(again.Profile) || !other.Is(saved["b"]) {
		t.Error("the outcome of the old secret counts for the new one, or that of the other is lost")
	}
	if err := s.Forget(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	if got := s.Outcomes(t.Context()); len(got) != 1 {
		t.Errorf("that of a forgotten connection stays: %+v", got)
	}
}

// TestEndWarnings guards that a warning follows a rename of its profile, is deleted with
// the profile, and keeps the outcomes in the same file.
func TestEndWarnings(t *testing.T) {
	s := newPlace(t).open()
	form := connection.Form{Environment: "https://contoso.crm4.dynamics.com", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e", Secret: secret.New("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1")}
	for _, name := range []string{"a", "b"} {
		saved, err := s.Save(t.Context(), name, form)
		if err == nil {
			err = s.AddOutcomes(t.Context(), []Outcome{Outcome{Healthy: true}.About(saved.Profile)})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	ends := time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC)
	for _, add := range [][]EndWarning{{{"a", ends, 90}, {"gone", ends, 90}}, {{"b", ends, 30}, {"a", ends, 60}}} {
		if err := s.AddEndWarnings(t.Context(), add); err != nil {
			t.Fatal(err)
		}
	}
	want := func(want ...EndWarning) {
		t.Helper()
		if diff := cmp.Diff(want, s.EndWarnings(t.Context())); diff != "" {
			t.Errorf("warnings (-want +got):\n%s", diff)
		}
		if got := len(s.Outcomes(t.Context())); got != len(want) {
			t.Errorf("%d outcomes beside them", got)
		}
	}
	want(EndWarning{"a", ends, 60}, EndWarning{"b", ends, 30})
	if err := s.Rename(t.Context(), "b", "c"); err != nil {
		t.Fatal(err)
	}
	want(EndWarning{"a", ends, 60}, EndWarning{"c", ends, 30})
	if err := s.Forget(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	want(EndWarning{"c", ends, 30})
}
