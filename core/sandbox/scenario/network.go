package scenario

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var network = []Scenario{
	{
		Name: "network-dns", Title: text.F("Names cannot be looked up"), Cause: catalog.NetworkDNS,
		Set:    func(t *sandbox.Tenant) { t.Environment.NoSuchHost, t.Login.NoSuchHost = true, true },
		Lesson: text.F("No name resolves, so it is this computer or its network."),
	},
	{
		Name: "network-login-dns", Title: text.F("The login host's name cannot be looked up"), Cause: catalog.NetworkDNS,
		Set:    func(t *sandbox.Tenant) { t.Login.NoSuchHost = true },
		Lesson: text.F("A filter that knows the environment and not the login host."),
	},
	{
		Name: "network-refused", Title: text.F("The connection is refused"), Cause: catalog.NetworkRefused,
		Set:    func(t *sandbox.Tenant) { t.Environment.Refused = true },
		Lesson: text.F("Something answered, and it was No."),
	},
	{
		Name: "network-reset", Title: text.F("The connection is cut"), Cause: catalog.NetworkRefused,
		Set:    func(t *sandbox.Tenant) { t.Environment.Reset = true },
		Lesson: text.F("A firewall that cuts connections looks like this."),
	},
	{
		Name: "network-truncated", Title: text.F("The answer breaks off"), Cause: catalog.NetworkRefused,
		Set:    func(t *sandbox.Tenant) { t.Environment.Truncated = true },
		Lesson: text.F("An answer that breaks off halfway counts as none."),
	},
	{
		Name: "network-timeout", Title: text.F("Nothing comes back"), Cause: catalog.NetworkTimeout,
		Set:    func(t *sandbox.Tenant) { t.Environment.BlackHole = true },
		Lesson: text.F("A firewall that drops packets sends no answer at all."),
	},
	{
		Name: "network-hanging", Title: text.F("The service accepts the request and sends no answer"), Cause: catalog.NetworkTimeout, Slow: true,
		Set:    func(t *sandbox.Tenant) { t.Environment.Hang = true },
		Lesson: text.F("Connected is not answered."),
	},
	{
		Name: "network-drip", Title: text.F("The answer comes a byte at a time"), Cause: catalog.NetworkTimeout, Slow: true,
		Set:    func(t *sandbox.Tenant) { t.Environment.Drip = true },
		Lesson: text.F("A limit on the whole call ends what a limit on silence does not."),
	},
	{
		Name: "network-endless", Title: text.F("The answer never ends"), Cause: catalog.NetworkIntercepted,
		Set:    func(t *sandbox.Tenant) { t.Environment.Endless = true },
		Lesson: text.F("No answer of Dataverse's is that long: something else is speaking."),
	},
	{
		Name: "network-gzip-bomb", Title: text.F("The answer is huge once unpacked"), Cause: catalog.NetworkIntercepted,
		Set:    func(t *sandbox.Tenant) { t.Environment.GzipBomb = true },
		Lesson: text.F("Limits count after unpacking."),
	},
	{
		Name: "network-portal-environment", Title: text.F("A guest network's page instead of the environment"), Cause: catalog.NetworkIntercepted,
		Set:    func(t *sandbox.Tenant) { t.Environment.HTML = true },
		Lesson: text.F("HTML where data belongs comes from something in between."),
	},
	{
		Name: "network-portal-login", Title: text.F("A guest network's page instead of Entra"), Cause: catalog.NetworkIntercepted,
		Set:    func(t *sandbox.Tenant) { t.Login.HTML = true },
		Lesson: text.F("Entra never answers a program with a page."),
	},
	{
		Name: "network-redirect", Title: text.F("The request is sent elsewhere"), Cause: catalog.NetworkIntercepted,
		Set:    func(t *sandbox.Tenant) { t.Environment.RedirectTo = "https://filter.example/blocked" },
		Lesson: text.F("A redirect is shown, and never followed with a token."),
	},
	{
		Name: "network-redirect-login", Title: text.F("Entra's address leads elsewhere"), Cause: catalog.NetworkIntercepted,
		Set:    func(t *sandbox.Tenant) { t.Login.RedirectTo = "https://filter.example/blocked" },
		Lesson: text.F("A secret is never sent after a redirect."),
	},
	{
		Name: "network-tls-inspection", Title: text.F("A proxy opens the encryption"), Cause: catalog.NetworkTLS,
		Set:    func(t *sandbox.Tenant) { t.Environment.TLS, t.Login.TLS = sandbox.TLSUnknownCA, sandbox.TLSUnknownCA },
		Lesson: text.F("The issuer's name shows who it is; its root has to be installed, verification stays on."),
	},
	{
		Name: "network-tls-expired", Title: text.F("The certificate of the host has ended"), Cause: catalog.NetworkTLS,
		Set:    func(t *sandbox.Tenant) { t.Environment.TLS = sandbox.TLSExpired },
		Lesson: text.F("Or this computer's date is wrong by more than the certificate's life."),
	},
	{
		Name: "network-tls-wrong-host", Title: text.F("The certificate is for another host"), Cause: catalog.NetworkTLS,
		Set:    func(t *sandbox.Tenant) { t.Environment.TLS = sandbox.TLSWrongHost },
		Lesson: text.F("The name was led to another server."),
	},
	{
		Name: "network-tls-old", Title: text.F("Nothing newer than TLS 1.1"), Cause: catalog.NetworkTLS,
		Set:    func(t *sandbox.Tenant) { t.Login.TLS = sandbox.TLSOld },
		Lesson: text.F("Microsoft's hosts speak TLS 1.2 and 1.3: this is not one of them."),
	},
	{
		Name: "network-tls-none", Title: text.F("The other side does not speak TLS"), Cause: catalog.NetworkTLS,
		Set:    func(t *sandbox.Tenant) { t.Environment.TLS = sandbox.TLSNone },
		Lesson: text.F("A plain HTTP proxy or portal is at the other end."),
	},
	{
		Name: "network-proxy", Title: text.F("The proxy wants a sign-in"), Cause: catalog.NetworkProxyAuth,
		Set:    func(t *sandbox.Tenant) { t.Proxy = "Basic" },
		Lesson: text.F("407 comes from the proxy; the request reached neither Entra nor Dataverse."),
	},
	{
		Name: "network-proxy-windows", Title: text.F("The proxy wants a Windows sign-in"), Cause: catalog.NetworkProxyAuth,
		Set:    func(t *sandbox.Tenant) { t.Proxy = "Negotiate" },
		Lesson: text.F("NTLM and Negotiate need a helper on this computer."),
	},
}
