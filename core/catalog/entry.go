package catalog

import "github.com/s2sdoctor/s2sdoctor/core/text"

// Entry is one cause: what it is called, what it means, and what to do.
//
// The texts may hold {clientId}, {tenantId}, {environment} and {cloud}-dependent
// hosts ({portal}, {admin}, {login}); [Entry.Fill] puts the values in.
type Entry struct {
	// Cause is the contract's name: "secret.wrong". Never reused for something else.
	Cause Cause `json:"cause"`
	// Title is what is wrong, as a short statement.
	Title text.Text `json:"title"`
	// Meaning is why that breaks the connection.
	Meaning text.Text `json:"meaning"`
	// Fix is the next actions, in order, written for the Owner.
	Fix []text.Text `json:"fix"`
	// Owner is who can do them.
	Owner Owner  `json:"owner"`
	Links []Link `json:"links,omitempty"`
	// Recognise is what an answer shows when this is the cause. Nothing is
	// listed twice in the whole catalogue.
	Recognise Marks `json:"recognise,omitzero"`
	// NoScenario is the reason why the sandbox cannot show this cause; empty when it can.
	NoScenario string `json:"noScenario,omitempty"`
	// Source is where the facts come from; Verified the day they were read there.
	Source   string `json:"source"`
	Verified string `json:"verified"`
}

// Link is a page to open, with its title.
type Link struct {
	Title text.Text `json:"title"`
	URL   string    `json:"url"`
}

// Marks are what a cause is recognised by. Codes decide first, then the OAuth
// error, then the HTTP status, then the network error; Wording is the last
// resort, for the few responses without a code.
type Marks struct {
	// AADSTS are Entra's numbers, without the prefix.
	AADSTS []int `json:"aadsts,omitempty"`
	// Dataverse are codes as "0x80072560".
	Dataverse []string `json:"dataverse,omitempty"`
	// OAuth are values of "error" or "error/suberror" (RFC 6749 section 5.2).
	OAuth []string `json:"oauth,omitempty"`
	// Graph are values of Graph's error.code.
	Graph []string `json:"graph,omitempty"`
	// HTTP are "service/status", such as "dataverse/429" or "entra/503".
	HTTP []string `json:"http,omitempty"`
	// Network are kinds of transport failure: "dns", "refused", "timeout",
	// "tls", "proxy-auth", "intercepted".
	Network []string `json:"network,omitempty"`
	// System are numbers of operating systems and of curl: "10061" of Windows'
	// sockets, "errno 111", "curl 60", HRESULTs as "0x80072EE7".
	System []string `json:"system,omitempty"`
	// Wording are English phrases (lower-case) of answers that carry no code. A
	// star in a phrase matches names and IDs.
	Wording []string `json:"wording,omitempty"`
	// Refined are codes that the service uses for several causes; they come
	// before the plain codes.
	Refined []Refined `json:"refined,omitempty"`
	// Alternatives are the other causes that a mark above allows, best first. The
	// key is the mark with its kind: "aadsts:501051", "http:dataverse/403",
	// "wording:identity not found".
	Alternatives map[string][]Cause `json:"alternatives,omitempty"`
}

// Refined is a code together with the words that distinguish its causes: Entra
// sends AADSTS700027 both for an unknown and for an expired certificate.
type Refined struct {
	// Code is "AADSTS700027", "0x80040220" or a value of Graph's error.code.
	Code string `json:"code"`
	// Wording are lower-case phrases; one of them is enough. A star in a phrase
	// matches names and IDs.
	Wording []string `json:"wording,omitempty"`
	// When compares the times that the message names.
	When When `json:"when,omitempty"`
	// Alternatives are the other causes that code and words allow, best first.
	Alternatives []Cause `json:"alternatives,omitempty"`
}

// Evidence is what was seen. It holds no secret: the code that fills it takes the
// values from an answer that the transport has already scrubbed.
type Evidence struct {
	HTTPStatus int `json:"httpStatus,omitempty"`
	// Code is the deciding code as its service writes it: "AADSTS7000215", "0x80072560".
	Code string `json:"code,omitempty"`
	// Error is the OAuth error with its suberror: "invalid_grant/consent_required".
	Error         string `json:"error,omitempty"`
	RequestID     string `json:"requestId,omitempty"`
	CorrelationID string `json:"correlationId,omitempty"`
	TraceID       string `json:"traceId,omitempty"`
	Timestamp     string `json:"timestamp,omitempty"`
	// RecognisedBy is the mark that decided: "AADSTS7000215", "HTTP 429", "wording".
	RecognisedBy string `json:"recognisedBy,omitempty"`
	// Message is the service's own words, cleaned: plain text, at most 2 KiB.
	Message text.Text `json:"message,omitzero"`
	// Facts are further things seen, in the order in which they are shown.
	Facts []Fact `json:"facts,omitempty"`
}

// Fact is one thing seen, for people: {"environment belongs to tenant", "1111…"}.
type Fact struct {
	Name  FactName  `json:"name"`
	Value text.Text `json:"value"`
}

// FactName is the name of a fact: an identifier that is shown, in English or as
// [FactName.Text] in another language.
type FactName string

// Text returns the name as a text.
func (n FactName) Text() text.Text { return text.New(string(n)) }

// The names of the facts that the program itself looks for.
const (
	FactApplication       FactName = "application"
	FactTenant            FactName = "tenant"
	FactEnvironmentTenant FactName = "environment belongs to tenant"
	// The fields of the application user.
	FactApplicationID    FactName = "Application ID"
	FactApplicationIDURI FactName = "Application ID URI"
	FactObjectID         FactName = "Azure AD Object ID"
	// When a credential ends, in RFC 3339, as an administrator has seen it.
	FactCredentialEnds FactName = "credential ends" // #nosec G101 -- a name, no secret
	// The claims of a federated token that Entra compares, and how one of them differs from
	// a federated credential.
	FactIssuer     FactName = "issuer"
	FactSubject    FactName = "subject"
	FactAudience   FactName = "audience"
	FactPresented  FactName = "presented"
	FactExpected   FactName = "expected"
	FactDifference FactName = "difference"
)

// Named marks the literal of a fact's name that is in a table.
func Named(english FactName) FactName { return english }

// NewFact returns a fact with a value that is shown as it came.
func NewFact(name FactName, value string) Fact { return Fact{name, text.Raw(value)} }

// NewTextFact returns a fact with a value that can be translated.
func NewTextFact(name FactName, value text.Text) Fact { return Fact{name, value} }
