package entra

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// assertionLife is how long a signed assertion is good. Entra recommends five to
// ten minutes.
//
// Source: learn.microsoft.com/entra/identity-platform/certificate-credentials.
const assertionLife = 10 * time.Minute

// newAssertion signs a client assertion (RFC 7523 section 3) with the
// certificate's key, by PS256 as Entra recommends.
func newAssertion(app Application, audience string) (secret.Value, error) {
	cert := app.Credential.Certificate
	thumbprint := sha256.Sum256(cert.Chain[0].Raw)
	now := time.Now()
	header := map[string]any{"alg": "PS256", "typ": "JWT", "x5t#S256": base64.RawURLEncoding.EncodeToString(thumbprint[:])}
	claims := map[string]any{
		"aud": audience, "iss": app.ClientID, "sub": app.ClientID, "jti": uuid.NewString(),
		"nbf": now.Unix(), "exp": now.Add(assertionLife).Unix(),
	}
	signed := segment(header) + "." + segment(claims)
	digest := sha256.Sum256([]byte(signed))
	signature, err := cert.Signer().Sign(rand.Reader, digest[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256})
	if err != nil {
		return secret.Value{}, err
	}
	return secret.New(signed + "." + base64.RawURLEncoding.EncodeToString(signature)), nil
}

func segment(members map[string]any) string {
	raw, _ := json.Marshal(members) // a map of texts and numbers always encodes
	return base64.RawURLEncoding.EncodeToString(raw)
}
