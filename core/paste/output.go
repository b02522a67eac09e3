package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// outputs are the commands that print one value and nothing else, with the name of it. What
// a vault prints has the name of an entry, which is anything: it is not among them.
var outputs = []*lazyregexp.Pattern{
	lazyregexp.New(`(?i)^(?:echo|printenv|write-output|write-host)\s+["']?\$?\{?(?:env:)?([A-Za-z_][\w.-]*)\}?["']?$`),
	lazyregexp.New(`(?i)^echo\s+%(\w+)%$`),
	lazyregexp.New(`^(?:terraform|tofu)\s+output\s+(?:-\S+\s+)*([\w-]+)$`),
	lazyregexp.New(`^pulumi\s+(?:stack\s+output|config\s+get)\s+([\w:-]+)(?:\s+--show-secrets)?$`),
	lazyregexp.New(`^(?:azd\s+env\s+get-value|heroku\s+config:get|gh\s+variable\s+get)\s+(\w+)\b`),
	lazyregexp.New(`^az\s.*--query\s+["']?(?:[\w\[\]]+\.)*(\w+)["']?(?:\s|$)`),
}

// newSecret is a command of the Azure CLI that makes a secret, and calls it a password.
var newSecret = lazyregexp.New(`^az\s+ad\s+(?:app|sp)\s+(?:credential\s+reset|create-for-rbac)\b`)

// outputOf returns what the value is called that a command of a transcript prints in the
// lines below it, or "".
func outputOf(line string) string {
	line = strings.TrimSpace(prompt.ReplaceAllString(line, ""))
	for _, o := range outputs {
		m := o.FindStringSubmatch(line)
		switch {
		case m == nil:
		case m[1] == "password" && newSecret.MatchString(line):
			return "client secret"
		case isValued(m[1]):
			return m[1]
		}
	}
	return ""
}
