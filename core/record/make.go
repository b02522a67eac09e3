package record

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// Make returns the record of an examination as files.
func Make(r exam.Report) Files {
	m := maker{report: r, clouds: r.Basis.Clouds}
	if m.clouds == nil {
		m.clouds = cloud.Table
	}
	m.p = newPseudonyms(m.clouds, m.source())
	m.seed()
	// A pass meets names; the next replaces each of them everywhere.
	const enough = 4
	for pass := 0; m.p.begin() && pass < enough; pass++ {
		m.files()
	}
	return m.files()
}

func (m maker) files() Files {
	files := Files{}
	files[ExaminationName] = []byte(encode(m.examination(), "  ") + "\n")
	lines := m.lines()
	for _, l := range lines {
		if l.File != "" {
			files[l.File] = []byte(m.p.sweep(string(m.message(l))))
		}
	}
	files[IndexName] = encodeIndex(lines)
	return files
}

type maker struct {
	report exam.Report
	clouds []cloud.Cloud
	p      *pseudonyms
}

// source is everything that a pseudonym must not occur in.
func (m maker) source() string {
	var b strings.Builder
	for _, x := range m.report.Exchanges {
		fmt.Fprintln(&b, x.URL, x.Header, x.Dropped, x.Body, x.Err)
	}
	fmt.Fprintln(&b, m.report.Connection, m.report.WhoAmI, m.report.Basis.Environment, m.report.Basis.Tenant, m.report.Basis.Claims)
	if a := m.report.Basis.Assertion; a != nil {
		fmt.Fprintln(&b, *a)
	}
	return b.String()
}

// seed names what the examination was about first: org1, tenant1.
func (m maker) seed() {
	b := m.report.Basis
	for _, id := range []string{m.report.Connection.TenantID, b.ClientID, b.Claims.ObjectID} {
		m.p.scrub(id)
	}
	m.p.scrub(b.Environment)
	m.p.scrub(b.Tenant)
	if w := m.report.WhoAmI; w != nil {
		m.p.scrub(w.OrganizationID)
		m.p.name("organization", w.OrganizationName)
		m.p.name("user", w.UserName)
	}
}

func (m maker) lines() []Line {
	var lines []Line
	for _, x := range m.report.Exchanges {
		lines = append(lines, m.line(x))
	}
	return lines
}

// origin returns where the messages come from, and how far they may be trusted.
func (m maker) origin() (source, reality string) {
	for _, c := range m.clouds {
		if slices.ContainsFunc(c.Suffixes, func(s string) bool { return strings.HasSuffix(s, ".localhost") }) {
			return "the sandbox of S2S Doctor", "reconstructed"
		}
	}
	return "recorded by S2S Doctor", "recorded"
}

func (m maker) examination() Examination {
	r, b := m.report, m.report.Basis
	source, reality := m.origin()
	e := Examination{
		Source: source, Real: reality, Note: "secrets and tokens removed; tenants, hosts, names and IDs replaced", ExpectedCause: causes(r.RootCause),
		Started: r.Started.UTC().Truncate(time.Millisecond), Complete: r.Complete, Warnings: append([]catalog.Cause{}, r.Warnings...),
		Environment: m.p.scrub(b.Environment), Tenant: m.tenant(b.Tenant), ClientID: m.p.scrub(b.ClientID),
		Cloud: r.Connection.Cloud, Credential: Credential{Kind: r.Connection.Credential},
	}
	if !b.CertificateUntil.IsZero() {
		from, until := b.CertificateFrom.UTC(), b.CertificateUntil.UTC()
		e.Credential.From, e.Credential.Until = &from, &until
	}
	e.Credential.Issuer, e.Credential.Source = string(b.Issuer), string(b.IdentitySource)
	if b.Assertion != nil {
		e.Credential.Assertion = m.claims(*b.Assertion)
		e.Credential.Assertion["sub"] = m.p.name("subject", b.Assertion.Subject)
	}
	for _, problem := range b.Problems {
		e.Problems = append(e.Problems, Problem{string(problem.Field), problem.Cause})
	}
	if b.Readable {
		e.Claims = m.claims(b.Claims)
	}
	return e
}

// tenant is a GUID or a domain.
func (m maker) tenant(text string) string {
	if text == "" || guid.FindString(text) == text {
		return m.p.scrub(text)
	}
	return m.p.host(text)
}

