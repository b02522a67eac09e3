package kit

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// upTo fits n letters; an ideographic letter counts as two.
func upTo(n int) func(string) bool {
	return func(line string) bool {
		width := 0
		for _, r := range line {
			width++
			if ideographic(r) {
				width++
			}
		}
		return width <= n
	}
}

func TestBreakLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      int
		want       []string
	}{
		{"no Japanese is left to the toolkit", "one two three", 4, []string{"one two three"}},
		{"the line is filled", "環境にユーザーがありません", 12, []string{"環境に", "ユーザーがあ", "りません"}},
		{"no line begins with a full stop", "接続します。次", 10, []string{"接続しま", "す。次"}},
		{"no line begins with a small letter or a long one", "行ってって々々", 4, []string{"行っ", "てっ", "て々々"}},
		{"a loanword stays whole", "次のセットアップです", 14, []string{"次の", "セットアップで", "す"}},
		{"no line ends with a bracket", "選択「作成」する", 6, []string{"選択", "「作", "成」す", "る"}},
		{"a word in letters stays whole", "値は2015d711を検索", 12, []string{"値は2015d711", "を検索"}},
		{"a word that has no room goes on the next line", "これはDataverseです", 10, []string{"これは", "Dataverse", "です"}},
		{"blanks vanish at the end of a line", "Open を 選択", 7, []string{"Open を", "選択"}},
		{"lines that were there stay", "一\n二", 10, []string{"一", "二"}},
		{"nothing", "", 10, []string{""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, strings.Split(breakLines(c.text, upTo(c.width)), "\n")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// FuzzBreakLines guards that only blanks are lost, and that a line is longer than the
// width only if it must be.
func FuzzBreakLines(f *testing.F) {
	f.Add("環境にアプリケーション ユーザーがありません。Dataverse、「次」", 12)
	f.Add("a b", 1)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\n") {
			return
		}
		bare := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		broken := breakLines(text, upTo(width))
		if bare(broken) != bare(text) {
			t.Fatalf("%q became %q", text, broken)
		}
		if strings.IndexFunc(text, ideographic) < 0 {
			return
		}
		for _, line := range strings.Split(broken, "\n") {
			if !upTo(width)(strings.TrimRight(line, " ")) && len(pieces(line)) > 1 {
				t.Fatalf("%q has the line %q, which could be broken", broken, line)
			}
		}
	})
}
