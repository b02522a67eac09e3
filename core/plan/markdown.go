package plan

import (
	"fmt"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/quote"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Markdown returns the plan as a card for the administrators who do the steps: what,
// who, the requests, and how to see that it is done. It holds no secret.
func Markdown(p Plan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Set up a server-to-server connection\n\n")
	for _, row := range [][2]string{
		{"Environment", p.Connection.Environment},
		{"Directory (tenant) ID", p.Connection.TenantID},
		{"Application (client) ID", p.Connection.ClientID},
	} {
		if row[1] != "" {
			fmt.Fprintf(&b, "* %s: %s\n", row[0], quote.MarkdownCode(row[1]))
		}
	}
	for i, s := range p.Steps {
		fmt.Fprintf(&b, "\n## %d. %s\n\n**%s**", i+1, quote.Markdown(s.Title.String()), words[s.Status])
		if s.Status.Left() {
			fmt.Fprintf(&b, " · %s", quote.Markdown(string(s.Who)))
		}
		b.WriteString("\n")
		for _, t := range []text.Text{s.Reason, s.Change} {
			if !t.Empty() {
				fmt.Fprintf(&b, "\n%s\n", quote.Markdown(t.String()))
			}
		}
		if len(s.Requests) > 0 {
			requests := HTTP(s.Requests)
			fence := fenceFor(requests)
			b.WriteString("\n" + fence + "http\n" + requests + fence + "\n")
		}
	}
	return b.String()
}

// words are the statuses as a reader of the card sees them.
var words = map[Status]string{
	Done: "Done", Todo: "To do", Optional: "Not needed", Blocked: "Blocked", Applied: "Applied", Failed: "Failed", Undone: "Taken back", Manual: "Your decision",
}

// fenceFor returns a code fence that no line of the code ends early.
func fenceFor(code string) string {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence
}
