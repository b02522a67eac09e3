package certificate

import (
	"context"

	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// FromStore finds a certificate in the Windows store by its thumbprint: the user's own
// store first, then the computer's. Its key stays where it is: the signer asks the
// system to sign, and fails where the system does not permit it.
//
// Every error is an [*Error].
func FromStore(ctx context.Context, thumbprint string) (*Certificate, error) {
	parsed := ParseThumbprint(thumbprint)
	switch {
	case plain.Trim(thumbprint) == "":
		return nil, fail(Unreadable, text.F("There is no thumbprint. Copy it from the certificate's properties: Details › Thumbprint."))
	case parsed == "":
		return nil, fail(Unreadable, text.F("The thumbprint is not the 40 hexadecimal digits of a certificate's SHA-1 thumbprint. Copy it from the certificate's properties: Details › Thumbprint."))
	case ctx.Err() != nil:
		return nil, errCancelled
	}
	return fromStore(ctx, parsed)
}
