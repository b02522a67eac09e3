package plan

import (
	"fmt"
	"strings"

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
			fmt.Fprintf(&b, "* %s: %s\n", row[0], code(row[1]))
		}
	}
	for i, s := range p.Steps {
		fmt.Fprintf(&b, "\n## %d. %s\n\n**%s**", i+1, escape(s.Title.String()), words[s.Status])
		if s.Status.Left() {
			fmt.Fprintf(&b, " · %s", escape(string(s.Who)))
		}
		b.WriteString("\n")
		for _, t := range []text.Text{s.Reason, s.Change} {
			if !t.Empty() {
				fmt.Fprintf(&b, "\n%s\n", escape(t.String()))
			}
		}
		if len(s.Requests) > 0 {
			fence := fenceFor(s.Requests)
			b.WriteString("\n" + fence + "http\n")
			for _, r := range s.Requests {
				fmt.Fprintf(&b, "%s %s\n", r.Method, r.URL)
				if r.Body != nil {
					fmt.Fprintf(&b, "Content-Type: application/json\n\n%s\n", r.Body)
				}
				b.WriteString("\n")
			}
			trimBlank(&b)
			b.WriteString(fence + "\n")
		}
	}
	return b.String()
}

// words are the statuses as a reader of the card sees them.
var words = map[Status]string{
	Done: "Done", Todo: "To do", Optional: "Not needed", Blocked: "Blocked", Applied: "Applied", Failed: "Failed", Undone: "Taken back", Manual: "Your decision",
}

// trimBlank takes one of two line ends off the end.
func trimBlank(b *strings.Builder) {
	trimmed := strings.TrimSuffix(b.String(), "\n\n") + "\n"
	b.Reset()
	b.WriteString(trimmed)
}

// escape keeps a text from being read as Markdown.
func escape(s string) string {
	return strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "\\<", ">", "\\>", "#", "\\#", "|", "\\|").Replace(s)
}

// code returns a value as inline code.
func code(s string) string { return "`" + strings.ReplaceAll(s, "`", "'") + "`" }

// fenceFor returns a code fence that no request ends early.
func fenceFor(requests []Request) string {
	fence := "```"
	for _, r := range requests {
		for strings.Contains(r.URL+string(r.Body), fence) {
			fence += "`"
		}
	}
	return fence
}
