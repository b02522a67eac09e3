package card

import (
	"fmt"
	"html"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/quote"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Say renders a text in a language; nil is English.
type Say func(english string) string

// headings are the words around the values.
type headings struct{ who, found, do, open, done, support, check, healthy string }

func words(say Say) headings {
	in := func(t text.Text) string { return t.In(say) }
	return headings{
		who: in(text.F("Who")), found: in(text.F("What was found")), do: in(text.F("What to do")), open: in(text.F("Open")),
		done: in(text.F("How to tell that it is done")), support: in(text.F("For Microsoft's support")),
		check:   in(text.F("When all is done, this command shows it")),
		healthy: in(text.F("Nothing is missing: the connection is healthy.")),
	}
}

// Text returns the card as plain text, for a mail.
func (c Card) Text(say Say) string {
	var b strings.Builder
	h := words(say)
	fmt.Fprintf(&b, "%s\n\n", c.Title.In(say))
	for _, id := range c.IDs {
		fmt.Fprintf(&b, "%s: %s\n", id.Name.In(say), id.Value)
	}
	if len(c.Tasks) == 0 {
		fmt.Fprintf(&b, "\n%s\n", h.healthy)
	}
	for i, t := range c.Tasks {
		fmt.Fprintf(&b, "\n%d. %s\n", i+1, t.What.In(say))
		fmt.Fprintf(&b, "   %s: %s\n", h.who, t.Who.Text().In(say))
		if !t.Found.Empty() {
			fmt.Fprintf(&b, "   %s: %s\n", h.found, oneLine(t.Found.In(say)))
		}
		fmt.Fprintf(&b, "   %s:\n", h.do)
		for _, step := range t.Do {
			fmt.Fprintf(&b, "   - %s\n", oneLine(step.In(say)))
		}
		for _, l := range t.Links {
			fmt.Fprintf(&b, "   %s: %s\n   %s\n", h.open, l.Title.In(say), l.URL)
		}
		if !t.Done.Empty() {
			fmt.Fprintf(&b, "   %s: %s\n", h.done, t.Done.In(say))
		}
		if len(t.Evidence) > 0 {
			fmt.Fprintf(&b, "   %s: %s\n", h.support, t.evidence(say, func(s string) string { return s }))
		}
	}
	fmt.Fprintf(&b, "\n%s:\n%s\n", h.check, c.Check)
	return b.String()
}

func (t Task) evidence(say Say, value func(string) string) string {
	var parts []string
	for _, id := range t.Evidence {
		parts = append(parts, id.Name.In(say)+" "+value(id.Value))
	}
	return strings.Join(parts, ", ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Markdown returns the card for an issue or a chat.
func (c Card) Markdown(say Say) string {
	var b strings.Builder
	h := words(say)
	fmt.Fprintf(&b, "# %s\n\n", quote.Markdown(c.Title.In(say)))
	for _, id := range c.IDs {
		fmt.Fprintf(&b, "* %s: %s\n", quote.Markdown(id.Name.In(say)), quote.MarkdownCode(id.Value))
	}
	if len(c.Tasks) == 0 {
		fmt.Fprintf(&b, "\n%s\n", h.healthy)
	}
	for i, t := range c.Tasks {
		fmt.Fprintf(&b, "\n## %d. %s\n\n", i+1, quote.Markdown(t.What.In(say)))
		fmt.Fprintf(&b, "**%s**: %s\n", h.who, quote.Markdown(t.Who.Text().In(say)))
		if !t.Found.Empty() {
			fmt.Fprintf(&b, "\n**%s**: %s\n", h.found, quote.Markdown(t.Found.In(say)))
		}
		fmt.Fprintf(&b, "\n**%s**:\n\n", h.do)
		for n, step := range t.Do {
			fmt.Fprintf(&b, "%d. %s\n", n+1, quote.Markdown(step.In(say)))
		}
		for n, l := range t.Links {
			if n == 0 {
				fmt.Fprintf(&b, "\n**%s**:\n\n", h.open)
			}
			fmt.Fprintf(&b, "* [%s](<%s>)\n", quote.Markdown(l.Title.In(say)), strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "", "\r", "").Replace(l.URL))
		}
		if !t.Done.Empty() {
			fmt.Fprintf(&b, "\n**%s**: %s\n", h.done, quote.Markdown(t.Done.In(say)))
		}
		if len(t.Evidence) > 0 {
			fmt.Fprintf(&b, "\n**%s**: %s\n", h.support, t.evidence(func(s string) string {
				if say != nil {
					s = say(s)
				}
				return s
			}, quote.MarkdownCode))
		}
	}
	fmt.Fprintf(&b, "\n%s: %s\n", h.check, quote.MarkdownCode(c.Check))
	return b.String()
}

// head is the page's head: no script, nothing that is loaded.
const head = `<!DOCTYPE html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>%s</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
dt { font-weight: 600; margin-top: .75rem; }
code { overflow-wrap: anywhere; }
</style>
</head>
<body>
`

// HTML returns the card as a complete page. language is its code, such as "de".
func (c Card) HTML(say Say, language string) string {
	var b strings.Builder
	h := words(say)
	in := func(t text.Text) string { return html.EscapeString(t.In(say)) }
	fmt.Fprintf(&b, head, html.EscapeString(language), in(c.Title))
	fmt.Fprintf(&b, "<h1>%s</h1>\n<dl>\n", in(c.Title))
	for _, id := range c.IDs {
		fmt.Fprintf(&b, "<dt>%s</dt><dd><code>%s</code></dd>\n", in(id.Name), html.EscapeString(id.Value))
	}
	b.WriteString("</dl>\n")
	if len(c.Tasks) == 0 {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(h.healthy))
	}
	entry := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "<dt>%s</dt><dd>%s</dd>\n", html.EscapeString(name), value)
		}
	}
	for i, t := range c.Tasks {
		fmt.Fprintf(&b, "<h2>%d. %s</h2>\n<dl>\n", i+1, in(t.What))
		entry(h.who, in(t.Who.Text()))
		entry(h.found, in(t.Found))
		var steps, links strings.Builder
		for _, step := range t.Do {
			fmt.Fprintf(&steps, "<li>%s</li>", in(step))
		}
		entry(h.do, "<ol>"+steps.String()+"</ol>")
		for _, l := range t.Links {
			fmt.Fprintf(&links, "<li><a href=\"%s\" rel=\"noreferrer\">%s</a></li>", html.EscapeString(l.URL), in(l.Title))
		}
		if links.Len() > 0 {
			entry(h.open, "<ul>"+links.String()+"</ul>")
		}
		entry(h.done, in(t.Done))
		if len(t.Evidence) > 0 {
			entry(h.support, t.evidence(func(s string) string {
				if say != nil {
					s = say(s)
				}
				return html.EscapeString(s)
			}, func(s string) string { return "<code>" + html.EscapeString(s) + "</code>" }))
		}
		b.WriteString("</dl>\n")
	}
	fmt.Fprintf(&b, "<p>%s:</p>\n<p><code>%s</code></p>\n</body>\n</html>\n", html.EscapeString(h.check), html.EscapeString(c.Check))
	return b.String()
}
