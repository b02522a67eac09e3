package catalog

// Service is the sender of a response: the same status means different things from
// Entra ("your credential is wrong") and from Dataverse ("I do not accept this
// token").
type Service string

// The services that the product talks to.
const (
	Entra     Service = "entra"
	Dataverse Service = "dataverse"
	Graph     Service = "graph"
	// BAP is the Power Platform admin API.
	BAP Service = "bap"
)

// Signs are the marks that an answer shows; all that a diagnosis may look at.
// The zero value shows nothing.
type Signs struct {
	Service Service
	// Status is the HTTP status, 0 when there was no answer.
	Status int
	// Origin is who sent the response, as far as it shows; "" where it shows
	// nothing, and in pasted text.
	Origin Origin
	// AADSTS are Entra's codes, the most specific first.
	AADSTS []int
	// Dataverse is the code as 0x%08X, from JSON or from a SOAP fault's signed
	// decimal; "" if the answer had no code.
	Dataverse string
	// OAuth and Suberror are RFC 6749's "error" and Entra's addition to it.
	OAuth, Suberror string
	// Graph is Graph's error.code.
	Graph string
	// Network is a kind of transport failure, see [Marks.Network].
	Network string
	// System is the number of an error of the operating system or of curl, as
	// [Marks.System] lists it.
	System string
	// Text is the cleaned message, looked at only when nothing above decides.
	Text string
}

// Verdict is a cause and the mark that decided for it.
type Verdict struct {
	// Cause is "unknown" where no mark is known, "" where there was nothing to
	// judge.
	Cause Cause
	// By is "AADSTS7000215", "0x80072560", "error=invalid_client", "HTTP 429",
	// "network: dns", "10061" or "wording"; "" for unknown.
	By string
	// Alternatives are the other causes that the same mark allows, best first;
	// nil where Cause is the only one.
	Alternatives []Cause
}
