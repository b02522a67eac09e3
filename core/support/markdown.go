package support

import (
	"fmt"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/quote"
)

// Markdown returns the report for a ticket.
func (r Report) Markdown() string {
	var b strings.Builder
	b.WriteString("# Support report\n\n")
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "| %s | %s |\n", name, quote.MarkdownCode(value))
		}
	}
	b.WriteString("| | |\n| --- | --- |\n")
	result := string(r.RootCause)
	switch {
	case r.Healthy:
		result = "healthy"
	case !r.Complete && result == "":
		result = "not examined to the end"
	}
	row("Result", result)
	for _, w := range r.Warnings {
		row("Warning", string(w))
	}
	row("Environment URL", r.Connection.Environment)
	row("Cloud", r.Connection.Cloud)
	row("Directory (tenant) ID", r.Connection.TenantID)
	row("Application (client) ID", r.Connection.ClientID)
	row("Credential", r.Connection.Credential)
	if who := r.Identity; who != nil {
		row("UserId", who.UserID)
		row("BusinessUnitId", who.BusinessUnitID)
		row("OrganizationId", who.OrganizationID)
	}
	row("Examined", r.Started.Format(time.RFC3339))
	row("Took", fmt.Sprintf("%d ms", r.DurationMS))
	row("Program", strings.TrimSpace(r.Program.Name+" "+r.Program.Version)+", "+r.Program.OS+"/"+r.Program.Arch)
	row("Proxy", r.Program.Proxy)
	b.WriteString("\n## Checks\n\n| Check | Status | Cause | Code | Request ID | Correlation ID | Trace ID | Time |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, c := range r.Checks {
		table(&b, string(c.ID), string(c.Status), string(c.Cause), strings.TrimSpace(c.Code+" "+c.Error), c.IDs.Request, c.IDs.Correlation, c.IDs.Trace, c.Timestamp)
	}
	b.WriteString("\n## Requests\n\n| # | Check | Request | Status | ms | Connecting, ms | Started | Request ID |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, q := range r.Requests {
		status := q.Failure
		if q.Status != 0 {
			status = strings.TrimSpace(fmt.Sprint(q.Status, " ", q.Protocol))
		}
		table(&b, fmt.Sprint(q.Number), q.Check, q.Method+" "+q.Host+q.Path, status, fmt.Sprint(q.DurationMS), fmt.Sprint(q.ConnectMS),
			q.Started.Format("15:04:05.000Z07:00"), q.IDs.Request)
	}
	return b.String()
}

func table(b *strings.Builder, cells ...string) {
	for _, c := range cells {
		if c != "" {
			c = quote.MarkdownCode(c)
		}
		fmt.Fprintf(b, "| %s ", c)
	}
	b.WriteString("|\n")
}
