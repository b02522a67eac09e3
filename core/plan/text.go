package plan

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// marks are what a terminal shows for a status.
var marks = map[Status]string{
	Done: "ok", Todo: "todo", Optional: "-", Blocked: "BLOCKED", Applied: "applied", Failed: "FAILED", Undone: "undone", Manual: "decide",
}

// WriteText writes the plan for a reader: a line a step, and below it why, what it
// changes, and the requests.
func WriteText(w io.Writer, p Plan) {
	fmt.Fprintf(w, "%s\n\n", orWords(p.Connection.Environment, "(no environment)"))
	for i, s := range p.Steps {
		fmt.Fprintf(w, "  %-7s  %d. %s\n", marks[s.Status], i+1, s.Title)
		for _, line := range []string{s.Reason.String(), s.Change.String()} {
			if line != "" {
				fmt.Fprintf(w, "           %s\n", line)
			}
		}
		if s.Cause != "" {
			fmt.Fprintf(w, "           Cause  %s\n", s.Cause)
		}
		if s.Status.Left() {
			fmt.Fprintf(w, "           Who    %s\n", s.Who)
		}
		for _, r := range s.Requests {
			fmt.Fprintf(w, "           %s %s\n", r.Method, r.URL)
			if r.Body != nil {
				fmt.Fprintf(w, "             %s\n", r.Body)
			}
		}
	}
	switch {
	case p.Complete && slices.ContainsFunc(p.Steps, func(s Step) bool { return s.Status == Undone }):
		fmt.Fprint(w, "\nEverything that the journal made is taken back.\n")
		return
	case p.Complete:
		fmt.Fprint(w, "\nNothing is left to do.\n")
		return
	}
	var left, own, others []string
	for _, s := range p.Steps {
		switch {
		case s.Status == Todo && len(s.Requests) > 0:
			own = append(own, string(s.ID))
		case s.Status == Blocked && s.Cause == catalog.AdminNoRights && !slices.Contains(others, string(s.Who)):
			others = append(others, string(s.Who))
		}
		if s.Status.Left() {
			left = append(left, string(s.ID))
		}
	}
	fmt.Fprintf(w, "\nLeft to do: %s.\n", strings.Join(left, ", "))
	if len(own) > 0 && len(others) > 0 {
		fmt.Fprintf(w, "This sign-in can do --steps %s. The rest waits for: %s.\n", strings.Join(own, ","), strings.Join(others, ", "))
	}
}
