package sandbox

import (
	"flag"
	"fmt"
	"go/parser"
	gotoken "go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/guesses.txt")

// TestGuesses guards that behaviour without a recorded message or a page of Microsoft as
// its source is marked as a guess in the code and listed, so that it can be counted and
// replaced. Everything else has its source next to it.
func TestGuesses(t *testing.T) {
	const list = "testdata/guesses.txt"
	got := append(guessedInComments(t), guessedInTables(t)...)
	slices.Sort(got)
	text := strings.Join(got, "\n") + "\n"
	if *update {
		if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	diff(t, strings.Split(string(want), "\n"), strings.Split(text, "\n"))
	t.Logf("%d guesses", len(got))
}

// guessedInComments returns the paragraphs of comments that contain "Guess:".
func guessedInComments(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.go", "odata/*.go", "scenario/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, group := range parsed.Comments {
				for paragraph := range strings.SplitSeq(group.Text(), "\n\n") {
					if _, guess, ok := strings.Cut(strings.Join(strings.Fields(paragraph), " "), "Guess: "); ok {
						out = append(out, filepath.ToSlash(file)+": "+guess)
					}
				}
			}
		}
	}
	return out
}

func guessedInTables(t *testing.T) []string {
	t.Helper()
	var out []string
	for code, part := range guessedFaults {
		if !slices.ContainsFunc(faults, func(f fault) bool { return f.Code == code }) {
			t.Errorf("%s is no fault", code)
		}
		out = append(out, "dataverse_error.go: "+code+": "+part)
	}
	for _, code := range publishedStatus {
		if _, ok := refusals[code]; !ok {
			t.Errorf("%d is no refusal", code)
		}
	}
	for code := range refusals {
		if !slices.Contains(publishedStatus, code) {
			out = append(out, fmt.Sprintf("entra_error.go: AADSTS%d: status", code))
		}
	}
	return out
}

// TestSourcesExist guards that the corpus has every recorded message that a comment
// names.
func TestSourcesExist(t *testing.T) {
	records := wireRecords(t)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, sentence := range strings.Split(string(raw), "the recorded message ")[1:] {
			name := strings.TrimRight(strings.Fields(sentence)[0], ".,;")
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			if named++; records[name].File == "" {
				t.Errorf("%s: there is no message %s", file, name)
			}
		}
	}
	if named == 0 {
		t.Error("no source is named")
	}
}
