package profile

import (
	"context"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// replacingVault replaces the profile a given number of times whenever its secret is
// read: the secret that the file named before is then gone.
type replacingVault struct {
	*mockVault
	replace func()
	times   int
}

func (v *replacingVault) Get(ctx context.Context, account string) (secret.Value, error) {
	if v.times > 0 {
		v.times--
		v.replace()
	}
	return v.mockVault.Get(ctx, account)
}

func TestLoadWhileAnotherSaves(t *testing.T) {
	ctx, shared := t.Context(), newMock()
	other := newStore(t, shared)
	must(other.Save(ctx, "Contoso", form()))
	vault := &replacingVault{mockVault: shared, replace: func() { must(other.Save(ctx, "Contoso", form())) }, times: 3}
	s := must(Open(Options{Dir: other.dir, Vault: vault}))
	l := must(s.Load(ctx, "Contoso"))
	if open(l.Form.Secret) != canary || !l.Why.Empty() {
		t.Errorf("loaded %+v", l)
	}
	if vault.times != 0 {
		t.Errorf("the profile was replaced %d times too few", vault.times)
	}
}
