// Package quote writes a text as a literal of another language.
//
// It promises that the language reads back exactly the text, and that nothing in the
// text is code there, with any content.
package quote

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Shell quotes for a POSIX shell: nothing is special within single quotes but the quote
// itself.
func Shell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// PowerShell quotes for PowerShell, which takes typographic quotes for the ASCII one.
//
// Source: learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules.
func PowerShell(s string) string {
	return "'" + strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛").Replace(s) + "'"
}

// HCL quotes for Terraform.
//
// Source: developer.hashicorp.com/terraform/language/expressions/strings.
func HCL(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "${", "$${", "%{", "%%{").Replace(s) + `"`
}

// Go quotes for Go.
func Go(s string) string { return strconv.Quote(s) }

// JSON quotes for JSON, and for JavaScript, Python and YAML, which read its strings.
// Line separators are escaped; an invalid byte becomes U+FFFD.
func JSON(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	raw, _ := json.Marshal(s)                                  // a string is always written
	return strings.ReplaceAll(string(raw), "\u0085", `\u0085`) // YAML's line break
}

// CSharp quotes for C#. Its escapes of one to four digits (\x) are not used: they take
// the letters that follow.
//
// Source: learn.microsoft.com/dotnet/csharp/programming-guide/strings.
func CSharp(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= ' ' && r <= '~':
			b.WriteRune(r)
		case r <= 0xffff:
			b.WriteString(`\u` + hex(r, 4))
		default:
			b.WriteString(`\U` + hex(r, 8))
		}
	}
	return b.String() + `"`
}

func hex(r rune, digits int) string {
	s := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", digits-len(s)) + s
}

// Comment returns s as comment lines that begin with mark, such as "#".
func Comment(mark, s string) string {
	var b strings.Builder
	for _, line := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\n\r\u0085\u2028\u2029", r) }) {
		b.WriteString(mark + " " + line + "\n")
	}
	return b.String()
}

var markdown = strings.NewReplacer(
	"\r", " ", "\n", " ", `\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "&", `\&`)

// Markdown escapes a text for one line of Markdown.
func Markdown(s string) string { return markdown.Replace(s) }

// MarkdownCode returns a text as inline code of Markdown, on one line.
func MarkdownCode(s string) string {
	return "`" + strings.NewReplacer("`", "'", "\r", " ", "\n", " ").Replace(s) + "`"
}
