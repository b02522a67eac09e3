package scenario

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
)

var credential = []Scenario{
	{
		Name: "secret-wrong", Title: "The secret is not right", Cause: "secret.wrong",
		Form:   changeSecret(func(plain string) string { return plain[:len(plain)-1] + swap(plain[len(plain)-1]) }),
		Lesson: "AADSTS7000215, whatever is wrong with it: Entra does not name the wrong character.",
	},
	{
		Name: "secret-cut-off", Title: "The secret lost its end", Cause: "secret.wrong",
		Form:   changeSecret(func(plain string) string { return plain[:32] }),
		Lesson: "A double click selects up to the next full stop or tilde.",
	},
	{
		Name: "secret-of-another-app", Title: "The secret of another application", Cause: "secret.wrong",
		Form:   changeSecret(func(string) string { return sandbox.SecretOf("another application") }),
		Lesson: "A secret belongs to one registration.",
	},
	{
		Name: "secret-new", Title: "The secret was created a moment ago", Cause: "secret.wrong",
		Set:    func(t *sandbox.Tenant) { t.Application.SecretFresh = 1 },
		Lesson: "A new secret takes up to a minute to reach every server, and is refused like a wrong one until then: test again.",
	},
	{
		Name: "secret-expired", Title: "The secret has ended", Cause: "secret.expired",
		Set:    func(t *sandbox.Tenant) { t.Application.SecretExpired = true },
		Lesson: "AADSTS7000222: make a new one, put it everywhere, then remove the old one.",
	},
	{
		Name: "secret-lost-on-the-way", Title: "No secret reaches Entra", Cause: "secret.missing",
		Set:    func(t *sandbox.Tenant) { t.Login.Refuse = 7000216 },
		Lesson: "AADSTS7000216: a proxy or a library dropped the credential.",
	},
	{
		Name: "secret-ends-soon", Title: "The secret ends in a week",
		Set:    func(t *sandbox.Tenant) { t.Application.SecretLasts = 7 * 24 * time.Hour },
		Lesson: "The application itself may not read when its secret ends; the Entra admin center shows it.",
	},
	{
		Name: "certificate-not-registered", Title: "A certificate that the application does not know", Cause: "certificate.not-registered",
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, Unregistered: true} },
		Lesson: "AADSTS700027: upload the .cer of exactly this key to exactly this registration.",
	},
	{
		Name: "certificate-expired", Title: "The certificate has ended", Cause: "certificate.expired",
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, Expired: true} },
		Lesson: "A certificate contains its end date; no request to Entra is needed.",
	},
	{
		Name: "certificate-not-yet-valid", Title: "The certificate begins in three days", Cause: "certificate.not-yet-valid",
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, Future: true} },
		Lesson: "Upload a new certificate beside the old one, and use the old one until the new one is valid.",
	},
	{
		Name: "certificate-ends-soon", Title: "The certificate ends in ten days", Warnings: []string{"certificate.expires-soon"},
		Set:    func(t *sandbox.Tenant) { t.Certificate = sandbox.Certificate{InUse: true, Lasts: 10 * 24 * time.Hour} },
		Lesson: "It still works; a pipeline that tests it warns in time.",
	},
	{
		Name: "certificate-thumbprint", Title: "Entra cannot read the assertion's header", Cause: "certificate.unsupported",
		Set:    func(t *sandbox.Tenant) { t.Certificate.InUse = true; t.Login.Refuse = 5002723 },
		Lesson: "AADSTS5002723: the signed assertion has to name its certificate's thumbprint.",
	},
	{
		Name: "certificate-clock", Title: "A certificate, and a clock twenty minutes slow", Cause: "clock.skew",
		Set:    func(t *sandbox.Tenant) { t.Certificate.InUse = true; t.Clock = 20 * time.Minute },
		Lesson: "AADSTS700024: an assertion is dated by this computer's clock, and has expired by Entra's clock.",
	},
	{
		Name: "clock-slow", Title: "This computer's clock is twenty minutes slow", Warnings: []string{"clock.skew"},
		Set:    func(t *sandbox.Tenant) { t.Clock = 20 * time.Minute },
		Lesson: "A secret does not mind the clock; a certificate would.",
	},
	{
		Name: "clock-fast", Title: "This computer's clock is twenty minutes fast", Warnings: []string{"clock.skew"},
		Set:    func(t *sandbox.Tenant) { t.Clock = -20 * time.Minute },
		Lesson: "Tokens seem to live longer than they do, and calls fail near their end.",
	},
}

// swap is another character of the kind.
func swap(c byte) string {
	if c == 'a' {
		return "b"
	}
	return "a"
}
