//go:build !windows

package certificate

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// HasStore is false where there is no store of certificates that [FromStore] reads.
const HasStore = false

func fromStore(context.Context, string) (*Certificate, error) {
	return nil, fail(NoStore, text.F("Only Windows has this store of certificates. Here, name the certificate's file instead: PEM or PFX."))
}
