package entra

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// assertionLife is how long a signed assertion is good. Entra recommends five to
// ten minutes.
//
// Source: learn.microsoft.com/entra/identity-platform/certificate-credentials.
const assertionLife = 10 * time.Minute

// assertionFor returns what proves the application at an endpoint: the token of
// another identity provider, or a new assertion that the certificate's key signs where
// it is. It is empty for an application that has neither.
func (app Application) assertionFor(endpoint string) (secret.Value, error) {
	if app.Credential.Signs() {
		return newAssertion(app, endpoint)
	}
	return app.Assertion, nil
}

// callback hands the assertion to MSAL, and keeps the reason if it could not be made.
func (app Application) callback(ctx context.Context, o confidential.AssertionRequestOptions) (string, error) {
	// A smart card may take its time to sign, and no context ends that.
	assertion, err := inTime(ctx, func() (secret.Value, error) { return app.assertionFor(o.TokenEndpoint) })
	if err != nil {
		if app.fault != nil {
			*app.fault = err
		}
		return "", err
	}
	var text string
	assertion.Use(func(plain string) { text = plain })
	return text, nil
}

// newAssertion signs a client assertion (RFC 7523 section 3) with the
// certificate's key, by PS256 as Entra recommends.
func newAssertion(app Application, audience string) (secret.Value, error) {
	cert := app.Credential.Certificate
	thumbprint := sha256.Sum256(cert.Chain[0].Raw)
	now := time.Now()
	header := map[string]any{
		"alg": "PS256", "typ": "JWT", "x5t#S256": base64.RawURLEncoding.EncodeToString(thumbprint[:]),
		// The chain lets a registration trust an issuer and a name instead of one key.
		"x5c": encodedChain(cert.Chain),
	}
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

func encodedChain(chain []*x509.Certificate) []string {
	var encoded []string
	for _, cert := range chain {
		encoded = append(encoded, base64.StdEncoding.EncodeToString(cert.Raw))
	}
	return encoded
}

func segment(members map[string]any) string {
	raw, _ := json.Marshal(members) // a map of texts and numbers always encodes
	return base64.RawURLEncoding.EncodeToString(raw)
}
