package sandbox

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"sync"
	"time"
)

// signer is Entra's key.
type signer struct {
	key *rsa.PrivateKey
	id  string
}

// signingKey is made with the first token, once in a process: an RSA key takes
// longer than everything else in the sandbox.
var signingKey = sync.OnceValue(newSigner)

func newSigner() signer {
	key := newRSAKey()
	sum := sha256.Sum256(key.N.Bytes())
	return signer{key, b64(sum[:20])}
}

// jwk returns the public half (RFC 7517, RFC 7518 section 6.3.1).
func (s signer) jwk() object {
	return object{
		{"kty", "RSA"},
		{"use", "sig"},
		{"kid", s.id},
		{"x5t", s.id},
		{"n", b64(s.key.N.Bytes())},
		{"e", b64(big.NewInt(int64(s.key.E)).Bytes())},
	}
}

// sign returns a JWT (RFC 7515, RS256) of claims in JSON.
func (s signer) sign(claims []byte) string {
	header := object{{"typ", "JWT"}, {"alg", "RS256"}, {"x5t", s.id}, {"kid", s.id}}
	h, err := json.Marshal(header)
	if err != nil {
		panic(err) // only our own values are written
	}
	text := b64(h) + "." + b64(claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, s.key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return text + "." + b64(signature)
}

// claims are those that a service reads in a token.
type claims struct {
	Aud, Iss, TID, AppID, OID, SCP, UPN string
	Roles                               []string
	NBF, Exp                            int64
}

var (
	errNotOurs = errors.New("not a token of this directory")
	errExpired = errors.New("the token's time is over")
	errTooNew  = errors.New("the token's time has not come")
)

// slack is the difference of clocks that services allow.
const slack = 5 * time.Minute

// verify checks signature and time (RFC 7519 section 7.2).
func (s signer) verify(token string, now time.Time) (claims, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return claims{}, errNotOurs
	}
	var header struct{ Alg, Kid string }
	var c claims
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || decodePart(parts[0], &header) != nil || decodePart(parts[1], &c) != nil ||
		header.Alg != "RS256" || header.Kid != s.id {
		return claims{}, errNotOurs
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if rsa.VerifyPKCS1v15(&s.key.PublicKey, crypto.SHA256, sum[:], signature) != nil {
		return claims{}, errNotOurs
	}
	switch {
	case now.After(time.Unix(c.Exp, 0).Add(slack)):
		return c, errExpired
	case now.Before(time.Unix(c.NBF, 0).Add(-slack)):
		return c, errTooNew
	}
	return c, nil
}

func decodePart(part string, v any) error {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
