package manual

import (
	"flag"
	"strings"
	"unicode/utf8"
)

// helpWidth is the number of columns of the help.
const helpWidth = 96

// Help returns the help of a command; "" is the program's own, which lists all
// commands.
func (p Program) Help(name string) string {
	c := p.find(name)
	var b strings.Builder
	if c.Name == "" {
		b.WriteString(p.Name + " " + p.Summary + ".\n\n")
		for _, c := range p.visible() {
			writeItem(&b, p.synopsis(c), c.Summary, 36)
		}
		if len(p.Commands) > 1 {
			b.WriteString("\nThe flags of a command are printed by " + p.Name + " COMMAND --help. Those of " + p.Name + " alone:\n")
		}
	} else {
		b.WriteString(wrap(p.synopsis(c)+": "+c.Summary+".", 0, helpWidth) + "\n")
	}
	if len(c.Flags) > 0 {
		b.WriteByte('\n')
	}
	for _, f := range c.Flags {
		writeFlag(&b, f)
	}
	if c.Name != "" {
		return b.String()
	}
	for _, s := range p.Sections {
		b.WriteString("\n" + s.Title + ":")
		if s.Text != "" {
			b.WriteString("\n" + wrap(s.Text, 2, helpWidth))
		}
		b.WriteByte('\n')
		for _, item := range s.Items {
			writeItem(&b, item.Term, item.Text, 28)
		}
	}
	return b.String()
}

func writeFlag(b *strings.Builder, f *flag.Flag) {
	name, value, usage := describe(f)
	if value != "" {
		name += " " + value
	}
	writeItem(b, name, usage, 28)
}

// writeItem writes a term, indented by two, and its text from a column on; below the
// term where that is too long.
func writeItem(b *strings.Builder, term, text string, column int) {
	line := "  " + term
	wrapped := wrap(text, column, helpWidth)
	if utf8.RuneCountInString(line)+2 <= column {
		line += strings.Repeat(" ", column-utf8.RuneCountInString(line))
		wrapped = strings.TrimLeft(wrapped, " ")
	} else {
		line += "\n"
	}
	b.WriteString(line + wrapped + "\n")
}

// wrap breaks a text into lines of at most width columns, each indented.
func wrap(text string, indent, width int) string {
	var lines []string
	line, length := "", 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case line == "":
			line, length = word, n
		case indent+length+1+n <= width:
			line, length = line+" "+word, length+1+n
		default:
			lines = append(lines, line)
			line, length = word, n
		}
	}
	lines = append(lines, line)
	margin := strings.Repeat(" ", indent)
	return margin + strings.Join(lines, "\n"+margin)
}
