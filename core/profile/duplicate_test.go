package profile

import (
	"context"
	"errors"
	"testing"
)

func TestDuplicate(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	must(s.Save(ctx, "Contoso UAT", form()))
	if err := s.SetGuide(ctx, "Contoso UAT", Guide{Path: "classic", Ticks: map[string]bool{"register": true}}); err != nil {
		t.Fatal(err)
	}
	saved, err := s.Duplicate(ctx, "contoso uat", " Contoso Production ")
	if err != nil || saved.SecretLocation != InStore || !saved.Why.Empty() || saved.Profile.Name != "Contoso Production" {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	l := must(s.Load(ctx, "Contoso Production"))
	if l.Form.Environment != contoso || l.Form.ClientID != client || open(l.Form.Secret) != canary || l.Profile.Guide.Path != "" || len(l.Profile.Guide.Ticks) > 0 {
		t.Errorf("the copy is %+v", l)
	}
	if last := must(s.Last(ctx)); last != "Contoso Production" {
		t.Errorf("the last one is %q", last)
	}
	// Deleting a connection keeps the secret of its copy.
	if err := s.Forget(ctx, "Contoso Production"); err != nil {
		t.Fatal(err)
	}
	if l := must(s.Load(ctx, "Contoso UAT")); open(l.Form.Secret) != canary || l.Profile.Guide.Path != "classic" || vault.count() != 1 {
		t.Errorf("the first one is %+v, and there are %d secrets", l, vault.count())
	}
}

func TestDuplicateRefuses(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	must(s.Save(ctx, "Contoso UAT", form()))
	for name, c := range map[string]struct {
		from, to string
		want     func(error) bool
	}{
		"unknown":      {"Fabrikam", "x", func(err error) bool { return errors.Is(err, ErrNoProfile) }},
		"taken":        {"Contoso UAT", "contoso uat", func(err error) bool { return errors.As(err, new(*NameError)) }},
		"no name":      {"Contoso UAT", " ", func(err error) bool { return errors.As(err, new(*NameError)) }},
		"a broken one": {"Contoso UAT", "a\nb", func(err error) bool { return errors.As(err, new(*NameError)) }},
	} {
		if _, err := s.Duplicate(ctx, c.from, c.to); !c.want(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Duplicate(ended, "Contoso UAT", "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if list := must(s.List(ctx)); len(list) != 1 || vault.count() != 1 {
		t.Errorf("there are %d connections and %d secrets", len(list), vault.count())
	}
}

// TestDuplicateWithoutAStore guards that the copy records where its secret is: in the
// session, or nowhere.
func TestDuplicateWithoutAStore(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	must(s.Save(ctx, "kept", form()))
	vault.refuse = errNoStore
	must(s.Save(ctx, "session", form()))

	saved := must(s.Duplicate(ctx, "session", "copy of session"))
	if l := must(s.Load(ctx, "copy of session")); saved.SecretLocation != InSession || saved.Why.Empty() || open(l.Form.Secret) != canary {
		t.Errorf("saved %+v, loaded %+v", saved, l)
	}
	saved = must(s.Duplicate(ctx, "kept", "copy of kept"))
	if l := must(s.Load(ctx, "copy of kept")); saved.SecretLocation != NoSecret || saved.Why.Empty() || !l.Form.Secret.Empty() || l.Profile.Account != "" {
		t.Errorf("saved %+v, loaded %+v", saved, l)
	}
}
