package manual

import "strings"

// Page returns the manual page in the macros of man(7). date and version may be "".
func (p Program) Page(date, version string) string {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	footer := strings.TrimSpace(p.Title + " " + version)
	line(".TH ", strings.ToUpper(p.Name), " 1 ", quoted(date), " ", quoted(footer), " ", quoted("User Commands"))
	line(".SH NAME")
	line(escape(p.Name), ` \- `, escape(p.Summary))
	line(".SH SYNOPSIS")
	for i, c := range p.visible() {
		if i > 0 {
			line(".br")
		}
		line(synopsisLine(p, c))
	}
	line(".SH DESCRIPTION")
	for i, paragraph := range p.Description {
		if i > 0 {
			line(".PP")
		}
		line(prose(paragraph))
	}
	if len(p.Commands) > 1 {
		line(".SH COMMANDS")
	} else {
		line(".SH OPTIONS")
	}
	for _, c := range p.visible() {
		if len(p.Commands) > 1 {
			line(".SS ", quoted(strings.TrimSpace(p.Name+" "+c.Name)))
			line(prose(sentence(c.Summary)))
		}
		for _, f := range c.Flags {
			name, value, usage := describe(f)
			line(".TP")
			term := `\fB` + escape(name) + `\fR`
			if value != "" {
				term += ` \fI` + escape(value) + `\fR`
			}
			line(term)
			line(prose(sentence(usage)))
		}
	}
	for _, s := range p.Sections {
		line(".SH ", quoted(strings.ToUpper(s.Title)))
		if s.Text != "" {
			line(prose(s.Text))
		}
		for _, item := range s.Items {
			line(".TP")
			line(`\fB` + escape(item.Term) + `\fR`)
			line(prose(sentence(item.Text)))
		}
	}
	return b.String()
}

func synopsisLine(p Program, c Command) string {
	line := `\fB` + escape(strings.TrimSpace(p.Name+" "+c.Name)) + `\fR`
	if len(c.Flags) > 0 {
		line += ` [\fIflags\fR]`
	}
	if c.Words != "" {
		line += ` \fI` + escape(c.Words) + `\fR`
	}
	return line
}

// sentence gives a phrase a capital and a full stop. A name, such as GITHUB or s2scheck,
// keeps its first letter.
func sentence(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if first == strings.ToLower(first) && !strings.ContainsAny(first, "0123456789-:/.") {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	if strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// characters are what roff would take for its own, or show as something else: a bare
// hyphen may become a typographic one, which cannot be typed.
var characters = strings.NewReplacer(
	`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`, "…", `\&...`, "›", ">", "“", `\(lq`, "”", `\(rq`,
)

// escape returns a text as roff shows it.
func escape(s string) string { return characters.Replace(s) }

// prose returns a text in lines. One that begins with a full stop would be a request.
func prose(s string) string {
	return strings.TrimPrefix(strings.ReplaceAll("\n"+wrap(escape(s), 0, 78), "\n.", "\n\\&."), "\n")
}

// quoted returns a text as one argument of a macro.
func quoted(s string) string { return `"` + strings.ReplaceAll(escape(s), `"`, `\(dq`) + `"` }
