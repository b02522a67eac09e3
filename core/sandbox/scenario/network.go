package scenario

import "github.com/s2sdoctor/s2sdoctor/core/sandbox"

var network = []Scenario{
	{
		Name: "network-dns", Title: "Names cannot be looked up", Cause: "network.dns",
		Set:    func(t *sandbox.Tenant) { t.Environment.NoSuchHost, t.Login.NoSuchHost = true, true },
		Lesson: "No name resolves, so it is this computer or its network.",
	},
	{
		Name: "network-login-dns", Title: "The login host's name cannot be looked up", Cause: "network.dns",
		Set:    func(t *sandbox.Tenant) { t.Login.NoSuchHost = true },
		Lesson: "A filter that knows the environment and not the login host.",
	},
	{
		Name: "network-refused", Title: "The connection is refused", Cause: "network.refused",
		Set:    func(t *sandbox.Tenant) { t.Environment.Refused = true },
		Lesson: "Something answered, and it was No.",
	},
	{
		Name: "network-reset", Title: "The connection is cut", Cause: "network.refused",
		Set:    func(t *sandbox.Tenant) { t.Environment.Reset = true },
		Lesson: "A firewall that cuts connections looks like this.",
	},
	{
		Name: "network-truncated", Title: "The answer breaks off", Cause: "network.refused",
		Set:    func(t *sandbox.Tenant) { t.Environment.Truncated = true },
		Lesson: "An answer that breaks off halfway counts as none.",
	},
	{
		Name: "network-timeout", Title: "Nothing comes back", Cause: "network.timeout",
		Set:    func(t *sandbox.Tenant) { t.Environment.BlackHole = true },
		Lesson: "A firewall that drops packets sends no answer at all.",
	},
	{
		Name: "network-hanging", Title: "The service accepts the request and sends no answer", Cause: "network.timeout", Slow: true,
		Set:    func(t *sandbox.Tenant) { t.Environment.Hang = true },
		Lesson: "Connected is not answered.",
	},
	{
		Name: "network-drip", Title: "The answer comes a byte at a time", Cause: "network.timeout", Slow: true,
		Set:    func(t *sandbox.Tenant) { t.Environment.Drip = true },
		Lesson: "A limit on the whole call ends what a limit on silence does not.",
	},
	{
		Name: "network-endless", Title: "The answer never ends", Cause: "network.intercepted",
		Set:    func(t *sandbox.Tenant) { t.Environment.Endless = true },
		Lesson: "No answer of Dataverse's is that long: something else is speaking.",
	},
	{
		Name: "network-gzip-bomb", Title: "The answer is huge once unpacked", Cause: "network.intercepted",
		Set:    func(t *sandbox.Tenant) { t.Environment.GzipBomb = true },
		Lesson: "Limits count after unpacking.",
	},
	{
		Name: "network-portal-environment", Title: "A guest network's page instead of the environment", Cause: "network.intercepted",
		Set:    func(t *sandbox.Tenant) { t.Environment.HTML = true },
		Lesson: "HTML where data belongs comes from something in between.",
	},
	{
		Name: "network-portal-login", Title: "A guest network's page instead of Entra", Cause: "network.intercepted",
		Set:    func(t *sandbox.Tenant) { t.Login.HTML = true },
		Lesson: "Entra never answers a program with a page.",
	},
	{
		Name: "network-redirect", Title: "The request is sent elsewhere", Cause: "network.intercepted",
		Set:    func(t *sandbox.Tenant) { t.Environment.RedirectTo = "https://filter.example/blocked" },
		Lesson: "A redirect is shown, and never followed with a token.",
	},
	{
		Name: "network-redirect-login", Title: "Entra's address leads elsewhere", Cause: "network.intercepted",
		Set:    func(t *sandbox.Tenant) { t.Login.RedirectTo = "https://filter.example/blocked" },
		Lesson: "A secret is never sent after a redirect.",
	},
	{
		Name: "network-tls-inspection", Title: "A proxy opens the encryption", Cause: "network.tls",
		Set:    func(t *sandbox.Tenant) { t.Environment.TLS, t.Login.TLS = sandbox.TLSUnknownCA, sandbox.TLSUnknownCA },
		Lesson: "The issuer's name shows who it is; its root has to be installed, verification stays on.",
	},
	{
		Name: "network-tls-expired", Title: "The certificate of the host has ended", Cause: "network.tls",
		Set:    func(t *sandbox.Tenant) { t.Environment.TLS = sandbox.TLSExpired },
		Lesson: "Or this computer's date is wrong by more than the certificate's life.",
	},
	{
		Name: "network-tls-wrong-host", Title: "The certificate is for another host", Cause: "network.tls",
		Set:    func(t *sandbox.Tenant) { t.Environment.TLS = sandbox.TLSWrongHost },
		Lesson: "The name was led to another server.",
	},
	{
		Name: "network-tls-old", Title: "Nothing newer than TLS 1.1", Cause: "network.tls",
		Set:    func(t *sandbox.Tenant) { t.Login.TLS = sandbox.TLSOld },
		Lesson: "Microsoft's hosts speak TLS 1.2 and 1.3: this is not one of them.",
	},
	{
		Name: "network-tls-none", Title: "The other side does not speak TLS", Cause: "network.tls",
		Set:    func(t *sandbox.Tenant) { t.Environment.TLS = sandbox.TLSNone },
		Lesson: "A plain HTTP proxy or portal is at the other end.",
	},
	{
		Name: "network-proxy", Title: "The proxy wants a sign-in", Cause: "network.proxy-auth",
		Set:    func(t *sandbox.Tenant) { t.Proxy = "Basic" },
		Lesson: "407 comes from the proxy; the request reached neither Entra nor Dataverse.",
	},
	{
		Name: "network-proxy-windows", Title: "The proxy wants a Windows sign-in", Cause: "network.proxy-auth",
		Set:    func(t *sandbox.Tenant) { t.Proxy = "Negotiate" },
		Lesson: "NTLM and Negotiate need a helper on this computer.",
	},
}
