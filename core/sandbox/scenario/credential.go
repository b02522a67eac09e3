package scenario

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var credential = []Scenario{
	{
		Name: "secret-wrong", Title: text.F("The secret is not right"), Cause: catalog.SecretWrong,
		Form:   changeSecret(func(plain string) string { return plain[:len(plain)-1] + swap(plain[len(plain)-1]) }),
		Lesson: text.F("AADSTS7000215, whatever is wrong with it: Entra does not name the wrong character."),
	},
	{
		Name: "secret-cut-off", Title: text.F("The secret lost its end"), Cause: catalog.SecretWrong,
		Form:   changeSecret(func(plain string) string { return plain[:32] }),
		Lesson: text.F("A double click selects up to the next full stop or tilde."),
	},
	{
		Name: "secret-of-another-app", Title: text.F("The secret of another application"), Cause: catalog.SecretWrong,
		Form:   changeSecret(func(string) string { return sandbox.SecretOf("another application") }),
		Lesson: text.F("A secret belongs to one registration."),
	},
	{
		Name: "secret-new", Title: text.F("The secret was created a moment ago"), Cause: catalog.SecretWrong,
		Set:    func(t *sandbox.Tenant) { t.Application.SecretFresh = 1 },
		Lesson: text.F("A new secret takes up to a minute to reach every server, and is refused like a wrong one until then: test again."),
	},
	{
		Name: "secret-expired", Title: text.F("The secret has ended"), Cause: catalog.SecretExpired,
		Set:    func(t *sandbox.Tenant) { t.Application.SecretExpired = true },
		Lesson: text.F("AADSTS7000222: make a new one, put it everywhere, then remove the old one."),
	},
	{
		Name: "secret-lost-on-the-way", Title: text.F("No secret reaches Entra"), Cause: catalog.SecretMissing,
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse = 7000216 },
		Lesson: text.F("AADSTS7000216: a proxy or a library dropped the credential."),
	},
	{
		Name: "secret-ends-soon", Title: text.F("The secret ends in a week"),
		Set:    func(t *sandbox.Tenant) { t.Application.SecretLasts = 7 * 24 * time.Hour },
		Lesson: text.F("The application itself may not read when its secret ends; the Entra admin center shows it."),
	},
	{
		Name: "certificate-not-registered", Title: text.F("A certificate that the application does not know"), Cause: catalog.CertificateNotRegistered,
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, Unregistered: true} },
		Lesson: text.F("AADSTS700027: upload the .cer of exactly this key to exactly this registration."),
	},
	{
		Name: "certificate-expired", Title: text.F("The certificate has ended"), Cause: catalog.CertificateExpired,
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, Expired: true} },
		Lesson: text.F("A certificate contains its end date; no request to Entra is needed."),
	},
	{
		Name: "certificate-not-yet-valid", Title: text.F("The certificate begins in three days"), Cause: catalog.CertificateNotYetValid,
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, Future: true} },
		Lesson: text.F("Upload a new certificate beside the old one, and use the old one until the new one is valid."),
	},
	{
		Name: "certificate-ends-soon", Title: text.F("The certificate ends in ten days"), Warnings: []catalog.Cause{catalog.CertificateExpiresSoon},
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, Lasts: 10 * 24 * time.Hour} },
		Lesson: text.F("It still works; a pipeline that tests it warns in time."),
	},
	{
		Name: "certificate-thumbprint", Title: text.F("Entra cannot read the assertion's header"), Cause: catalog.CertificateUnsupported,
		Set:    func(t *sandbox.Tenant) { t.Certificate.InUse = true; t.Login.Refuse = 5002723 },
		Lesson: text.F("AADSTS5002723: the signed assertion has to name its certificate's thumbprint."),
	},
	{
		Name: "certificate-clock", Title: text.F("A certificate, and a clock twenty minutes slow"), Cause: catalog.ClockSkew,
		Set:    func(t *sandbox.Tenant) { t.Certificate.InUse = true; t.Clock = 20 * time.Minute },
		Lesson: text.F("AADSTS700024: an assertion is dated by this computer's clock, and has expired by Entra's clock."),
	},
	{
		Name: "clock-slow", Title: text.F("This computer's clock is twenty minutes slow"), Warnings: []catalog.Cause{catalog.ClockSkew},
		Set:    func(t *sandbox.Tenant) { t.Clock = 20 * time.Minute },
		Lesson: text.F("A secret does not mind the clock; a certificate would."),
	},
	{
		Name: "clock-fast", Title: text.F("This computer's clock is twenty minutes fast"), Warnings: []catalog.Cause{catalog.ClockSkew},
		Set:    func(t *sandbox.Tenant) { t.Clock = -20 * time.Minute },
		Lesson: text.F("Tokens seem to live longer than they do, and calls fail near their end."),
	},
}

// swap is another character of the kind.
func swap(c byte) string {
	if c == 'a' {
		return "b"
	}
	return "a"
}
