package core_test

import (
	"regexp"
	"slices"
	"strings"
)

// scheme is a challenge of WWW-Authenticate, with its format.
type scheme struct {
	name       string
	parameters []field
	quote      string
	// comma and equals separate parameters; gap follows the scheme.
	comma, equals, gap string
}

func (c *scheme) reverse() { slices.Reverse(c.parameters) }

func (c *scheme) add(name, value string) { c.parameters = append(c.parameters, field{name, value}) }

func (c *scheme) each(change func(string) string) {
	for i := range c.parameters {
		c.parameters[i].name = change(c.parameters[i].name)
	}
}

func (c scheme) String() string {
	var parts []string
	for _, p := range c.parameters {
		quote := c.quote
		if strings.Contains(p.value, " ") {
			quote = `"` // not a token (RFC 9110 section 5.6.2)
		}
		parts = append(parts, p.name+c.equals+quote+p.value+quote)
	}
	return c.name + c.gap + strings.Join(parts, c.comma)
}

var bearerParameter = regexp.MustCompile(`(\w+)=("[^"]*"|[^",\s]+)`)

// challenge returns a perturbation of Dataverse's Bearer challenge. change returns the
// new values of the header.
func challenge(change func(value string) []string) func(*message) {
	return func(m *message) {
		for i, f := range m.header {
			if strings.EqualFold(f.name, "WWW-Authenticate") && strings.HasPrefix(f.value, "Bearer ") {
				m.header = slices.Delete(m.header, i, i+1)
				for _, value := range change(f.value) {
					m.header = append(m.header, field{f.name, value})
				}
				return
			}
		}
	}
}

// rebuilt returns a change that formats the challenge again, after change.
func rebuilt(change func(*scheme)) func(string) []string {
	return func(value string) []string {
		c := scheme{name: "Bearer", comma: ", ", equals: "=", gap: " "}
		for _, p := range bearerParameter.FindAllStringSubmatch(value, -1) {
			c.add(p[1], strings.Trim(p[2], `"`))
		}
		change(&c)
		return []string{c.String()}
	}
}

// beside returns a change that adds other challenges before and after, in the same field.
func beside(before, after string) func(string) []string {
	return func(value string) []string { return []string{before + value + after} }
}

// lines returns a change to several fields; "*" is the challenge itself.
func lines(all ...string) func(string) []string {
	return func(value string) []string {
		out := slices.Clone(all)
		out[slices.Index(out, "*")] = value
		return out
	}
}
