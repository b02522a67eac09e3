package setup

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/plan"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

const day = 24 * time.Hour

// lifetimes are how long a new credential is asked to last, longest first. The limit
// of a tenant's policy cannot be read by those who sign in here, only met.
var lifetimes = []time.Duration{certificate.Lifetime, 180 * day, 90 * day, 60 * day, 30 * day, 14 * day, 7 * day}

// secretLifetime is the longest lifetime of a new client secret.
const secretLifetime = 180 * day

// lifetimeRefused is Graph's code for a credential that lasts longer than a policy of
// the tenant allows.
//
// Source: learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy.
const lifetimeRefused = "CredentialInvalidLifetimeAsPerAppPolicy"

// credential sends a request of the credential's step. A lifetime that a policy of the
// tenant refuses is followed by the next shorter one.
func (r *Run) credential(ctx context.Context, s plan.Step, request plan.Request, values map[plan.Value]string) (map[plan.Value]string, error) {
	missing := request.Fill(values).Missing()
	for i, lifetime := range lifetimes {
		if slices.Contains(missing, plan.CredentialEnd) && lifetime > secretLifetime {
			continue
		}
		if err := r.provide(missing, lifetime, values); err != nil {
			return nil, err
		}
		made, err := r.once(ctx, s, request, values)
		var refused *Refusal
		if !errors.As(err, &refused) || refused.Code != lifetimeRefused || i == len(lifetimes)-1 {
			return made, err
		}
		r.tell(s, text.F("a policy of the tenant asks for a shorter lifetime"))
	}
	return nil, nil
}

// provide makes what a credential's request still lacks, with a lifetime.
func (r *Run) provide(missing []plan.Value, lifetime time.Duration, values map[plan.Value]string) error {
	if slices.Contains(missing, plan.CredentialEnd) {
		values[plan.CredentialEnd] = time.Now().UTC().Add(lifetime).Format(time.RFC3339)
	}
	if !slices.Contains(missing, plan.CertificateKey) {
		return nil
	}
	der, thumbprint, err := r.Keeper.Certificate(r.Target.DisplayName(), lifetime, r.Journal.Announced, r.Journal.announce)
	if err != nil {
		return err
	}
	values[plan.CertificateKey] = base64.StdEncoding.EncodeToString(der)
	values[thumbprintValue] = thumbprint
	return nil
}
