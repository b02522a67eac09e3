package profile

import (
	"errors"
	"os"
	"strings"
	"testing"
)

func TestForget(t *testing.T) {
	ctx, vault := t.Context(), newMock()
	s := newStore(t, vault)
	must(s.Save(ctx, "Contoso", form()))
	must(s.Save(ctx, "Fabrikam", form()))

	for name, fault := range map[string]func(bool){
		"refuses":     func(on bool) { vault.refuse = map[bool]error{true: errNoStore}[on] },
		"keeps it":    func(on bool) { vault.sticky = on },
		"is deadlock": func(on bool) { vault.refuse = map[bool]error{true: ErrSlow}[on] },
	} {
		fault(true)
		if err := s.Forget(ctx, "Fabrikam"); !errors.As(err, new(*VaultError)) {
			t.Errorf("a vault that %s: %v", name, err)
		}
		fault(false)
		if l := must(s.Load(ctx, "Fabrikam")); open(l.Form.Secret) != canary {
			t.Errorf("a vault that %s: the profile does not work any more: %+v", name, l)
		}
	}

	if err := s.Forget(ctx, "fabrikam"); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(ctx, "Fabrikam"); !errors.Is(err, ErrNoProfile) {
		t.Errorf("twice: %v", err)
	}
	if last := must(s.Last(ctx)); last != "" {
		t.Errorf("last used is the forgotten %q", last)
	}
	if list := must(s.List(ctx)); len(list) != 1 || list[0].Name != "Contoso" || vault.count() != 1 {
		t.Errorf("left: %+v and %d secrets", list, vault.count())
	}
	if data := string(must(os.ReadFile(s.Path()))); strings.Contains(data, "abrikam") {
		t.Errorf("the file still knows it:\n%s", data)
	}
}

func TestRename(t *testing.T) {
	ctx := t.Context()
	s := newStore(t, newMock())
	must(s.Save(ctx, "Fabrikam", form()))
	must(s.Save(ctx, "Contoso", form()))
	if err := s.Rename(ctx, "contoso", "Contoso UAT"); err != nil {
		t.Fatal(err)
	}
	if l := must(s.Load(ctx, "Contoso UAT")); open(l.Form.Secret) != canary {
		t.Errorf("loaded %+v", l)
	}
	if last := must(s.Last(ctx)); last != "Contoso UAT" {
		t.Errorf("last used: %q", last)
	}
	if err := s.Rename(ctx, "Contoso UAT", "CONTOSO uat"); err != nil {
		t.Errorf("other capitals: %v", err)
	}
	if err := s.Rename(ctx, "Contoso UAT", "fabrikam"); !errors.As(err, new(*NameError)) {
		t.Errorf("taken: %v", err)
	}
	if err := s.Rename(ctx, "Contoso", "x"); !errors.Is(err, ErrNoProfile) {
		t.Errorf("unknown: %v", err)
	}
}
