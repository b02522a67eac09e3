package rotate

import (
	"fmt"
	"io"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
)

// WriteJSON writes how far the change is: docs/schema/rotation.json. link is the page of
// the portal where the certificate is uploaded.
func WriteJSON(w io.Writer, r Result, link string) {
	if r.Step != Upload {
		link = ""
	}
	jsondoc.Write(w, struct {
		Version       int           `json:"version"`
		Step          Step          `json:"step"`
		Certificate   string        `json:"certificate"`
		Upload        string        `json:"upload"`
		Link          string        `json:"link"`
		Thumbprint    string        `json:"thumbprint"`
		Ends          string        `json:"ends"`
		Switched      []string      `json:"switched"`
		OldThumbprint string        `json:"oldThumbprint"`
		Cause         catalog.Cause `json:"cause"`
	}{1, r.Step, r.File, r.CER, link, r.Thumbprint, r.Ends.UTC().Format(time.RFC3339), append([]string{}, r.Switched...), r.Old, r.Report.RootCause})
}

// WriteText writes how far the change is, and what to do next.
func WriteText(w io.Writer, r Result, link string) {
	if r.Step == Upload {
		fmt.Fprintf(w, `The new certificate %s is made, and Entra does not take it yet.
  1. Open %s
  2. Choose Certificates › Upload certificate, and upload %s
  3. Run this command again. Nothing is switched before it works.
`, r.Thumbprint, link, r.CER)
		if cause := r.Report.RootCause; cause != "" {
			fmt.Fprintf(w, "What Entra answered: %s\n", cause)
		}
		return
	}
	fmt.Fprintf(w, "Switched to the new certificate %s, which ends on %s:\n", r.Thumbprint, r.Ends.UTC().Format(time.DateOnly))
	for _, name := range r.Switched {
		fmt.Fprintf(w, "  %s\n", name)
	}
	fmt.Fprintf(w, "The key is in %s, its password in the operating system's store.\n", r.File)
	if r.Old != "" {
		fmt.Fprintf(w, "Once every other program has the new one, delete the certificate %s from the registration.\n", r.Old)
	}
}