// claims are the token's, as a token of the replay has them.
func (m maker) claims(c entra.Claims) map[string]any {
	out := map[string]any{}
	for name, value := range map[string]string{
		"aud": c.Audience, "iss": c.Issuer, "tid": c.TenantID, "appid": c.AppID, "oid": c.ObjectID,
	} {
		if value != "" {
			out[name] = m.p.plain("text", value)
		}
	}
	for name, value := range map[string]string{"appidacr": c.Credential, "scp": c.Scopes} {
		if value != "" {
			out[name] = m.p.plain("text", value)
		}
	}
	if c.User != "" {
		out["upn"] = m.p.plain("user", c.User)
	}
	for name, at := range map[string]time.Time{"iat": c.IssuedAt, "nbf": c.NotBefore, "exp": c.Expires} {
		if !at.IsZero() {
			out[name] = at.Unix()
		}
	}
	if len(c.Roles) > 0 {
		roles := make([]string, len(c.Roles))
		for i, role := range c.Roles {
			roles[i] = m.p.name("role", role)
		}
		out["roles"] = roles
	}
	return out
}

func causes(cause catalog.Cause) Causes {
	if cause == "" {
		return nil
	}
	return Causes{cause}
}

func (m maker) line(x transport.Exchange) Line {
	source, reality := m.origin()
	service := m.service(x.URL)
	l := Line{
		Kind: KindNetwork, Service: service, Source: source, Real: reality, HeadersComplete: x.Status != 0,
		ExpectedCause: causes(m.cause(x)),
		Request: &Request{
			Number: x.Number, Check: x.Check, Method: x.Method, URL: m.p.scrub(x.URL), Authorized: x.Authorized,
			StartMS: m.since(x.Start), DurationMS: x.Duration.Milliseconds(),
		},
	}
	if x.Status == 0 {
		l.Failure = &Failure{Kind: "unknown"}
		if x.Err != nil {
			l.Failure = &Failure{Kind: string(x.Err.Kind), NoSuchHost: x.Err.NoSuchHost(), Detail: template(x.Err.Detail)}
		}
		return l
	}
	l.Kind = kind(service, x)
	l.Note = "values of headers that are not on the allow-list, and what names a tenant, are replaced"
	l.File = fmt.Sprintf("%02d-%s-%d.http", x.Number, name(x), x.Status)
	return l
}

// since is the time from the start of the examination, in milliseconds.
func (m maker) since(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.Sub(m.report.Started).Milliseconds()
}

func name(x transport.Exchange) string {
	if x.Check == "" {
		return "request"
	}
	return x.Check
}

// template is our own words in a text, without the values in it: they may be a
// certificate's subject.
func template(t text.Text) string {
	var all []string
	t.In(func(english string) string {
		all = append(all, english)
		return english
	})
	return strings.NewReplacer("%s", "…", "%d", "…").Replace(strings.Join(all, "; "))
}

// service is who was asked.
func (m maker) service(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "other"
	}
	host := strings.ToLower(u.Hostname())
	if _, _, ok := m.p.environment(host); ok {
		return "dataverse"
	}
	for _, c := range m.clouds {
		switch {
		case c.Issues(host):
			return "entra"
		case host == c.Graph:
			return "graph"
		}
	}
	return "other"
}

// kind names what a message is, in the words of the corpus.
func kind(service string, x transport.Exchange) string {
	good := x.Status/100 == 2
	path := strings.ToLower(x.URL)
	switch {
	case service == "entra" && strings.Contains(path, "openid-configuration"):
		return either(good, "entra-openid", "entra-openid-error")
	case service == "entra":
		return either(good, "entra-token", "entra-token-error")
	case service == "dataverse" && !x.Authorized && x.Status == http.StatusUnauthorized:
		return "dataverse-challenge"
	case service == "dataverse" && strings.Contains(path, "organization.svc"):
		return either(good, "soap-whoami", "soap-fault")
	case service == "dataverse" && good && strings.Contains(path, "systemusers"):
		return "systemuser-row"
	case service == "dataverse" && good && strings.HasSuffix(path, "whoami"):
		return "dataverse-whoami"
	}
	return fmt.Sprintf("%s-%d", service, x.Status)
}

func either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// cause is what the examination took the message for: the cause of the check
// that asked, if it rests on this message.
func (m maker) cause(x transport.Exchange) catalog.Cause {
	for _, c := range m.report.Checks {
		rests := c.Evidence.HTTPStatus == x.Status && x.Status/100 != 2 || x.Status == 0 && x.Err != nil
		if string(c.ID) == x.Check && c.Status == exam.Fail && rests {
			return c.Cause
		}
	}
	return ""
}

// message is the file of a line.
func (m maker) message(l Line) []byte {
	i := slices.IndexFunc(m.report.Exchanges, func(x transport.Exchange) bool { return x.Number == l.Request.Number })
	x := m.report.Exchanges[i]
	made := Message{Proto: proto(x.Proto), Status: x.Status, Header: m.p.header(x.Header, x.Dropped)}
	made.Body = []byte(m.p.body(strings.ToLower(x.Header.Get("Content-Type")), x.Body))
	return made.encode()
}

func proto(p string) string {
	if p == "" {
		return "HTTP/1.1"
	}
	return p
}
