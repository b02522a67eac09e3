package manual

import (
	"embed"
	"fmt"
	"io"
	"strings"
)

// The scripts ask the program for candidates whenever the user presses Tab: what can
// be typed is decided in one place for all shells.
//
//go:embed shells
var scripts embed.FS

// Shells are the shells with a completion script.
var Shells = []string{"bash", "zsh", "fish", "powershell"}

// Script returns the completion script for a shell of [Shells]. It runs the program with
// the words "complete", the name of the shell, and the words of the command line, the
// last one behind a colon: an empty last argument does not reach a program everywhere.
func (p Program) Script(shell string) (string, bool) {
	raw, err := scripts.ReadFile("shells/" + shell)
	return strings.ReplaceAll(string(raw), "PROGRAM", p.Name), err == nil
}

// WriteCandidates answers a completion script: a line for each candidate, the
// description behind a tab, and then a line with a colon if paths may follow.
func (p Program) WriteCandidates(w io.Writer, shell string, words []string) {
	if n := len(words); n > 0 {
		words[n-1] = strings.TrimPrefix(words[n-1], ":")
		if shell == "bash" {
			words[n-1] = bashQuotes.Replace(words[n-1])
		}
	}
	found, paths := p.Complete(words)
	for _, c := range found {
		word := c.Word
		// bash replaces only what follows its own split at the equals sign.
		if _, value, assigned := strings.Cut(word, "="); assigned && shell == "bash" && strings.HasPrefix(word, "-") {
			word = value
		}
		fmt.Fprintf(w, "%s\t%s\n", line(word), line(c.Text))
	}
	switch paths {
	case Files:
		fmt.Fprintln(w, ":files")
	case Folders:
		fmt.Fprintln(w, ":folders")
	}
}

// bashQuotes removes the quotes of a word that is being typed: bash passes it with them.
var bashQuotes = strings.NewReplacer(`\ `, " ", `\`, "", `"`, "", `'`, "")

// line returns a text in which nothing ends the line or begins the description.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }
