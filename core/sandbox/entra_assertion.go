package sandbox

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha1" // #nosec G505 -- x5t is SHA-1 by definition: RFC 7515 section 4.1.7
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// jwtBearer is the only kind of client assertion (RFC 7523 section 2.2).
const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" // #nosec G101 -- a name, no secret

// assertion is a client assertion, read and not yet verified.
type assertion struct {
	header struct {
		Alg, Kid string
		X5T      string `json:"x5t"`
		X5TS     string `json:"x5t#S256"`
	}
	claims assertionClaims
	// signed is the part that the signature is for.
	signed    string
	signature []byte
}

type assertionClaims struct {
	Aud           audiences
	Iss, Sub, JTI string
	NBF, Exp      numericDate
}

// numericDate is a time in seconds since 1970, which may have a fraction (RFC 7519
// section 2): MSAL for Python writes one.
type numericDate int64

func (d *numericDate) UnmarshalJSON(raw []byte) error {
	var seconds float64
	err := json.Unmarshal(raw, &seconds)
	*d = numericDate(seconds)
	return err
}

func readAssertion(text string) (assertion, bool) {
	var a assertion
	parts := strings.Split(text, ".")
	if len(parts) != 3 || decodePart(parts[0], &a.header) != nil || decodePart(parts[1], &a.claims) != nil {
		return a, false
	}
	var err error
	a.signed = parts[0] + "." + parts[1]
	a.signature, err = base64.RawURLEncoding.DecodeString(parts[2])
	return a, err == nil
}

// checkAssertion checks a client assertion: the application's own, which a
// certificate signs, or a token of another issuer.
func (s *Server) checkAssertion(t tokenRequest, id, text string) *failure {
	if t.form.Get("client_assertion_type") != jwtBearer {
		return fail(900144, "client_assertion_type")
	}
	a, ok := readAssertion(text)
	switch {
	case !ok:
		return fail(50027)
	case strings.HasPrefix(a.claims.Iss, "https://"):
		return s.checkFederated(t, id, a)
	}
	return s.checkCertificate(t, id, a)
}

// checkCertificate checks a certificate's proof.
//
// Source: learn.microsoft.com/entra/identity-platform/certificate-credentials.
func (s *Server) checkCertificate(t tokenRequest, id string, a assertion) *failure {
	header, c := a.header, a.claims
	if header.X5T == "" && header.X5TS == "" {
		return fail(5002723)
	}
	cert := s.keyOf(t.tenant, id, func(c *x509.Certificate) bool { return identifies(header.X5T, header.X5TS, c) })
	switch {
	case header.Alg != "PS256" && header.Alg != "RS256":
		return fail(700027, "Unsupported asymmetric signing algorithm.")
	case cert == nil, cert != s.registered(t.tenant) && s.spend(func(t *Tenant) *int { return &t.Replication.Secret }):
		return fail(700027, "The key was not found., Thumbprint of key used by client: '"+thumbprint(header.X5T, header.X5TS)+
			"', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '"+id+"'.")
	case !signed(header.Alg, a.signed, a.signature, cert):
		return fail(700027, "The provided signature value did not match the expected signature value.")
	case t.now.After(cert.NotAfter):
		return fail(700027, "The key used is expired., Found key 'Start="+stamp(cert.NotBefore)+", End="+stamp(cert.NotAfter)+"'")
	}
	switch {
	case c.Iss != id || c.Sub != id:
		return fail(700021)
	case len(c.Aud) != 1 || !t.isAudience(s.Renamed(c.Aud[0])):
		return fail(700023)
	}
	return t.inTime(c)
}

// isAudience reports whether aud is a token endpoint or the issuer of this directory,
// on this host.
func (t *tokenRequest) isAudience(aud string) bool {
	for _, tenant := range []string{t.dir.ID, t.dir.Domain} {
		base := "https://" + t.dir.Login + "/" + tenant
		switch strings.ToLower(aud) {
		case base + "/oauth2/v2.0/token", base + "/oauth2/token", base + "/v2.0", base + "/":
			return true
		}
	}
	return false
}

// identifies reports whether a header names the certificate: x5t is SHA-1 (RFC 7515
// section 4.1.7), x5t#S256 SHA-256 (4.1.8). Both should be base64url; clients
// that write ordinary base64 are understood too.
func identifies(x5t, x5tS256 string, cert *x509.Certificate) bool {
	one, two := sha1.Sum(cert.Raw), sha256.Sum256(cert.Raw) // #nosec G401 -- see the import
	if x5tS256 != "" {
		return subtle.ConstantTimeCompare(anyBase64(x5tS256), two[:]) == 1
	}
	return subtle.ConstantTimeCompare(anyBase64(x5t), one[:]) == 1
}

func thumbprint(x5t, x5tS256 string) string {
	if x5t == "" {
		x5t = x5tS256
	}
	return strings.ToUpper(hex.EncodeToString(anyBase64(x5t)))
}

func anyBase64(text string) []byte {
	text = strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(text)
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return raw
}

func signed(alg, text string, signature []byte, cert *x509.Certificate) bool {
	key, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	if alg == "PS256" {
		return rsa.VerifyPSS(key, crypto.SHA256, sum[:], signature, nil) == nil
	}
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) == nil
}

// stamp returns a time as AADSTS700027 has it.
func stamp(t time.Time) string {
	t = t.UTC()
	return fmt.Sprintf("%02d/%02d/%d %s", t.Month(), t.Day(), t.Year(), t.Format(time.TimeOnly))
}

// thumbprintOf returns the SHA-1 of a certificate, as Graph writes it.
func thumbprintOf(cert *x509.Certificate) string {
	sum := sha1.Sum(cert.Raw) // #nosec G401 -- as Graph writes it
	return base64.StdEncoding.EncodeToString(sum[:])
}

// keyOf returns the certificate of an application that fits, or nil.
func (s *Server) keyOf(t Tenant, appID string, fits func(*x509.Certificate) bool) *x509.Certificate {
	for _, k := range s.keysOf(t, *t.world().app(appID)) {
		if fits(k.Cert) {
			return k.Cert
		}
	}
	return nil
}

// keysOf returns the certificates of a registration. That of the healthy connection is
// made when it is first needed.
func (s *Server) keysOf(t Tenant, app registration) []keyCredential {
	if cert := s.registered(t); cert != nil && app.AppID == ClientID && !app.KeysReplaced {
		return append([]keyCredential{{KeyID: SecretID, Name: cert.Subject.String(), Cert: cert}}, app.Keys...)
	}
	return app.Keys
}
