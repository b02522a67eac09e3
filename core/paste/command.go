package paste

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// shortFlags are the abbreviations of programs, and flags whose words mean something
// else there than elsewhere.
//
// Sources: learn.microsoft.com/power-platform/developer/cli/reference/auth and
// learn.microsoft.com/cli/azure/reference-index; curl's manual page.
var shortFlags = map[string]map[string]field{
	"pac":  {"-id": client, "-cs": clientSecret, "-t": tenant, "-env": environment, "-u": environment, "-cdp": certificateFile, "-cp": certificatePassword, "-n": other, "--name": other},
	"az":   {"-u": client, "--username": client, "-p": clientSecret, "--password": clientSecret, "-t": tenant, "-n": nameOf, "-g": other, "--id": client, "--app-id": client},
	"azd":  {"-e": other},
	"gh":   {"-b": valueOf, "-R": other, "-e": other},
	"curl": {"-H": other, "--header": other, "-X": other, "-o": other},
}

// programs begin a command line.
var programs = words(`pac az azd gh docker podman kubectl oc helm terraform tofu dotnet setx set export env curl wget http npx npm node func vault heroku doppler aws s2scheck sudo pwsh powershell
	cmd bash sh declare cmdkey swa vercel netlify databricks m365 python python3 java go make declare typeset setenv crmconnect devkit firebase flyctl fly nomad pulumi`)

var (
	prompt       = lazyregexp.New(`^(?:PS [^>]*>|[A-Za-z]:\\[^>]*>|[\w.@~/:-]*[$#] |[$#>&] )\s*`)
	assigned     = lazyregexp.New(`^(?:\$[A-Za-z_]\w*\s*=\s*|return |await )`)
	scriptKey    = lazyregexp.New(`(?i)^(?:- )?(?:run|script|bash|pwsh|powershell|inline|cmd|command|arguments):\s*[|>]?[+-]?\s*`)
	cmdlet       = lazyregexp.New(`^[A-Z][a-z]+-[A-Z]\w+$`)
	flagWord     = lazyregexp.New(`^(?:--?|/)[A-Za-z][\w-]*$`)
	assignment   = lazyregexp.New(`^(?:--?)?[A-Za-z_$"'][\w$.:/()\[\]-]*=`)
	continuation = lazyregexp.New("(?:[ \t]*[\\\\^]|[ \t]+`)[ \t]*\n[ \t]*")
	// setters are the commands that set a variable.
	setters = words(`set setx export declare typeset setenv make`)
	// positional are words after which a name and its value follow.
	positional = words(`set set-item setx add put export config:set env -gx -x -ux -u create update`)
)

// command reads a line of a script; false for another line, or one without a known name.
func (r *reader) command(line string, n, paragraph int) bool {
	line = strings.TrimSpace(scriptKey.ReplaceAllString(line, ""))
	line = assigned.ReplaceAllString(prompt.ReplaceAllString(line, ""), "")
	list := withoutLooseSigns(shellWords(line))
	if len(list) < 2 {
		return false
	}
	name := programOf(list[0].text)
	if !programs[name] && !cmdlet.MatchString(list[0].text) && !hasKnownFlag(list) {
		return false
	}
	for name == "sudo" || name == "npx" || name == "env" {
		if list = list[1:]; len(list) < 2 {
			return false
		}
		name = programOf(list[0].text)
	}
	before := len(r.pairs)
	a := arguments{words: list[1:], short: shortFlags[name], program: name, reader: r}
	if assignment.MatchString(list[0].text) {
		a.words = list
	}
	for _, p := range a.read() {
		p.line, p.paragraph, p.source, p.command = n, paragraph, fromCommand, true
		if setters[name] {
			p.source = fromSettings
		}
		p.scope = append([]string{}, r.scope()...)
		if name == "pac" || cmdlet.MatchString(list[0].text) || name == "az" {
			// Everything on one line is of one application.
			p.record = n + 1
		}
		r.add(p)
	}
	return len(r.pairs) > before
}

// withoutLooseSigns joins a name, a sign that stands by itself and a value, as people write
// an assignment that is no longer one for the shell: export NAME = value.
func withoutLooseSigns(list []shellWord) []shellWord {
	var kept []shellWord
	joined := true // the last word cannot be a name: there is none, or it has its value
	for i := 0; i < len(list); i++ {
		w := list[i]
		if w.text == "=" && !w.quoted && !joined && i+1 < len(list) {
			i++
			last := &kept[len(kept)-1]
			last.text, last.quoted = last.text+"="+list[i].text, list[i].quoted
			joined = true
			continue
		}
		kept = append(kept, w)
		joined = false
	}
	return kept
}

// programOf returns the name of a program without its folder and ending.
func programOf(word string) string {
	word = word[strings.LastIndexAny(word, `/\`)+1:]
	return strings.TrimSuffix(strings.ToLower(word), ".exe")
}

func hasKnownFlag(list []shellWord) bool {
	count := 0
	for i, w := range list[:len(list)-1] {
		if i > 0 && flagWord.MatchString(w.text) && w.text[0] == '-' {
			if m := meaningOf(w.text); m.field != unknown && m.field < userName {
				count++
			}
		}
	}
	return count > 1
}
