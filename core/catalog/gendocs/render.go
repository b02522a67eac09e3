package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

const intro = `# Troubleshooting

Find the code that you see in one of the tables, or the cause that S2S Doctor names, and follow it to its section.
Each section says what is wrong, who can mend it, and what to do, in order.
A code that is not here is shown as it came, with its IDs: quote them when you ask for help.
No code at all? Paste what you see into the window, or run ` + "`s2scheck explain`" + `: it reads whole answers, addresses and logs.
This page is generated from the catalogue that the programs use (` + "`go generate ./core/catalog`" + `).
`

// render writes the page: the tables of codes, then a section for each cause.
func render(entries []catalog.Entry) []byte {
	var b bytes.Buffer
	b.WriteString(intro)
	renderTable(&b, "Codes of Entra", []string{"Code", "Cause"}, entraRows(entries))
	renderTable(&b, "Codes of Dataverse", []string{"Code", "As a decimal", "Cause"}, dataverseRows(entries))
	renderTable(&b, "Other signs", []string{"Sign", "Cause"}, otherRows(entries))
	b.WriteString("\n## Causes\n")
	for _, e := range entries {
		renderSection(&b, e)
	}
	return b.Bytes()
}

func renderTable(b *bytes.Buffer, title string, head []string, rows [][]string) {
	fmt.Fprintf(b, "\n## %s\n\n| %s |\n|%s\n", title, strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	for _, row := range rows {
		fmt.Fprintf(b, "| %s |\n", strings.Join(row, " | "))
	}
}

func entraRows(entries []catalog.Entry) [][]string {
	type row struct {
		code int
		text []string
	}
	var rows []row
	for _, e := range entries {
		for _, code := range e.Recognise.AADSTS {
			also := e.Recognise.Alternatives[fmt.Sprintf("aadsts:%d", code)]
			rows = append(rows, row{code, []string{fmt.Sprintf("AADSTS%d", code), links(e, also)}})
		}
		for _, r := range e.Recognise.Refined {
			if digits, ok := strings.CutPrefix(r.Code, "AADSTS"); ok {
				code, _ := strconv.Atoi(digits)
				rows = append(rows, row{code, []string{r.Code + with(r), links(e, r.Alternatives)}})
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.code, b.code) })
	var out [][]string
	for _, r := range rows {
		out = append(out, r.text)
	}
	return out
}

func dataverseRows(entries []catalog.Entry) [][]string {
	var rows [][]string
	add := func(code, note string, e catalog.Entry) {
		n, err := strconv.ParseUint(strings.TrimPrefix(code, "0x"), 16, 32)
		if err == nil {
			rows = append(rows, []string{code + note, strconv.Itoa(int(int32(uint32(n)))), link(e)})
		}
	}
	for _, e := range entries {
		for _, code := range e.Recognise.Dataverse {
			add(code, "", e)
		}
		for _, r := range e.Recognise.Refined {
			if strings.HasPrefix(r.Code, "0x") {
				add(r.Code, with(r), e)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
	return rows
}

func otherRows(entries []catalog.Entry) [][]string {
	services := map[string]string{"entra": "Entra", "dataverse": "Dataverse", "graph": "Microsoft Graph"}
	var rows [][]string
	for _, e := range entries {
		add := func(also []catalog.Cause, format string, args ...any) {
			rows = append(rows, []string{fmt.Sprintf(format, args...), links(e, also)})
		}
		for _, v := range e.Recognise.OAuth {
			add(e.Recognise.Alternatives["oauth:"+v], "`error=%s`", v)
		}
		for _, v := range e.Recognise.Graph {
			add(e.Recognise.Alternatives["graph:"+v], "Microsoft Graph: `%s`", v)
		}
		for _, r := range e.Recognise.Refined {
			if !strings.HasPrefix(r.Code, "AADSTS") && !strings.HasPrefix(r.Code, "0x") {
				add(r.Alternatives, "Microsoft Graph: `%s`%s", r.Code, with(r))
			}
		}
		for _, v := range e.Recognise.HTTP {
			service, status, _ := strings.Cut(v, "/")
			add(e.Recognise.Alternatives["http:"+v], "HTTP %s from %s", status, services[service])
		}
	}
	return rows
}

// with returns what makes the difference: words, or the times that a message names.
func with(r catalog.Refined) string {
	var b strings.Builder
	switch r.When {
	case catalog.Late:
		b.WriteString(", after the assertion's end")
	case catalog.Early:
		b.WriteString(", before the assertion's start")
	}
	for i, words := range r.Wording {
		b.WriteString([]string{" with “", " or “"}[min(i, 1)] + strings.ReplaceAll(words, "*", "…") + "”")
	}
	return b.String()
}

func link(e catalog.Entry) string { return linkTo(e.Cause) }

func linkTo(cause catalog.Cause) string {
	return fmt.Sprintf("[%s](#%s)", cause, catalog.Entry{Cause: cause}.Anchor())
}

// links are a cause and the others that the same mark allows.
func links(e catalog.Entry, alternatives []catalog.Cause) string {
	all := []string{link(e)}
	for _, cause := range alternatives {
		all = append(all, linkTo(cause))
	}
	if len(all) > 1 && e.Cause == catalog.Unknown {
		return "one of " + strings.Join(all[1:], ", ")
	}
	return strings.Join(all, ", or ")
}

func renderSection(b *bytes.Buffer, e catalog.Entry) {
	e = e.Fill(nil)
	fmt.Fprintf(b, "\n<a id=\"%s\"></a>\n\n### %s\n\n`%s`\n\n%s\n\n**Who can mend it:** %s\n\n", e.Anchor(), e.Title, e.Cause, e.Meaning, e.Owner)
	for i, step := range e.Fix {
		fmt.Fprintf(b, "%d. %s\n", i+1, step)
	}
	if seen := seenAs(e.Recognise); seen != "" {
		fmt.Fprintf(b, "\n**Seen as:** %s\n", seen)
	}
	if len(e.Links) > 0 {
		b.WriteString("\n**Where:**\n\n")
		for _, l := range e.Links {
			fmt.Fprintf(b, "* [%s](%s)\n", l.Title, l.URL)
		}
	}
	fmt.Fprintf(b, "\n[Source](%s), read on %s.\n", e.Source, e.Verified)
}

// seenAs lists the codes of a cause; its other signs are in the table.
func seenAs(m catalog.Marks) string {
	var codes []string
	for _, code := range m.AADSTS {
		codes = append(codes, fmt.Sprintf("AADSTS%d", code))
	}
	codes = append(append(codes, m.Dataverse...), m.System...)
	return strings.Join(codes, ", ")
}
