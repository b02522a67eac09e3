package exam

import (
	"context"
	"slices"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// settling are the causes behind which may be nothing but Microsoft's
// replication, by check.
//
// Source: measured waits in public issues: a secret 4 to 18 s, consent up to
// 30 s, a service principal up to minutes.
var settling = map[CheckID][]catalog.Cause{
	CheckToken:  {catalog.SecretWrong, catalog.SecretExpired, catalog.CertificateNotRegistered, catalog.ApplicationNotFound, catalog.ApplicationNoServicePrincipal, catalog.ConsentMissing},
	CheckWhoAmI: {catalog.AppUserMissing, catalog.ServiceReplicating},
}

// settle tries until the cause is not one of those that time may heal, or the
// patience is used up. try returns the cause, "" when all is well. Each try is a
// verdict of its own, after a pause that grows and is announced. Without patience
// there is one: an administrator who made something a moment ago knows it, and tests again.
func (s *session) settle(ctx context.Context, check CheckID, try func() (cause catalog.Cause)) {
	left := s.patience
	for tries := 1; ; tries++ {
		cause := try()
		if !slices.Contains(settling[check], cause) {
			return
		}
		wait := min(time.Duration(tries)*5*time.Second, 15*time.Second)
		if left < wait {
			return
		}
		left -= wait
		if s.client.Wait(ctx, wait, text.F("waiting for Microsoft to replicate: asking again in %s", wait)) != nil {
			return
		}
	}
}
