package exam

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// validity is the position of a time to a certificate's start and end.
type validity int

const (
	isValid validity = iota
	notYetValid
	hasEnded
)

func validityAt(cert *certificate.Certificate, now time.Time) validity {
	switch {
	case now.After(cert.NotAfter()):
		return hasEnded
	case now.Before(cert.NotBefore()):
		return notYetValid
	}
	return isValid
}

// certificateOf returns the connection's certificate, or nil.
func certificateOf(f Facts) *certificate.Certificate {
	c := f.Connection.Credential
	if !c.Signs() {
		return nil
	}
	return c.Certificate
}

// rightNow returns the time by the services' clock where this computer's is known to
// be wrong, and this computer's otherwise.
func (f Facts) rightNow() time.Time {
	if f.Clock.wrong() {
		return f.Now.Add(-f.Clock.Ahead)
	}
	return f.Now
}

// judgeValidity finds a certificate that is not valid now; false for one that is, and
// without a certificate. A certificate that is only outside of its time by a clock that
// is wrong is that clock's fault: MSAL would sign with the same wrong time.
func judgeValidity(f Facts) (Finding, bool) {
	cert := certificateOf(f)
	if cert == nil {
		return Finding{}, false
	}
	e := catalog.Evidence{Facts: validityFacts(f, cert)}
	switch validityAt(cert, f.rightNow()) {
	case notYetValid:
		return broken(catalog.CertificateNotYetValid, e, text.F("The certificate is not valid before %s; it is %s %s.",
			minute(cert.NotBefore()), minute(f.rightNow()), byClock(f))), true
	case hasEnded:
		return broken(catalog.CertificateExpired, e, text.F("The certificate ended on %s.", day(cert.NotAfter()))), true
	}
	if validityAt(cert, f.Now) != isValid {
		return broken(catalog.ClockSkew, e, text.F("This computer's clock is %s, compared with %s; by this clock, the certificate is not valid now.",
			offset(f.Clock.Ahead), f.Clock.By)), true
	}
	return Finding{}, false
}

func validityFacts(f Facts, cert *certificate.Certificate) []catalog.Fact {
	return []catalog.Fact{
		catalog.NewFact("certificate begins", day(cert.NotBefore())),
		catalog.NewFact("certificate ends", day(cert.NotAfter())),
		catalog.NewFact("this computer's clock", minute(f.Now)),
	}
}

// byClock names the clock that a time was read from.
func byClock(f Facts) text.Text {
	switch {
	case f.Clock.wrong():
		return text.F("by the clock of %s", f.Clock.By)
	case f.Clock.Known:
		return text.F("by this computer's clock, which agrees with %s", f.Clock.By)
	}
	return text.F("by this computer's clock, which was compared with no other")
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
